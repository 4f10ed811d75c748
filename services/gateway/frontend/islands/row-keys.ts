// Keys of a table that one works in: J and K move from row to row, with Shift they take both rows into the selection, as X
// takes one; the row's own keys press its buttons. Off while typing, where the focus is in a menu, and with all keys.
import { areOff } from './keys.ts';

const ROWS = ':is([data-selection], [data-row-keys]) tbody tr';

export function moveByKeys(): void {
  document.addEventListener('keydown', (event) => {
    const target = event.target as HTMLElement;
    if (areOff() || event.metaKey || event.ctrlKey || event.altKey || target.closest('input:not([type=checkbox]), textarea, select, [popover]')) return;
    const rows = [...document.querySelectorAll<HTMLElement>(ROWS)];
    const row = target.closest<HTMLElement>(ROWS);
    const pressed = act(event.key.toLowerCase(), rows, row, event.shiftKey);
    if (pressed) event.preventDefault();
  });
}

function act(key: string, rows: HTMLElement[], row: HTMLElement | null, isMore: boolean): boolean {
  if (key === 'j' || key === 'k') {
    const to = rows[next(rows.length, row ? rows.indexOf(row) : -1, key === 'j')];
    if (isMore) [row, to].forEach((one) => one?.querySelector<HTMLElement>('[name=items]:not(:checked)')?.click());
    return focusOn(to);
  }
  if (!row) return false;
  const own = key === 'x' ? '[name=items]' : `[data-row-key="${CSS.escape(key)}"]`;
  const button = row.querySelector<HTMLElement>(own);
  button?.click();
  return button !== null;
}

/** The row below or above; from outside the first or the last; at an end it stays. */
export function next(count: number, at: number, down: boolean): number {
  if (at < 0) return down ? 0 : count - 1;
  return Math.min(count - 1, Math.max(0, at + (down ? 1 : -1)));
}

function focusOn(row: HTMLElement | undefined): boolean {
  row?.querySelector<HTMLElement>('a')?.focus();
  return row !== undefined;
}
