// What was typed and not sent stays, per thread and form, for this tab and this person: in session storage only.

export interface Store {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

const PREFIX = 'draft:';

/** Texts of one form by field name. Empty texts are no draft. */
export class Draft {
  constructor(private readonly store: Store, private readonly name: string) {}

  read(): Record<string, string> {
    try {
      return JSON.parse(this.store.getItem(PREFIX + this.name) ?? '{}') as Record<string, string>;
    } catch {
      return {};
    }
  }

  keep(field: string, text: string): void {
    const texts = this.read();
    if (text) texts[field] = text;
    else delete texts[field];
    if (Object.keys(texts).length) this.store.setItem(PREFIX + this.name, JSON.stringify(texts));
    else this.store.removeItem(PREFIX + this.name);
  }

  forget(): void {
    this.store.removeItem(PREFIX + this.name);
  }
}

const kept = new WeakSet<HTMLFormElement>();

export function keepDrafts(root: ParentNode): void {
  root.querySelectorAll<HTMLFormElement>('form[data-draft]').forEach((form) => {
    if (!kept.has(form)) keep(form);
  });
}

function keep(form: HTMLFormElement): void {
  kept.add(form);
  const draft = new Draft(sessionStorage, form.dataset['draft'] ?? '');
  const fields = [...form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('textarea, input[type=text]')];
  const say = (shown: boolean): void => void form.querySelector('[data-draft-state]')?.toggleAttribute('hidden', !shown);
  const texts = draft.read();
  fields.filter((field) => !field.value && texts[field.name]).forEach((field) => (field.value = texts[field.name] ?? ''));
  say(fields.some((field) => texts[field.name]));
  form.addEventListener('input', (event) => {
    const field = event.target as HTMLInputElement;
    if (!fields.includes(field)) return;
    draft.keep(field.name, field.value);
    say(field.value !== '');
  });
  const forget = (): void => {
    draft.forget();
    say(false);
  };
  form.addEventListener('atrium:sent', forget);
  if (!form.hasAttribute('hx-post')) form.addEventListener('submit', forget);
}
