// What one changes in the plan's rows is sent by one form beside the plan: a button of a row says by its address what is
// asked for. The plan that answers takes the place of the old one; a refusal says its reason.
import { isOnItsWay } from './busy.ts';

export const ROW_FORM = '#row-form';
const UNSENT = 0;

interface Sent {
  ctx: { sourceElement?: Element; request: { action: string; submitter?: Element | null }; response?: { status: number } };
}

/** Whoever sent something hears once what became of it. */
type Heard = (status: number) => unknown;
const waiting = new WeakMap<Element, Heard>();

export const isRefused = (status: number): boolean => status === UNSENT || status >= 400;

/** Asks for something about an item; `heard` gets the answer's status, none where nothing could be sent. */
export function send(item: string, what: string, fields: Record<string, string>, heard: Heard): void {
  const form = document.querySelector<HTMLFormElement>(ROW_FORM);
  if (!form) return;
  const button = document.createElement('button');
  button.setAttribute('formaction', `/items/${item}/${what}${location.search}`);
  button.hidden = true;
  form.replaceChildren(...Object.entries(fields).map(asInput), button);
  waiting.set(button, heard);
  form.requestSubmit(button);
  if (!isOnItsWay(form)) settle(button, UNSENT);
}

function asInput([name, value]: [string, string]): HTMLInputElement {
  const input = document.createElement('input');
  Object.assign(input, { type: 'hidden', name, value });
  return input;
}

export function sendRows(): void {
  on('htmx:config:request', ({ request }) => (request.action = request.submitter?.getAttribute('formaction') ?? request.action));
  on('htmx:after:request', ({ request, response }) => settle(request.submitter, response?.status ?? UNSENT));
  on('htmx:error', ({ request }) => settle(request.submitter, UNSENT));
  on('htmx:after:swap', ({ response }) => isRefused(response?.status ?? UNSENT) && showProblem());
  document.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLButtonElement>('button[formaction]') : null;
    if (button?.form?.matches(ROW_FORM)) button.closest<HTMLElement>('[popover]')?.hidePopover();
  });
}

/** What has come above all rows is looked at, though browsers hold on to the row that one was at. */
function showProblem(): void {
  const problem = document.querySelector<HTMLElement>('#problem');
  problem?.focus({ preventScroll: true });
  requestAnimationFrame(() => problem?.scrollIntoView({ block: 'center' }));
}

function on(kind: string, act: (ctx: Sent['ctx']) => unknown): void {
  document.addEventListener(kind, (event) => {
    const { ctx } = (event as CustomEvent<Partial<Sent>>).detail;
    if (ctx?.sourceElement?.matches(ROW_FORM)) act(ctx);
  });
}

function settle(button: Element | null | undefined, status: number): void {
  const heard = button && waiting.get(button);
  if (!heard) return;
  waiting.delete(button);
  heard(status);
}
