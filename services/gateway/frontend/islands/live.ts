// Live parts.
//
// The server marks a part of a page with
//   <section id="turn" data-live="projects/4f… requests" hx-get="/…?part=turn" hx-trigger="refetch" hx-swap="outerMorph">
// `data-live` lists subjects (see `concerns`). `GET /api/v1/events` sends, one stream per browser,
//   event: hint     data: {"subject": "projects/4f…/items/9a…", "revision": 7}     something changed, never what
//   event: refresh  data: {}                                                       too many hints: look at everything
//   event: ended    data: {}                                                       access has changed: ask for the stream anew
// A hint makes the parts it concerns fetch themselves again, at the page's own address with `?part=<name>`, through the
// ordinary authorised route, and morph into what comes back. A form with focus or unsent text is left as it is
// (`hx-morph-skip`) while what is around it changes, and a new row waits where it would push what someone is about to
// use (`rows.ts`). After a lost connection every part is fetched once. Nothing polls.
import { isOnItsWay } from './busy.ts';
import { concerns, type Hint } from './hints.ts';
import { listen, type Message } from './stream.ts';
import { isSending } from './upload-form.ts';

const GATHER_MS = 40;
const LATE_MS = 9000; // what changed in the last ten seconds, an opening stream tells
const SAY_LOST_MS = 4000;

let pending = new Set<Element>();
let gathering = 0;
let sayLost = 0;
let missed = false;
let opened = false;
let lostAt = '';

export function goLive(): void {
  const url = document.body.dataset['stream'];
  if (!url || !document.querySelector('[data-live]')) return;
  listen(url, take);
  addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    document.querySelectorAll('form').forEach(renewKey);
    refetch(parts());
  });
  document.addEventListener('htmx:config:request', askPlainly);
  document.addEventListener('htmx:before:swap', guard);
  document.addEventListener('htmx:after:request', sent);
}

function take(message: Message): void {
  if (message.kind === 'hint') refetch(parts().filter((part) => isConcerned(part, message.hint)));
  else if (message.kind === 'refresh') refetch(parts());
  else if (message.kind === 'ended') location.reload();
  else if (message.kind === 'lost') lose();
  else found();
}

const parts = (): Element[] => [...document.querySelectorAll('[data-live]')];
const isConcerned = (part: Element, hint: Hint): boolean => concerns(part.getAttribute('data-live') ?? '', hint.subject);

/** Hints come in bursts; a part is fetched once for all of them. */
function refetch(changed: Element[]): void {
  changed.forEach((part) => pending.add(part));
  if (gathering || pending.size === 0) return;
  gathering = window.setTimeout(() => {
    const now = [...pending];
    pending = new Set();
    gathering = 0;
    now.filter((part) => part.isConnected).forEach((part) => part.dispatchEvent(new CustomEvent('refetch')));
    if (!missed) signs('open');
  }, GATHER_MS);
}

interface Exchange {
  sourceElement?: Element;
  request?: { method: string; body: FormData | null };
  response?: { status: number };
}

const isRefetch = (ctx?: Exchange): boolean => ctx?.request?.method === 'GET' && ctx.sourceElement?.matches('[data-live]') === true;

/** The form that was sent. One that is a live part fetches itself too. */
const submitted = (ctx?: Exchange): HTMLFormElement | null =>
  ctx?.sourceElement instanceof HTMLFormElement && !isRefetch(ctx) ? ctx.sourceElement : null;

/** A part that is a form asks for what its address says, not for what is ticked in it. */
function askPlainly(event: Event): void {
  const { ctx } = (event as CustomEvent<{ ctx?: Exchange }>).detail;
  if (ctx?.request && isRefetch(ctx)) ctx.request.body = new FormData();
}

interface Swap {
  ctx?: Exchange;
  tasks?: { type?: string; fragment?: DocumentFragment }[];
}

/** At the last moment, since people type while an answer is on its way. The answer to a form itself may change it. */
function guard(event: Event): void {
  const { ctx, tasks } = (event as CustomEvent<Swap>).detail;
  const form = submitted(ctx);
  if (form) return allow(form);
  const kept = [...(ctx?.sourceElement?.querySelectorAll('form, [data-kept]') ?? [])].filter(protect);
  const next = tasks?.find((task) => task.type === 'main')?.fragment;
  if (next && kept.some((one) => one instanceof HTMLFormElement && holdsWords(one) && !hasForm(next, one))) event.preventDefault();
}

function allow(form: HTMLFormElement): void {
  form.removeAttribute('hx-morph-skip');
  document.querySelectorAll('[data-kept]').forEach((one) => one.removeAttribute('hx-morph-skip'));
}

/**
 * A form that someone is in, or that holds words of theirs, is not morphed; nor is what is said of a refusal, in a place
 * that is `data-kept`. Where the new part has no such form any more, the old one stays whole: the answer to the next press
 * says who was faster, and shows what was typed.
 */
function protect(one: Element): boolean {
  const isKept = one instanceof HTMLFormElement ? isEntered(one) || holdsWords(one) : one.childElementCount > 0;
  one.toggleAttribute('hx-morph-skip', isKept);
  return isKept;
}

const isEntered = (form: HTMLFormElement): boolean => form.contains(document.activeElement?.matches('[type=file]') ? null : document.activeElement);

/** Typed and not sent, on its way, or refused. */
function holdsWords(form: HTMLFormElement): boolean {
  const isRefused = form.querySelector('[role=alert]:not([hidden])') !== null;
  return isRefused || [...form.elements].some(isTouched) || isSending(form) || isOnItsWay(form);
}

const hasForm = (part: DocumentFragment, form: HTMLFormElement): boolean =>
  [...part.querySelectorAll('form')].some((one) => one.getAttribute('action') === form.getAttribute('action'));

function isTouched(element: Element): boolean {
  if (element instanceof HTMLTextAreaElement) return element.value !== element.defaultValue;
  if (!(element instanceof HTMLInputElement) || element.type === 'hidden') return false;
  if (element.type === 'file') return (element.files?.length ?? 0) > 0;
  return element.type === 'checkbox' || element.type === 'radio' ? element.checked !== element.defaultChecked : element.value !== element.defaultValue;
}

/** A form that was taken by the server starts anew: empty, and with a key of its own. */
function sent(event: Event): void {
  const { ctx } = (event as CustomEvent<{ ctx?: Exchange }>).detail;
  const form = submitted(ctx);
  if (!form || (ctx?.response?.status ?? 500) >= 400) return;
  form.removeAttribute('hx-morph-skip');
  document.querySelector('#problem')?.replaceChildren();
  form.reset();
  form.querySelectorAll('textarea').forEach((area) => (area.value = ''));
  renewKey(form);
  form.dispatchEvent(new CustomEvent('atrium:sent', { bubbles: true }));
}

/** What is sent next is another act, not the last one once more. */
function renewKey(form: HTMLFormElement): void {
  const key = form.querySelector<HTMLInputElement>('[name=idempotency_key]');
  if (key) key.value = crypto.randomUUID();
}

function lose(): void {
  missed = true;
  signs('lost');
  sayLost ||= window.setTimeout(() => bar('lost'), SAY_LOST_MS);
}

function found(): void {
  const late = !opened && performance.now() > LATE_MS;
  opened = true;
  window.clearTimeout(sayLost);
  sayLost = 0;
  bar('open');
  signs('open');
  if (missed || late) refetch(parts());
  missed = false;
  document.dispatchEvent(new CustomEvent('atrium:back'));
}

/** Told to the whole page: whether what one does now arrives. */
export const isLost = (): boolean => document.body.dataset['streamState'] === 'lost' || !navigator.onLine;

/** The clock of the reader's settings, which may be another than the machine's. */
function clock(): string {
  const timeZone = document.body.dataset['zone'];
  return new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', ...(timeZone ? { timeZone } : {}) });
}

const TIME = /\d\d:\d\d/;

/** The bar under the header, with the time from which on what is seen may be old. */
function bar(state: string): void {
  document.querySelectorAll<HTMLElement>('[data-connection]').forEach((one) => {
    const words = one.querySelector<HTMLElement>('[data-as-of]');
    if (words && state === 'lost') words.textContent = (words.textContent ?? '').replace(TIME, lostAt || clock());
    one.dataset['state'] = state;
  });
}

/** The live sign says as of when: now while the stream is open, the moment of the loss when it is not. */
function signs(state: 'open' | 'lost'): void {
  document.body.dataset['streamState'] = state;
  const time = state === 'lost' ? (lostAt ||= clock()) : clock();
  if (state === 'open') lostAt = '';
  document.querySelectorAll<HTMLElement>('[data-live-sign]').forEach((sign) => {
    const words = sign.querySelector('span');
    if (!words) return;
    sign.dataset['words'] ??= words.textContent ?? '';
    const said = (sign.dataset[state === 'open' ? 'words' : 'lost'] ?? '').replace(TIME, time);
    if (words.textContent !== said) words.textContent = said;
    sign.dataset['state'] = state;
  });
}
