// The button that sent a form says so until the answer is there: its label stays, a spinner stands beside it.

export function showBusyButtons(): void {
  document.addEventListener('submit', ({ submitter }) => submitter?.setAttribute('aria-busy', 'true'));
  document.addEventListener('htmx:finally:request', settle);
  addEventListener('pageshow', ({ persisted }) => persisted && settle());
}

function settle(): void {
  document.querySelectorAll('[aria-busy]').forEach((button) => button.removeAttribute('aria-busy'));
}
