// What one changes in the plan's rows is sent by one form beside the plan: a button of a row says by its address what is
// asked for. The plan that answers takes the place of the old one; a refusal says its reason, and what was shown too
// early is taken back.
import { isOnItsWay } from './busy.ts';

export const ROW_FORM = '#row-form';

interface Sent {
  ctx: { sourceElement?: Element; request: { action: string; submitter?: Element | null }; response?: { status: number } };
}

let back: (() => unknown) | null = null;

/** Sends what a button asks for; `takeBack` is done if it is refused, or cannot be sent. */
export function send(form: HTMLFormElement, button: HTMLButtonElement, takeBack: () => unknown): void {
  back = takeBack;
  form.replaceChildren(button);
  form.requestSubmit(button);
  if (!isOnItsWay(form)) settle(true);
}

export function sendRows(): void {
  on('htmx:config:request', ({ request }) => (request.action = request.submitter?.getAttribute('formaction') ?? request.action));
  on('htmx:after:request', ({ response }) => settle((response?.status ?? 0) >= 400));
  on('htmx:error', () => settle(true));
  on('htmx:after:swap', ({ response }) => (response?.status ?? 0) >= 400 && document.querySelector<HTMLElement>('#problem')?.focus());
  document.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLButtonElement>('button[formaction]') : null;
    if (button?.form?.matches(ROW_FORM)) button.closest<HTMLElement>('[popover]')?.hidePopover();
  });
}

function on(kind: string, act: (ctx: Sent['ctx']) => unknown): void {
  document.addEventListener(kind, (event) => {
    const { ctx } = (event as CustomEvent<Partial<Sent>>).detail;
    if (ctx?.sourceElement?.matches(ROW_FORM)) act(ctx);
  });
}

function settle(isRefused: boolean): void {
  if (isRefused) back?.();
  back = null;
}
