// A new row never pushes what someone is about to use. While a pointer moves over a list, or something in or under it has
// focus, new rows wait: a pill on top says how many. They come with a click on it, or once nobody is at the list.
const ROWS = 'ul:is(.rows, .talks) > li, tbody > tr';
const IDLE_MS = 3000;

let moved = 0;
let pointed: Element | null = null;
let timer = 0;
const waiting = new Map<string, Set<string>>();
const welcome = new Set<string>();

interface Swap {
  ctx: { sourceElement?: Element };
  tasks: { type?: string; fragment?: DocumentFragment }[];
}

export function holdNewRows(): void {
  for (const kind of ['pointermove', 'pointerdown', 'keydown', 'wheel']) document.addEventListener(kind, notice, { passive: true, capture: true });
  document.addEventListener('focusout', () => window.setTimeout(release));
  document.addEventListener('htmx:before:swap', (event) => hold((event as CustomEvent<Swap>).detail));
  document.addEventListener('htmx:after:swap', drawPills);
  document.addEventListener('click', ({ target }) => target instanceof Element && takeIn(target.closest<HTMLElement>('[data-take-in]')));
}

function notice(event: Event): void {
  moved = performance.now();
  if (event instanceof PointerEvent) pointed = event.pointerType === 'mouse' ? (event.target as Element) : null;
  if (waiting.size === 0) return;
  window.clearTimeout(timer);
  timer = window.setTimeout(release, IDLE_MS);
}

/** What a mouse has just been over; a finger rests nowhere. */
export const underPointer = (): Element | null => (performance.now() - moved < IDLE_MS && pointed?.isConnected ? pointed : null);

export const focused = (): Element | null => (document.activeElement === document.body ? null : document.activeElement);

const nameOf = (row: Element): string => row.querySelector<HTMLAnchorElement>('a[href]')?.getAttribute('href') ?? row.id;

/** Whether growing would move what the person is at: something within, or below it in the same column. */
function isPressed(part: Element): boolean {
  return [focused(), underPointer()].some((one) => one !== null && pushes(part, one));
}

function pushes(part: Element, one: Element): boolean {
  if (part.contains(one)) return true;
  if (!(part.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING)) return false;
  const [above, below] = [part.getBoundingClientRect(), one.getBoundingClientRect()];
  return below.left < above.right && below.right > above.left;
}

/** Takes out of what has come the rows that are not there yet; all that is there changes in its place. */
function hold({ ctx, tasks }: Swap): void {
  const part = ctx.sourceElement;
  const fragment = tasks.find(({ type }) => type === 'main')?.fragment;
  if (!part?.matches('[data-live]') || !fragment) return;
  const there = new Set([...part.querySelectorAll(ROWS)].map(nameOf));
  const fresh = [...fragment.querySelectorAll(ROWS)].filter((row) => nameOf(row) && !there.has(nameOf(row)));
  if (there.size === 0 || welcome.delete(part.id) || !isPressed(part)) {
    waiting.delete(part.id);
    return;
  }
  fresh.forEach((row) => row.remove());
  if (fresh.length) waiting.set(part.id, new Set(fresh.map(nameOf)));
  else waiting.delete(part.id);
  window.clearTimeout(timer);
  timer = window.setTimeout(release, IDLE_MS);
}

function drawPills(): void {
  document.querySelectorAll('[data-take-in]').forEach((pill) => !waiting.has((pill as HTMLElement).dataset['takeIn'] ?? '') && pill.remove());
  for (const [id, rows] of waiting) {
    const part = document.getElementById(id);
    const words = document.querySelector<HTMLTemplateElement>('template[data-new-rows]');
    if (!part || !words) continue;
    const pill = part.querySelector<HTMLElement>(':scope > [data-take-in]') ?? (words.content.firstElementChild?.cloneNode(true) as HTMLElement);
    pill.dataset['takeIn'] = id;
    pill.querySelector('[data-number]')?.replaceChildren(String(rows.size));
    if (!pill.isConnected) part.prepend(pill);
  }
}

function takeIn(pill: HTMLElement | null): void {
  const id = pill?.dataset['takeIn'];
  if (!id) return;
  welcome.add(id);
  document.getElementById(id)?.dispatchEvent(new CustomEvent('refetch'));
}

/** Whoever has gone, or only rests on the list, is shown what has come; not where the list's top is out of sight. */
function release(): void {
  for (const id of waiting.keys()) {
    const part = document.getElementById(id);
    if (part && !isPressed(part) && part.getBoundingClientRect().top >= 0) part.dispatchEvent(new CustomEvent('refetch'));
  }
}
