// What is written in a composer is on its way at once: it shows as pending, the field is free again. The answer settles
// it; a refusal brings it back into the field with the reason. Without a connection it waits and is sent when that is
// back, after a reload too, with the key it was first sent with: so it arrives once.
import { Outbox, type Letter } from './letters.ts';
import { isLost } from './live.ts';
import { pause } from './hints.ts';
import { titleOf } from './places.ts';

const bound = new WeakSet<HTMLFormElement>();
const busy = new WeakSet<HTMLFormElement>();
/** Answered by the server, and shown by us until the thread itself shows it. */
const arrived = new Map<HTMLFormElement, Letter[]>();

export function sendWhatIsWritten(root: ParentNode): void {
  root.querySelectorAll<HTMLFormElement>('form[data-outbox]').forEach((form) => {
    if (!bound.has(form)) bind(form);
    draw(form);
  });
}

function bind(form: HTMLFormElement): void {
  bound.add(form);
  form.noValidate = true;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    write(form);
  });
  document.addEventListener('atrium:back', () => void deliver(form));
  document.addEventListener('htmx:after:swap', (event) => {
    if ((event.target as Element).contains(form)) arrived.delete(form);
  });
  void deliver(form);
}

const outbox = (form: HTMLFormElement): Outbox => new Outbox(sessionStorage, form.dataset['draft'] ?? '');
const area = (form: HTMLFormElement): HTMLTextAreaElement => form.querySelector('textarea') as HTMLTextAreaElement;

function write(form: HTMLFormElement): void {
  const field = area(form);
  if (!field.value.trim()) return;
  outbox(form).add({ key: crypto.randomUUID(), text: field.value });
  field.value = '';
  say(form, '');
  form.dispatchEvent(new CustomEvent('atrium:sent', { bubbles: true }));
  draw(form);
  void deliver(form);
}

/** One after the other, in the order in which they were written. */
async function deliver(form: HTMLFormElement, attempt = 0): Promise<void> {
  if (busy.has(form) || !form.isConnected) return;
  busy.add(form);
  let reached = true;
  for (let letter = outbox(form).first(); letter && reached; letter = outbox(form).first()) reached = await post(form, letter);
  busy.delete(form);
  draw(form);
  if (!reached && !isLost()) window.setTimeout(() => void deliver(form, attempt + 1), pause(attempt));
}

/** Says whether the portal was reached. */
async function post(form: HTMLFormElement, letter: Letter): Promise<boolean> {
  if (isLost()) return false;
  const given = Object.fromEntries([...new FormData(form)].filter(([name]) => name === 'subject' || name === 'audience'));
  const about = given['subject']?.toString().includes('?') ? { ...given, title: titleOf(letter.text) } : given;
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json', 'Idempotency-Key': letter.key };
  const answer = await fetch(form.dataset['outbox'] ?? '', { method: 'POST', headers, body: JSON.stringify({ ...about, text: letter.text }) }).catch(() => null);
  if (!answer) return false;
  const said = (await answer.json().catch(() => ({}))) as { id?: string; detail?: string; errors?: { detail: string }[] };
  outbox(form).remove(letter.key);
  if (answer.status === 401) return giveBack(form, letter, ''), location.reload(), true;
  if (!answer.ok) return giveBack(form, letter, said.errors?.[0]?.detail || said.detail || answer.statusText), true;
  if ('subject' in given && said.id) begun(form, said.id);
  arrived.set(form, [...(arrived.get(form) ?? []), letter]);
  form.closest('[data-live]')?.dispatchEvent(new CustomEvent('refetch'));
  return true;
}

/** The first message has opened the thread: the next ones go into it. */
function begun(form: HTMLFormElement, thread: string): void {
  form.dataset['outbox'] = `/api/v1/threads/${thread}/messages`;
  form.querySelectorAll('[name=subject], [name=audience]').forEach((field) => field.remove());
}

/** Before what has been typed since. */
function giveBack(form: HTMLFormElement, letter: Letter, reason: string): void {
  const field = area(form);
  field.value = [letter.text, field.value].filter(Boolean).join('\n');
  field.dispatchEvent(new Event('input', { bubbles: true }));
  say(form, reason);
}

function say(form: HTMLFormElement, reason: string): void {
  const place = form.querySelector<HTMLElement>('[data-refused]');
  if (!place) return;
  place.hidden = !reason;
  place.querySelector('[data-reason]')?.replaceChildren(reason);
}

/** The pending messages under those that are there. */
function draw(form: HTMLFormElement): void {
  const list = form.closest('.thread')?.querySelector('.messages');
  const template = form.querySelector<HTMLTemplateElement>('template[data-pending]');
  if (!list || !template) return;
  list.querySelectorAll('[data-pending]').forEach((one) => one.remove());
  const waits = isLost() || !busy.has(form);
  for (const letter of [...(arrived.get(form) ?? []), ...outbox(form).all()]) {
    const shown = template.content.firstElementChild?.cloneNode(true) as HTMLElement;
    shown.querySelector('.words')?.replaceChildren(letter.text);
    shown.querySelectorAll<HTMLElement>('[data-when]').forEach((words) => (words.hidden = words.dataset['when'] !== (waits ? 'waiting' : 'sending')));
    list.append(shown);
  }
}
