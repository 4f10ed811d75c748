// Two versions side by side: steps from change to change, keeps both pages level, counts what this person has stepped to.
import { say } from './announce.ts';
import { partOf, withValue } from './places.ts';

const AT = 0.3; // where in a pane a change comes to stand
const FIRST = '.mark .bubble';
const CHOSEN = '.mark.chosen .bubble';
/** Where each pane was last seen or put, so that what we move ourselves moves nothing else. */
const stood = new WeakMap<Element, number>();
/** What this page has shown, by its thing: an answer on its way may be older than that. */
const shown = new Set<string>();

export function compareVersions(): void {
  if (!root()) return;
  document.addEventListener('click', clicked);
  document.addEventListener('scroll', scrolled, { capture: true, passive: true });
  document.addEventListener('htmx:after:swap', restore);
  level(here() ? CHOSEN : FIRST);
  see(here());
}

const root = (): HTMLElement | null => document.querySelector('[data-compare]');
const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('.change-list [data-change]')];
const here = (): HTMLElement | undefined => rows().find((row) => row.hasAttribute('aria-current'));
const panes = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-pane]')];

function clicked(event: MouseEvent): void {
  const target = event.target as Element;
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const step = target.closest<HTMLElement>('[data-step]');
  const number = target.closest('[data-choose], .bubble')?.closest<HTMLElement>('[data-change]')?.dataset['change'];
  const row = step ? next(Number(step.dataset['step'])) : rows().find((one) => number !== undefined && one.dataset['change'] === number);
  if (!row) return;
  event.preventDefault();
  choose(row);
}

/** Round the list: after the last comes the first. */
function next(by: number): HTMLElement | undefined {
  const all = rows();
  const at = all.indexOf(here() as HTMLElement);
  return at < 0 ? all.at(by > 0 ? 0 : -1) : all[(at + by + all.length) % all.length];
}

/** What the page has fetched may have been asked for before the last step. */
function restore(): void {
  rows().filter((row) => shown.has(row.dataset['thing'] ?? '')).forEach(mark);
  const number = new URLSearchParams(location.search).get('change');
  const row = rows().find((one) => one.dataset['change'] === number);
  if (!row || row === here()) return;
  show(row);
  level();
}

function show(row: HTMLElement): void {
  const number = row.dataset['change'] ?? '';
  rows().forEach((one) => (one === row ? one.setAttribute('aria-current', 'true') : one.removeAttribute('aria-current')));
  document.querySelectorAll<Element>('.mark').forEach((mark) => mark.classList.toggle('chosen', mark.getAttribute('data-change') === number));
  document.querySelectorAll('[data-step-at]').forEach((one) => one.replaceChildren(number));
}

function choose(row: HTMLElement): void {
  show(row);
  const address = withValue(location.href, 'change', row.dataset['change'] ?? '');
  history.replaceState(null, '', address);
  root()?.setAttribute('hx-get', partOf(address, 'body'));
  row.scrollIntoView({ block: 'nearest' });
  document.querySelector(`[data-laid="${row.dataset['page']}"]`)?.scrollIntoView({ block: 'nearest' });
  level();
  see(row);
  say(document.querySelector('[data-step-at]')?.parentElement?.textContent ?? '');
}

/** Both panes show the change at the same height. */
function level(bubble = CHOSEN): void {
  for (const pane of panes()) {
    const mark = pane.querySelector(bubble);
    if (!mark) continue;
    pane.scrollTop += mark.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight * AT;
    stood.set(pane, pane.scrollTop);
  }
}

/** What the reader moves one pane by, the other moves by too. */
function scrolled({ target }: Event): void {
  if (!(target instanceof HTMLElement) || !target.matches('[data-pane]')) return;
  const by = target.scrollTop - (stood.get(target) ?? 0);
  stood.set(target, target.scrollTop);
  if (by === 0 || !document.querySelector<HTMLInputElement>('#together')?.checked) return;
  panes().filter((pane) => pane !== target).forEach((pane) => {
    pane.scrollTop += by;
    stood.set(pane, pane.scrollTop);
  });
}

/** For this person alone; seeing asks for nothing. */
function see(row: HTMLElement | undefined): void {
  const { thing, moment } = row?.dataset ?? {};
  if (!row || !thing || !moment || row.hasAttribute('data-was-seen')) return;
  shown.add(thing);
  mark(row);
  const headers = { 'Content-Type': 'application/json' };
  void fetch('/api/v1/seen', { method: 'PUT', headers, body: JSON.stringify({ things: { [thing]: moment } }), keepalive: true }).catch(() => undefined);
}

function mark(row: HTMLElement): void {
  row.setAttribute('data-was-seen', '');
  document.querySelector(`.seen-bar [data-change="${row.dataset['change']}"]`)?.classList.add('seen');
  document.querySelector('[data-seen]')?.replaceChildren(String(rows().filter((one) => one.hasAttribute('data-was-seen')).length));
}
