// A refusal must never take away what it was about. When an answer does not hold the element that a form asked for (an
// error page instead of the thread), nothing is swapped; its problem is shown in the problem region, and what was typed
// stays where it is.

interface Swap {
  ctx: { select?: string | null; text?: string };
  tasks: { type?: string; fragment?: DocumentFragment }[];
}

export function keepWhatWasRefused(): void {
  document.addEventListener('htmx:before:swap', (event) => {
    const { ctx, tasks } = (event as CustomEvent<Swap>).detail;
    const main = tasks.find((task) => task.type === 'main');
    if (!ctx.select || !main?.fragment || main.fragment.childElementCount > 0) return;
    event.preventDefault();
    show(new DOMParser().parseFromString(ctx.text ?? '', 'text/html').querySelector('#problem'));
  });
}

function show(problem: Element | null): void {
  const region = document.querySelector<HTMLElement>('#problem');
  if (!region || !problem) return;
  region.replaceChildren(...problem.childNodes);
  region.focus();
}
