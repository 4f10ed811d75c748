// `/` goes to the search, ⌘↵ sends what one is writing, Esc closes an open menu. Single keys are off while typing.

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

export function listenForKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey) && event.target instanceof HTMLTextAreaElement) {
      event.target.form?.requestSubmit();
    } else if (event.key === 'Escape') {
      document.querySelectorAll('details.person-menu[open]').forEach((menu) => menu.removeAttribute('open'));
    } else if (!isTyping(event.target) && !event.metaKey && !event.ctrlKey && !event.altKey) {
      const fields = document.querySelectorAll<HTMLElement>(`[data-key="${CSS.escape(event.key)}"]`);
      const field = [...fields].find((one) => one.offsetParent);
      if (field) {
        event.preventDefault();
        field.focus();
        if (field instanceof HTMLButtonElement || field instanceof HTMLAnchorElement) field.click();
      }
    }
  });
  document.addEventListener('click', (event) => {
    document.querySelectorAll('details.person-menu[open]').forEach((menu) => {
      if (!menu.contains(event.target as Node)) menu.removeAttribute('open');
    });
  });
}
