// `/` goes to the search, ⌘↵ sends what one is writing, Esc closes an open menu; G and then a letter goes to a part of the
// workspace. Single keys are off while typing, and for whoever has switched them off.

const MENUS = ':is(.person-menu, .me, .filter)';

const THEN_MS = 1500;

let leads = -THEN_MS;

export const areOff = (): boolean => document.documentElement.dataset['keys'] === 'off';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

export function listenForKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey) && event.target instanceof HTMLTextAreaElement) {
      event.target.form?.requestSubmit();
    } else if (event.key === 'Escape') {
      const open = document.querySelectorAll<HTMLDetailsElement>(`${MENUS}[open]`);
      open.forEach(close);
      if (!open.length && !isTyping(event.target) && !event.defaultPrevented) document.querySelector<HTMLAnchorElement>('a[data-key="Escape"]')?.click();
    } else if (!areOff() && !isTyping(event.target) && !event.metaKey && !event.ctrlKey && !event.altKey) {
      if (press(event.key, event.timeStamp)) event.preventDefault();
    }
  });
  document.addEventListener('click', (event) => {
    document.querySelectorAll<HTMLDetailsElement>(`${MENUS}[open]`).forEach((menu) => {
      if (!menu.contains(event.target as Node)) menu.open = false;
    });
  });
}

function press(key: string, at: number): boolean {
  const name = at - leads < THEN_MS ? 'data-then' : 'data-key';
  leads = key === 'g' ? at : -THEN_MS;
  const fields = document.querySelectorAll<HTMLElement>(`[${name}="${CSS.escape(key)}"]`);
  const field = [...fields].find((one) => one.checkVisibility());
  field?.focus();
  if (field instanceof HTMLButtonElement || field instanceof HTMLAnchorElement) field.click();
  return field !== undefined;
}

/** Whoever was in the menu is back at what opened it. */
function close(menu: HTMLDetailsElement): void {
  if (menu.contains(document.activeElement)) menu.querySelector('summary')?.focus();
  menu.open = false;
}
