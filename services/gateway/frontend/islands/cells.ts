// A cell of the plan is edited where it stands: its link, which leads to the item's own form, opens a field in its place.
// Enter saves, so does leaving the cell; Escape gives up. Until the answer is there the field stays with what was typed.
import { isRefused, send } from './row-form.ts';

const CELL = 'a[data-cell]';
const STALE = 412;

type Field = HTMLInputElement | HTMLSelectElement;

interface Open {
  link: HTMLAnchorElement;
  place: HTMLElement;
  field: Field;
  /** Of the row as it was opened: what comes while one types is somebody else's. */
  revision: string;
  was: string;
}

const open = new Set<Open>();

export function editCells(): void {
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>(CELL);
    if (link && event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && begin(link)) event.preventDefault();
  });
  document.addEventListener('keydown', (event) => {
    const link = event.key === 'F2' ? (event.target as Element).closest<HTMLAnchorElement>(CELL) : null;
    if (link && begin(link)) event.preventDefault();
  });
  document.addEventListener('htmx:before:swap', keepWhatIsOpen);
}

function begin(link: HTMLAnchorElement): boolean {
  const place = link.closest('td');
  const template = document.querySelector<HTMLTemplateElement>(`template[data-cell-field="${link.dataset['cell'] ?? ''}"]`);
  const field = template?.content.firstElementChild?.cloneNode(true) as Field | undefined;
  if (!place || !field) return false;
  const one = { link, place, field, revision: place.closest('tr')?.dataset['revision'] ?? '', was: link.dataset['value'] ?? '' };
  field.value = one.was;
  field.setAttribute('form', ''); // none: the plan around it is the form of what is selected
  field.addEventListener('keydown', (event) => pressed(one, event as KeyboardEvent));
  field.addEventListener('focusout', () => document.hasFocus() && open.has(one) && leave(one));
  place.setAttribute('hx-morph-skip', '');
  link.hidden = true;
  link.after(field);
  open.add(one);
  field.focus();
  if (field instanceof HTMLInputElement) field.select();
  return true;
}

function pressed(one: Open, event: KeyboardEvent): void {
  if (event.key === 'Escape') close(one, true);
  else if (event.key === 'Enter' && !event.isComposing) {
    event.preventDefault();
    if (one.field.reportValidity()) save(one, true);
  }
}

/** A date that is half typed is none. */
const leave = (one: Open): void => (one.field.validity.valid ? save(one, false) : close(one, false));

function save(one: Open, isStaying: boolean): void {
  const { link, place, field, revision, was } = one;
  const row = place.closest('tr');
  if (field.value === was || !row) return close(one, isStaying);
  if (field.hasAttribute('aria-busy')) return;
  field.setAttribute('aria-busy', 'true');
  const typed = { [link.dataset['cell'] ?? '']: field.value, was, revision };
  send(row.dataset['item'] ?? '', 'cell', typed, (status) => {
    field.removeAttribute('aria-busy');
    if (!isRefused(status) || status === STALE) close(one, field === document.activeElement);
  });
}

/** Back to the link; whoever was in the field is at it. */
function close(one: Open, isStaying: boolean): void {
  open.delete(one);
  one.place.removeAttribute('hx-morph-skip');
  one.link.hidden = false;
  if (isStaying) one.link.focus();
  one.field.remove();
}

interface Swap {
  tasks: { type?: string; fragment?: DocumentFragment }[];
}

/** A plan in which the row of an open field has gone waits; what was typed is not lost with it. */
function keepWhatIsOpen(event: Event): void {
  const plan = (event as CustomEvent<Swap>).detail.tasks.find(({ type }) => type === 'main')?.fragment;
  if (!plan?.querySelector('#plan') && plan?.firstElementChild?.id !== 'plan') return;
  const rows = [...open].map(({ place }) => place.closest('tr')?.id ?? '');
  if (rows.some((id) => !plan.querySelector(`#${CSS.escape(id)}`))) event.preventDefault();
}
