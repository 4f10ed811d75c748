// While parts of a page grow or shrink, what someone is at keeps its place on the screen: the field in focus, else what
// the pointer is on, else what is read. Browsers do this by themselves for some of it, not all of them, never at the top.
import { focused, underPointer } from './rows.ts';

const READ_AT = 160;
const places = new WeakMap<object, { one: Element; top: number }>();

interface Detail {
  ctx: object;
}

export function keepPlace(): void {
  document.documentElement.style.overflowAnchor = 'none';
  document.addEventListener('htmx:before:swap', (event) => {
    const one = [focused(), underPointer(), read()].find((each) => each && isOnScreen(each));
    if (one) places.set((event as CustomEvent<Detail>).detail.ctx, { one, top: one.getBoundingClientRect().top });
  });
  document.addEventListener('htmx:after:swap', (event) => {
    const place = places.get((event as CustomEvent<Detail>).detail.ctx);
    if (place?.one.isConnected) window.scrollBy({ top: place.one.getBoundingClientRect().top - place.top, behavior: 'instant' });
  });
}

/** A thread on a phone opens at the first message that is new. */
export function openAtUnread(): void {
  if (location.hash || !matchMedia('(max-width: 799px)').matches) return;
  document.querySelector('.one-open .unread-line')?.scrollIntoView({ block: 'center', behavior: 'instant' });
}

/** How much of the page's foot a keyboard covers, where the page itself does not become shorter for it. */
export function stayAboveKeyboards(): void {
  const seen = window.visualViewport;
  seen?.addEventListener('resize', () => document.documentElement.style.setProperty('--keyboard', `${covered(window.innerHeight, seen)}px`));
}

export const covered = (whole: number, seen: { height: number; offsetTop: number }): number => Math.max(0, Math.round(whole - seen.height - seen.offsetTop));

const read = (): Element | null => (window.scrollY > 0 ? document.elementFromPoint(window.innerWidth / 2, READ_AT) : null);

function isOnScreen(one: Element): boolean {
  const { top, bottom } = one.getBoundingClientRect();
  return bottom > 0 && top < window.innerHeight;
}
