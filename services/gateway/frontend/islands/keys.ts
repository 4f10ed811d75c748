// `/` goes to the search, ⌘↵ sends what one is writing, Esc closes an open menu. Single keys are off while typing.

const MENUS = ':is(.person-menu, .me, .filter)';

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
    } else if (!isTyping(event.target) && !event.metaKey && !event.ctrlKey && !event.altKey) {
      const fields = document.querySelectorAll<HTMLElement>(`[data-key="${CSS.escape(event.key)}"]`);
      const field = [...fields].find((one) => one.checkVisibility());
      if (field) {
        event.preventDefault();
        field.focus();
        if (field instanceof HTMLButtonElement || field instanceof HTMLAnchorElement) field.click();
      }
    }
  });
  document.addEventListener('click', (event) => {
    document.querySelectorAll<HTMLDetailsElement>(`${MENUS}[open]`).forEach((menu) => {
      if (!menu.contains(event.target as Node)) menu.open = false;
    });
  });
}

/** Whoever was in the menu is back at what opened it. */
function close(menu: HTMLDetailsElement): void {
  if (menu.contains(document.activeElement)) menu.querySelector('summary')?.focus();
  menu.open = false;
}
