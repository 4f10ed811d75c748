// A button beside an address takes it along. It is there only where it can: with a script, on a page that came safely.
import { say } from './announce.ts';

const STAYS_MS = 6000; // long enough for who looks elsewhere first

export function offerCopies(root: ParentNode): void {
  if (!navigator.clipboard) return;
  root.querySelectorAll<HTMLButtonElement>('[data-copy][hidden]').forEach((button) => {
    const field = document.getElementById(button.dataset['copy'] ?? '') as HTMLInputElement | null;
    if (!field) return;
    button.hidden = false;
    button.addEventListener('click', () => void copy(button, field));
  });
}

/** Where the browser refuses, the address is marked, so that a key does the rest. */
async function copy(button: HTMLButtonElement, field: HTMLInputElement): Promise<void> {
  const { textContent: words, dataset } = button;
  const done = dataset['wordsDone'] ?? '';
  if (words === done) return;
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    field.select();
    return;
  }
  button.textContent = done;
  say(done);
  window.setTimeout(() => (button.textContent = words), STAYS_MS);
}
