// Reading a file: another page, another size, a point, without leaving the page one is on. Every control is an ordinary
// address; here it is opened in place, by the parts that depend on it. What is typed at a point and not sent is kept by
// opening the address as a whole.
import { partOf, spotOf, withValue } from './places.ts';

const PARTS = ['viewer', 'points'];
const SIDEWAYS: Record<string, string> = { ArrowLeft: 'before', ArrowRight: 'next' };
const TURNS: Record<string, string> = { ...SIDEWAYS, PageUp: 'before', PageDown: 'next' };

export function readFiles(): void {
  if (!document.querySelector('[data-viewer]')) return;
  document.addEventListener('click', followed);
  document.addEventListener('submit', asked);
  document.addEventListener('keydown', pressed);
  document.addEventListener('input', (event) => (isTyping ||= event.target === numberField()));
  addEventListener('popstate', () => show(location.href));
  document.addEventListener('htmx:after:swap', arrived);
  showPlace();
}

/** Whoever has said where the point shall be goes on to write it. */
let writesNext = false;

/** A page's number is being typed and was not yet asked for. */
let isTyping = false;
const numberField = (): HTMLInputElement | null => document.querySelector('#f-page');

function arrived(): void {
  showPlace();
  showNumber();
  const field = document.querySelector<HTMLTextAreaElement>('#points .composer:has([name=subject]) textarea');
  if (writesNext && field) field.focus();
  if (field) writesNext = false;
}

const viewer = (): HTMLElement | null => document.querySelector('[data-viewer]');

function followed(event: MouseEvent): void {
  const target = event.target as Element;
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const adding = target.closest<HTMLAnchorElement>('[data-add-point]');
  if (adding && event.detail > 0) {
    event.preventDefault();
    viewer()?.classList.toggle('placing');
    return;
  }
  const link = adding ?? target.closest<HTMLAnchorElement>('a[data-go]');
  const sheet = target.closest<HTMLElement>('.placing [data-sheet]');
  if (sheet) place(event, sheet);
  else if (link) open(event, link.href);
}

/** The page was pressed where the new point shall be. */
function place(event: MouseEvent, sheet: HTMLElement): void {
  const address = document.querySelector<HTMLAnchorElement>('[data-add-point]')?.href;
  if (address) open(event, withValue(address, 'at', spotOf(sheet.getBoundingClientRect(), event.clientX, event.clientY)));
}

function asked(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  if (!form.matches('form[data-go]')) return;
  isTyping = false;
  const values = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
  open(event, `${form.action.split(/[?#]/)[0]}?${values.toString()}`);
}

function open(event: Event, address: string): void {
  if (isWriting()) return;
  event.preventDefault();
  history.pushState(null, '', address);
  show(address);
}

/** A composer with words in it belongs to its point: the whole page is opened, which keeps them as a draft. */
const isWriting = (): boolean => [...document.querySelectorAll<HTMLTextAreaElement>('#points textarea')].some((one) => one.value !== '');

function show(address: string): void {
  writesNext = new URL(address, location.href).searchParams.has('at');
  viewer()?.classList.remove('placing');
  for (const name of PARTS) {
    const part = document.getElementById(name);
    part?.setAttribute('hx-get', partOf(address, name));
    part?.dispatchEvent(new CustomEvent('refetch'));
  }
}

function pressed(event: KeyboardEvent): void {
  const target = event.target as Element;
  if (event.key === 'Escape') viewer()?.classList.remove('placing');
  const turn = TURNS[event.key];
  if (!turn || event.altKey || event.ctrlKey || event.metaKey || target.matches('input, select, textarea') || !(target.closest('[data-viewer]') || (target === document.body && event.key in SIDEWAYS))) return;
  if (event.key in SIDEWAYS && scrollsSideways()) return;
  const link = document.querySelector<HTMLAnchorElement>(`[data-turn=${turn}]`);
  if (link) open(event, link.href);
}

/** A page larger than its place is moved by the arrows, as everywhere. */
function scrollsSideways(): boolean {
  const canvas = document.querySelector('[data-canvas]');
  return canvas !== null && canvas.scrollWidth > canvas.clientWidth;
}

/** The field names the page that has come, except while another number is being typed into it. */
function showNumber(): void {
  const field = numberField();
  const number = document.querySelector<HTMLElement>('[data-sheet]')?.dataset['sheet'];
  if (!field || !number || (isTyping && field === document.activeElement)) return;
  isTyping = false;
  field.value = field.defaultValue = number;
}

/** The strip shows where one is. */
function showPlace(): void {
  const here = document.querySelector<HTMLElement>('.strip [aria-current]');
  const list = here?.closest('ol');
  if (here && list) list.scrollTop = here.offsetTop - list.clientHeight / 2 + here.offsetHeight / 2;
}
