// The button that sent a form says so until the answer to this form is there: its label stays, a spinner stands beside
// it. What else the page asks for meanwhile ends nothing.

export function showBusyButtons(): void {
  document.addEventListener('submit', (event) => isSent(event) && event.submitter?.setAttribute('aria-busy', 'true'));
  document.addEventListener('htmx:finally:request', (event) => {
    const source = (event as CustomEvent<{ ctx?: { sourceElement?: Element } }>).detail.ctx?.sourceElement;
    settle((button) => button.form === source || !button.form?.isConnected);
  });
  addEventListener('pageshow', ({ persisted }) => persisted && settle(() => true));
}

/** By the browser or by htmx. What an island sends itself, it also shows itself. */
function isSent({ target, defaultPrevented }: SubmitEvent): boolean {
  const form = target as HTMLFormElement;
  return form.method === 'post' && (!defaultPrevented || form.matches('[hx-post]'));
}

/** Whether the answer to a form is still awaited. */
export const isOnItsWay = (form: HTMLFormElement): boolean => [...form.elements].some((one) => one.hasAttribute('aria-busy'));

function settle(concerns: (button: HTMLButtonElement) => boolean): void {
  const busy = [...document.querySelectorAll<HTMLButtonElement>('button[aria-busy]')];
  busy.filter(concerns).forEach((button) => button.removeAttribute('aria-busy'));
}
