// The page's one live region: what a screen reader says about changes that others made. It speaks one sentence for all
// that happened, at most every five seconds; whatever happens meanwhile waits for the next one.

export interface Words {
  one: string;
  many: string;
  changed: string;
}

/** What is waiting to be said. */
export interface Heard {
  messages: number;
  parts: Set<string>;
  sentences: string[];
}

/** What a part of the page holds: its messages by id, and its words without the times, which pass by themselves. */
interface Held {
  messages: Set<string>;
  words: string;
}

const SOON_MS = 300;
const PAUSE_MS = 5000;
const TIMES = 'time, .live, .clock, form';

let heard: Heard = silence();
let spoken = -PAUSE_MS;
let speaking = 0;
const before = new WeakMap<Element, Held>();

export function announceChanges(): void {
  if (!region()) return;
  document.addEventListener('htmx:before:swap', (event) => {
    const part = source(event);
    if (part) before.set(part, held(part));
  });
  document.addEventListener('htmx:after:swap', (event) => {
    const part = source(event);
    const was = part && before.get(part);
    if (was) compare(part, was);
    else tellAnswer();
  });
  answered = answer();
  document.querySelectorAll('[data-toast]').forEach((toast) => say(toast.querySelector('span')?.textContent ?? ''));
  watchConnection();
}

/** One sentence; counted messages first, then which parts are different, then what was said word by word. */
export function sentence({ messages, parts, sentences }: Heard, words: Words): string {
  const said = [...sentences];
  if (parts.size > 0) said.unshift(words.changed.replace('{parts}', [...parts].join(', ')));
  if (messages > 0) said.unshift(messages === 1 ? words.one : words.many.replace('{n}', String(messages)));
  return said.join('. ');
}

export function silence(): Heard {
  return { messages: 0, parts: new Set(), sentences: [] };
}

const region = (): HTMLElement | null => document.querySelector('[data-announce]');

/** What a form that is tried while one types answers, in one sentence of its own. */
let answered = '';
const answer = (): string => (document.querySelector<HTMLElement>('[data-said]')?.innerText ?? '').replace(/\s+/g, ' ');

function tellAnswer(): void {
  const now = answer();
  if (now !== answered) say(now);
  answered = now;
}

/** The live part that fetched itself. What a person did in a form needs no telling. */
function source(event: Event): Element | null {
  const part = (event as CustomEvent<{ ctx?: { sourceElement?: Element } }>).detail.ctx?.sourceElement;
  return part?.matches('[data-live]') ? part : null;
}

function held(part: Element): Held {
  const copy = part.cloneNode(true) as Element;
  copy.querySelectorAll(TIMES).forEach((one) => one.remove());
  return {
    messages: new Set([...part.querySelectorAll('.message[id]:not([data-own])')].map((one) => one.id)),
    words: (copy.textContent ?? '').replace(/\s+/g, ' '),
  };
}

function compare(part: Element, was: Held): void {
  const here = (part.id && document.getElementById(part.id)) || part;
  const now = held(here);
  const fresh = [...now.messages].filter((id) => !was.messages.has(id)).length;
  const name = nameOf(here);
  heard.messages += fresh;
  if (fresh === 0 && name && now.words !== was.words && !here.querySelector('.messages')) heard.parts.add(name);
  if (fresh > 0 || heard.parts.size > 0) soon();
}

function nameOf(part: Element): string {
  const labelled = document.getElementById(part.getAttribute('aria-labelledby') ?? '');
  return part.getAttribute('aria-label') ?? (labelled ?? part.querySelector('h2, h3'))?.textContent?.trim() ?? '';
}

export function say(words: string): void {
  if (!words.trim()) return;
  heard.sentences.push(words.trim().replace(/\.$/, ''));
  soon();
}

function watchConnection(): void {
  document.querySelectorAll<HTMLElement>('[data-connection]').forEach((bar) => {
    let lost = false;
    new MutationObserver(() => {
      const isLost = bar.dataset['state'] === 'lost';
      if (isLost !== lost) say((isLost ? bar.textContent : region()?.dataset['wordsBack']) ?? '');
      lost = isLost;
    }).observe(bar, { attributeFilter: ['data-state'] });
  });
}

function soon(): void {
  speaking ||= window.setTimeout(speak, Math.max(SOON_MS, spoken + PAUSE_MS - performance.now()));
}

function speak(): void {
  const place = region();
  speaking = 0;
  if (!place) return;
  const { wordsOne = '', wordsMany = '', wordsChanged = '' } = place.dataset;
  const line = document.createElement('p'); // a new element, so that the same words are said again
  line.textContent = sentence(heard, { one: wordsOne, many: wordsMany, changed: wordsChanged });
  place.replaceChildren(line);
  spoken = performance.now();
  heard = silence();
}
