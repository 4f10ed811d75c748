// Acts that must arrive for certain are held back while there is no connection, and say so; what was typed stays.
import { isLost } from './live.ts';

export function holdActsBack(): void {
  document.addEventListener('submit', holdWhileLost, { capture: true });
  document.addEventListener('htmx:error', ({ target }) => target instanceof HTMLFormElement && say());
  document.addEventListener('atrium:back', () => document.querySelector('#problem [data-held]')?.remove());
}

function holdWhileLost(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  if (form.matches('[data-outbox]') || !isLost()) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  say();
}

function say(): void {
  const words = document.querySelector<HTMLTemplateElement>('template[data-held]');
  const region = document.querySelector<HTMLElement>('#problem');
  if (!words || !region) return;
  const held = document.createElement('div');
  held.dataset['held'] = '';
  held.append(words.content.cloneNode(true));
  region.replaceChildren(held);
  region.focus();
}
