// The code of six digits: one field, drawn as six boxes. It takes paste with spaces, and sends itself when full.

const LENGTH = 6;

/** Digits only, at most six: what people paste has spaces, dashes and sometimes the sentence around it. */
export function digits(text: string): string {
  return text.replace(/\D/g, '').slice(0, LENGTH);
}

export function boxCodes(root: ParentNode): void {
  root.querySelectorAll<HTMLElement>('[data-code]:not(.boxed)').forEach(box);
}

function box(field: HTMLElement): void {
  const input = field.querySelector('input');
  if (!input) return;
  const boxes = document.createElement('div');
  boxes.className = 'boxes';
  boxes.ariaHidden = 'true';
  boxes.append(...Array.from({ length: LENGTH }, (_, index) => (index === LENGTH / 2 ? [document.createElement('span'), document.createElement('i')] : [document.createElement('i')])).flat());
  field.append(boxes);
  field.classList.add('boxed');
  const draw = (): void => {
    const here = document.activeElement === input ? Math.min(input.value.length, LENGTH - 1) : -1;
    boxes.querySelectorAll('i').forEach((one, index) => {
      one.textContent = input.value[index] ?? '';
      one.classList.toggle('here', index === here);
    });
  };
  input.maxLength = 40;
  input.removeAttribute('pattern');
  input.addEventListener('input', () => {
    input.value = digits(input.value);
    field.classList.remove('wrong');
    draw();
    if (input.value.length === LENGTH) input.form?.requestSubmit();
  });
  input.addEventListener('focus', draw);
  input.addEventListener('blur', draw);
  input.value = digits(input.value);
  draw();
  input.focus();
}
