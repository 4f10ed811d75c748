// A row of the plan is drawn to another place by its handle. It stands there at once; the form that its menu would send
// then asks for it, and the page that answers shows the plan as it is: moved, or as it was with the reason.

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
    moved ||= Math.abs(clientY - from) > FAR_PX;
    if (!moved) return;
    drawn.forEach((one) => one.classList.add('drawn'));
    place = show(placeAt(clientX, clientY, drawn));
  }, on);
  const end = (): void => {
    done.abort();
    show(null);
    drawn.forEach((one) => one.classList.remove('drawn'));
    // The press that ends a drawing opens no menu.
    if (moved) grip.addEventListener('click', (event) => event.preventDefault(), { once: true, capture: true });
  };
  document.addEventListener('pointerup', () => {
    end();
    if (place) put(grip, row, drawn, place);
  }, on);
  document.addEventListener('pointercancel', end, on);
  document.addEventListener('keydown', ({ key }) => key === 'Escape' && end(), on);
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

function put(grip: HTMLButtonElement, row: HTMLTableRowElement, drawn: HTMLTableRowElement[], place: Place): void {
  const where = place.above ? 'above' : place.row.matches('.phase') ? 'within' : 'below';
  const first = withWhatLiesIn(place.row)[1] ?? null;
  const button = document.createElement('button');
  button.formAction = `/items/${row.dataset['item'] ?? ''}/place`;
  button.name = 'place';
  button.value = asSent(row, place.row, where, first);
  button.hidden = true;
  if (where === 'above') place.row.before(...drawn);
  else (where === 'within' ? place.row : (withWhatLiesIn(place.row).at(-1) ?? place.row)).after(...drawn);
  grip.form?.append(button);
  grip.form?.requestSubmit(button);
}
