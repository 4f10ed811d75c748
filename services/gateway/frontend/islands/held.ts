// Acts that must arrive for certain are held back while there is no connection, and say so; what was typed stays. One
// that was broken off on its way (another network, a closed connection) is sent once more, with its key: it counts once.
import { isLost } from './live.ts';

type Failed = { ctx?: { request?: { submitter?: HTMLElement | null } } };
const AGAIN_MS = 1000;
const repeated = new WeakSet<HTMLFormElement>();

export function holdActsBack(): void {
  document.addEventListener('submit', holdWhileLost, { capture: true });
  document.addEventListener('htmx:error', ({ target, detail }: CustomEventInit & Event) => target instanceof HTMLFormElement && repeatOrSay(target, detail as Failed));
  document.addEventListener('htmx:after:request', ({ target }) => target instanceof HTMLFormElement && repeated.delete(target));
  document.addEventListener('atrium:back', () => document.querySelector('#problem [data-held]')?.remove());
}

function repeatOrSay(form: HTMLFormElement, { ctx }: Failed): void {
  const button = ctx?.request?.submitter ?? null;
  if (repeated.delete(form) || isLost() || !form.querySelector('[name=idempotency_key]')) return say(form, button);
  repeated.add(form);
  window.setTimeout(() => form.isConnected && form.requestSubmit(button), AGAIN_MS);
}

function holdWhileLost(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  if (form.matches('[data-outbox]') || !isLost()) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  say(form, event.submitter);
}

/** Says that it has not arrived; the same button once more tries again with all that was typed. */
function say(form: HTMLFormElement, button: HTMLElement | null): void {
  const words = document.querySelector<HTMLTemplateElement>('template[data-held]');
  const region = document.querySelector<HTMLElement>('#problem');
  if (!words || !region) return;
  const held = document.createElement('div');
  held.dataset['held'] = '';
  held.append(words.content.cloneNode(true));
  held.querySelector('[data-try-again]')?.addEventListener('click', () => {
    region.replaceChildren();
    if (form.isConnected) form.requestSubmit(button?.isConnected ? button : null);
  });
  region.replaceChildren(held);
  region.focus();
}
