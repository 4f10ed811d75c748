// The brand studio: what is typed is kept as a draft a moment later, and the pages in the middle show it.
const PAUSE_MS = 250;

export function openStudios(root: ParentNode): void {
  root.querySelectorAll<HTMLElement>('.studio[data-studio]:not(.at-work)').forEach((place) => new Studio(place));
}

/** The address of a preview with one thing changed; `page:mail`, `theme:dark`, `language:de`, `v:…`. */
export function shown(address: string, choice: string): string {
  const [name = '', value = ''] = choice.split(':');
  const url = new URL(address, 'http://x');
  if (name === 'page') url.pathname = url.pathname.replace(/[^/]+$/, value);
  else url.searchParams.set(name, value);
  return url.pathname + url.search;
}

class Studio {
  private readonly form: HTMLFormElement;
  private pausing = 0;
  private sending = new AbortController();

  constructor(private readonly place: HTMLElement) {
    this.form = place.querySelector<HTMLFormElement>('form#brand') as HTMLFormElement;
    place.classList.add('at-work');
    this.form.addEventListener('input', (event) => this.typed(event.target as HTMLInputElement));
    this.form.addEventListener('submit', (event) => this.submitted(event));
    document.addEventListener('submit', () => this.rest(), { capture: true });
    place.querySelectorAll<HTMLInputElement>('[data-colour-of]').forEach((colour) => this.pick(colour));
    place.querySelectorAll<HTMLAnchorElement>('[data-show]').forEach((link) =>
      link.addEventListener('click', (event) => {
        event.preventDefault();
        this.choose(link);
      }),
    );
  }

  /** The colour field and the text beside it are one value. */
  private pick(colour: HTMLInputElement): void {
    const field = this.form.querySelector<HTMLInputElement>(`#${colour.dataset['colourOf'] ?? ''}`);
    if (!field) return;
    colour.hidden = false;
    colour.addEventListener('input', () => (field.value = colour.value));
    field.addEventListener('input', () => {
      if (/^#[0-9a-f]{6}$/i.test(field.value)) colour.value = field.value;
    });
  }

  private typed(field: HTMLInputElement): void {
    window.clearTimeout(this.pausing);
    this.pausing = window.setTimeout(() => void this.keep(), field.type === 'file' ? 0 : PAUSE_MS);
  }

  /** A button of an alternative fills its field; publishing and discarding go their ordinary way. */
  private submitted(event: SubmitEvent): void {
    const button = event.submitter as HTMLButtonElement | null;
    if (!button?.formAction.endsWith('/draft')) return;
    event.preventDefault();
    if (button.name) this.fill(button.name, button.value);
    void this.keep();
  }

  private fill(name: string, value: string): void {
    const field = this.form.elements.namedItem(name);
    if (field instanceof RadioNodeList || field instanceof HTMLInputElement) field.value = value;
    const colour = this.place.querySelector<HTMLInputElement>(`[data-colour-of="f-${name}"]`);
    if (colour) colour.value = value;
  }

  /** What is published or discarded is not kept as a draft a moment later. */
  private rest(): void {
    window.clearTimeout(this.pausing);
    this.sending.abort();
  }

  private async keep(): Promise<void> {
    this.rest();
    this.sending = new AbortController();
    const { signal } = this.sending;
    try {
      const answer = await fetch(`${this.place.dataset['studio'] ?? ''}/draft?part=outcome`, { method: 'POST', body: new FormData(this.form), signal });
      const html = await answer.text();
      if (!signal.aborted) this.show(html);
    } catch {
      if (!signal.aborted) this.say(this.place.dataset['wordsAway'] ?? '');
    }
  }

  private show(html: string): void {
    const came = document.createElement('template');
    came.innerHTML = html;
    const about = came.content.querySelector<HTMLTemplateElement>('template[data-studio-version]');
    if (!about) return this.say(this.place.dataset['wordsAway'] ?? '');
    this.say(about.innerHTML);
    this.place.querySelector('[data-studio-adjusted]')?.toggleAttribute('hidden', !('adjusted' in about.dataset));
    this.mark(came.content);
    this.replaceReport(came.content);
    if ('refused' in about.dataset) return;
    this.form.querySelectorAll<HTMLInputElement>('input[type=file]').forEach((field) => (field.value = ''));
    this.turnFrames(`v:${about.dataset['studioVersion'] ?? ''}`);
  }

  private say(words: string): void {
    const state = this.place.querySelector('[data-studio-state]');
    if (state) state.innerHTML = words;
  }

  /** The report is new; what was unfolded and focused in it stays so. */
  private replaceReport(fresh: DocumentFragment): void {
    const report = this.place.querySelector<HTMLElement>('#outcome');
    if (!report) return;
    const isOpen = report.querySelector('details')?.open;
    const hadFocus = report.contains(document.activeElement);
    report.replaceChildren(fresh);
    const details = report.querySelector('details');
    if (details && isOpen !== undefined) details.open = isOpen;
    if (hadFocus) report.querySelector<HTMLElement>('.publish button')?.focus();
  }

  /** Each refusal stands at its field, and goes once it is mended. */
  private mark(fresh: DocumentFragment): void {
    for (const place of this.form.querySelectorAll<HTMLElement>('[data-problem-of]')) {
      const name = place.dataset['problemOf'] ?? '';
      const problem = fresh.querySelector<HTMLTemplateElement>(`template[data-problem="${name}"]`);
      const words = problem?.innerHTML ?? '';
      if (place.innerHTML !== words) place.innerHTML = words;
      const field = this.form.elements.namedItem(name);
      if (field instanceof HTMLElement) {
        if (problem) field.setAttribute('aria-invalid', 'true');
        else field.removeAttribute('aria-invalid');
      }
    }
  }

  private choose(link: HTMLAnchorElement): void {
    const choice = link.dataset['show'] ?? '';
    link.parentElement?.querySelectorAll('[aria-current]').forEach((other) => other.removeAttribute('aria-current'));
    link.setAttribute('aria-current', 'true');
    history.replaceState(history.state, '', link.href);
    if (choice.startsWith('page:')) this.exchange(choice.slice('page:'.length));
    else this.turnFrames(choice);
  }

  /** The small page comes into the middle, and the one that was there takes its place. */
  private exchange(page: string): void {
    const middle = this.place.querySelector<HTMLElement>('.preview-frame.main');
    const small = this.place.querySelector<HTMLElement>(`.preview-frame.mini[data-preview="${page}"]`);
    if (!middle || !small) return;
    const former = middle.dataset['preview'] ?? '';
    for (const [figure, now, before] of [[middle, page, former], [small, former, page]] as const) {
      figure.dataset['preview'] = now;
      figure.classList.replace(`of-${before}`, `of-${now}`);
      const frame = figure.querySelector<HTMLIFrameElement>('iframe:last-of-type');
      if (frame) turn(frame, `page:${now}`);
    }
    const caption = small.querySelector('figcaption');
    if (caption) caption.textContent = this.place.querySelector(`[data-show="page:${former}"]`)?.textContent ?? '';
  }

  private turnFrames(choice: string): void {
    this.place.querySelectorAll<HTMLIFrameElement>('.glass iframe:last-of-type').forEach((frame) => turn(frame, choice));
  }
}

/** The new page comes behind the old one and takes its place, scrolled alike, once it is there: nothing flashes. */
function turn(frame: HTMLIFrameElement, choice: string): void {
  const next = frame.cloneNode() as HTMLIFrameElement;
  next.src = shown(frame.getAttribute('src') ?? '', choice);
  next.classList.add('coming');
  next.addEventListener(
    'load',
    () => {
      const before = frame.parentElement?.querySelector('iframe');
      next.contentWindow?.scrollTo(0, before?.contentWindow?.scrollY ?? 0);
      next.classList.remove('coming');
      next.parentElement?.querySelectorAll('iframe').forEach((other) => {
        if (other !== next && other.compareDocumentPosition(next) & Node.DOCUMENT_POSITION_FOLLOWING) other.remove();
      });
    },
    { once: true },
  );
  frame.after(next);
}
