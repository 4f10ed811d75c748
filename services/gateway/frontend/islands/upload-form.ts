// A form for files: drop or choose, one row with progress per file. Words come from the form, in the reader's language.
import { say } from './announce.ts';
import { attachFile, completeUpload, createFile, forget, readUpload, remember, resumed, startUpload } from './upload-api.ts';
import { hashOf, sendParts, Unreachable, type Progress } from './upload.ts';

const taken = new WeakSet<HTMLElement>();
const UNDER_WAY = ['reading', 'sending', 'lost', 'checking'].map((phase) => `.upload-row[data-state=${phase}]`).join();

/** Whoever leaves the page while a file is on its way is asked first: it would have to be chosen again. */
export function askBeforeLeaving(): void {
  addEventListener('beforeunload', (event) => document.querySelector(UNDER_WAY) && event.preventDefault());
}

export function takeUploads(root: ParentNode): void {
  root.querySelectorAll<HTMLElement>('.upload').forEach(enhance);
}

/** A form that sends keeps its rows while the page around it changes. */
export const isSending = (form: HTMLFormElement): boolean => form.querySelector('.upload-row:not([data-state=done])') !== null;

function enhance(form: HTMLElement): void {
  const input = form.querySelector<HTMLInputElement>('input[type=file]');
  const drop = form.querySelector<HTMLElement>('.drop');
  if (!input || !drop || !(form.dataset['upload'] || projectOf(form))) return;
  form.classList.add('enhanced'); // a morph takes it away, the listeners stay
  if (taken.has(form)) return;
  taken.add(form);
  input.addEventListener('change', () => {
    sendAll(form, [...(input.files ?? [])]);
    input.value = '';
  });
  for (const kind of ['dragover', 'dragleave', 'drop'] as const) {
    drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.toggle('over', kind === 'dragover');
      if (kind === 'drop') sendAll(form, [...(event.dataTransfer?.files ?? [])]);
    });
  }
}

/** Where a new file is kept: told with the form, or chosen in a field of the form around it. */
function projectOf(form: HTMLElement): string {
  const chosen = document.getElementById(form.dataset['projectFrom'] ?? '') as HTMLSelectElement | null;
  return chosen?.value || form.dataset['project'] || '';
}

function sendAll(form: HTMLElement, contents: File[]): void {
  const chosen = form.dataset['upload'] || form.dataset['item'] ? contents.slice(0, 1) : contents;
  chosen.forEach((content) => void send(form, content));
}

async function send(form: HTMLElement, content: File): Promise<void> {
  const row = new Row(form, content);
  const { item = '', request = '', upload: versionOf = '', into = '' } = form.dataset;
  const target = item || request || versionOf || projectOf(form);
  const note = form.querySelector<HTMLInputElement>('[name=note]')?.value ?? '';
  try {
    let upload = into ? undefined : await resumed(target, content);
    if (!upload) {
      const sha256 = await hashOf(content, (done) => row.show({ phase: 'reading', done, total: content.size }));
      const file = versionOf || (await createFile(projectOf(form), content.name, form.dataset['audience'] || 'shared')).id;
      if (item && !versionOf) await attachFile(`items/${item}/file`, file);
      if (request) await attachFile(`requests/${request}/files`, file);
      if (into) row.name(into, file);
      upload = await startUpload(file, content, sha256, note);
      if (!into) remember(target, content, upload);
    }
    const id = upload.upload;
    const parts = await sendParts(content, upload, () => readUpload(id), (phase, done) => row.show({ phase, done, total: content.size }), undefined, row.stopping.signal);
    row.show({ phase: 'checking', done: content.size, total: content.size });
    await completeUpload(id, parts);
    forget(target, content);
    row.finish();
  } catch (problem) {
    if (!row.stopping.signal.aborted) row.fail(problem);
  }
}

/** What one file looks like while it is sent. */
class Row {
  readonly stopping = new AbortController();
  private readonly words = document.createElement('span');
  private readonly bar = document.createElement('progress');
  private readonly stop = document.createElement('button');
  private readonly element = document.createElement('div');

  constructor(private readonly form: HTMLElement, private readonly content: File) {
    const sign = document.createElement('span');
    sign.className = 'file-sign';
    sign.textContent = (content.name.split('.').pop() ?? '').slice(0, 4).toUpperCase();
    const name = document.createElement('b');
    name.textContent = content.name;
    name.className = 'title clip';
    this.words.className = 'under';
    const middle = document.createElement('div');
    middle.append(name, document.createElement('br'), this.words, this.bar);
    this.stop.type = 'button';
    this.stop.className = 'button tiny';
    this.stop.textContent = form.dataset['wordsStop'] ?? '';
    this.stop.addEventListener('click', () => {
      this.stopping.abort();
      this.element.remove();
    });
    this.element.className = 'upload-row';
    this.element.append(sign, middle, this.stop);
    form.querySelector('[data-upload-list]')?.append(this.element);
  }

  /** The form around it sends this file's id along, as long as the row is there. */
  name(field: string, file: string): void {
    const input = document.createElement('input');
    Object.assign(input, { type: 'hidden', name: field, value: file });
    this.element.append(input);
  }

  show({ phase, done, total }: Progress): void {
    this.bar.max = Math.max(1, total);
    this.bar.value = done;
    this.words.textContent = this.say(phase, total ? Math.round((done / total) * 100) : 100);
    this.element.dataset['state'] = phase;
  }

  private say(phase: Progress['phase'], percent: number): string {
    if (phase === 'checking') return this.form.dataset['wordsChecking'] ?? '';
    const before = { reading: this.form.dataset['wordsReading'], lost: this.form.dataset['wordsLost'], sending: '' }[phase];
    return `${before ? `${before} · ` : ''}${percent}\u202f%`;
  }

  finish(): void {
    this.words.textContent = this.form.dataset['wordsDone'] ?? '';
    this.tell();
    this.bar.remove();
    const remove = this.form.dataset['wordsRemove'];
    if (remove) this.stop.textContent = remove;
    else this.stop.remove();
    this.element.dataset['state'] = 'done';
  }

  fail(problem: unknown): void {
    const reason = problem instanceof Error ? problem.message : '';
    const words = problem instanceof Unreachable ? this.form.dataset['wordsAgain'] : this.form.dataset['wordsFailed']?.replace('{reason}', reason);
    this.words.textContent = words ?? reason;
    this.words.className = 'field-error';
    this.element.dataset['state'] = 'failed';
    this.tell();
  }

  /** Its end is heard; the percent on the way there are only seen. */
  private tell(): void {
    say(`${this.content.name}: ${this.words.textContent ?? ''}`);
  }
}
