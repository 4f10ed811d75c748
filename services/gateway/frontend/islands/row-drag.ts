// A row of the plan is drawn to another place by its handle. It stands there at once; the form of the rows then asks for
// what its menu would ask for, and the plan that answers shows it moved. Refused or not sent, it goes back where it was.
import { isRefused, send } from './row-form.ts';

const FAR_PX = 5;

interface Place {
  row: HTMLTableRowElement;
  above: boolean;
}

export function drawRows(): void {
  document.addEventListener('pointerdown', (event) => {
    const grip = (event.target as Element).closest<HTMLButtonElement>('[data-grip]');
    const row = grip?.closest('tr');
    if (grip && row && event.button === 0) follow(grip, row, event.clientY);
  });
}

function follow(grip: HTMLButtonElement, row: HTMLTableRowElement, from: number): void {
  const drawn = withWhatLiesIn(row);
  const done = new AbortController();
  let place: Place | null = null;
  let moved = false;
  const on = { signal: done.signal };
  document.addEventListener('pointermove', ({ clientX, clientY }) => {
    if (!moved && Math.abs(clientY - from) <= FAR_PX) return;
    if (!moved) openNoMenu(grip);
    moved = true;
    drawn.forEach((one) => one.classList.add('drawn'));
    place = show(placeAt(clientX, clientY, drawn));
  }, on);
  const end = (): void => {
    done.abort();
    show(null);
    drawn.forEach((one) => one.classList.remove('drawn'));
  };
  document.addEventListener('pointerup', () => {
    end();
    if (place) put(row, drawn, place);
  }, on);
  document.addEventListener('pointercancel', end, on);
  document.addEventListener('keydown', ({ key }) => key === 'Escape' && end(), on);
}

/** The press that draws is over when it is let go, wherever that is; only until then it opens no menu. */
export function openNoMenu(grip: EventTarget, over: EventTarget = document): void {
  const ended = new AbortController();
  const end = { signal: ended.signal, capture: true };
  grip.addEventListener('click', (event) => event.preventDefault(), end);
  for (const kind of ['pointerup', 'pointercancel']) over.addEventListener(kind, () => setTimeout(() => ended.abort()), end);
  over.addEventListener('pointerdown', () => ended.abort(), end);
}

/** A row and those below it that are deeper. */
export function withWhatLiesIn(row: HTMLTableRowElement): HTMLTableRowElement[] {
  const found = [row];
  for (let one = row.nextElementSibling; one && depth(one) > depth(row); one = one.nextElementSibling) found.push(one as HTMLTableRowElement);
  return found;
}

const depth = (row: Element): number => Number((row as HTMLElement).dataset['depth'] ?? 0);

function placeAt(x: number, y: number, drawn: HTMLTableRowElement[]): Place | null {
  const row = document.elementFromPoint(x, y)?.closest<HTMLTableRowElement>('tr[data-item]');
  if (!row || drawn.includes(row)) return null;
  const { top, height } = row.getBoundingClientRect();
  return { row, above: y < top + height / 2 };
}

function show(place: Place | null): Place | null {
  document.querySelectorAll('.goes-before, .goes-after').forEach((one) => one.classList.remove('goes-before', 'goes-after'));
  place?.row.classList.add(place.above ? 'goes-before' : 'goes-after');
  return place;
}

type Known = Pick<HTMLElement, 'dataset'>;

/** What the menu's buttons send, too. Below a phase's row is its first place, before its `first` row. */
export function asSent(row: Known, on: Known, where: 'above' | 'below' | 'within', first: Known | null = null): string {
  const { item = '', parent = '', next = '' } = on.dataset;
  const revision = row.dataset['revision'] ?? '';
  const before = where === 'above' ? item : where === 'below' ? next : (first?.dataset['item'] ?? '');
  const own = before === row.dataset['item'];
  return `${revision}:${where === 'within' ? item : parent}:${own ? (row.dataset['next'] ?? '') : before}`;
}

function put(row: HTMLTableRowElement, drawn: HTMLTableRowElement[], place: Place): void {
  const where = place.above ? 'above' : place.row.matches('.phase') ? 'within' : 'below';
  const first = withWhatLiesIn(place.row)[1] ?? null;
  const asked = asSent(row, place.row, where, first);
  const before = row.previousElementSibling;
  const body = row.parentElement;
  if (where === 'above') place.row.before(...drawn);
  else (where === 'within' ? place.row : (withWhatLiesIn(place.row).at(-1) ?? place.row)).after(...drawn);
  const back = (): void => (before ? before.after(...drawn) : body?.prepend(...drawn));
  send(row.dataset['item'] ?? '', 'place', { place: asked }, (status) => isRefused(status) && back());
}
