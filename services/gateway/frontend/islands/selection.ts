// The plan's selection bar: shows while rows are chosen, and its buttons name how many.

const bound = new WeakMap<Element, () => void>();

export function countSelection(root: ParentNode): void {
  root.querySelectorAll<HTMLFormElement>('form[data-selection]').forEach((form) => {
    const again = bound.get(form);
    if (again) return again(); // the plan came anew from the server, which knows of no choice
    const boxes = (): HTMLInputElement[] => [...form.querySelectorAll<HTMLInputElement>('input[name=items]')];
    const draw = (): void => {
      const chosen = boxes().filter((one) => one.checked);
      form.classList.add('counted');
      form.classList.toggle('choosing', chosen.length > 0);
      boxes().forEach((one) => one.closest('tr')?.setAttribute('aria-selected', String(one.checked)));
      form.querySelectorAll<HTMLElement>('[data-words-one]').forEach((words) => {
        const template = (chosen.length === 1 ? words.dataset['wordsOne'] : words.dataset['wordsMany']) ?? '';
        words.textContent = template.replace('{n}', String(chosen.length));
      });
    };
    form.addEventListener('change', (event) => {
      const target = event.target as HTMLInputElement;
      if (target.matches('[data-choose-all]')) boxes().forEach((one) => (one.checked = target.checked));
      draw();
    });
    form.addEventListener('reset', () => window.setTimeout(draw));
    bound.set(form, draw);
    draw();
  });
}
