// A toast goes after eight seconds, but not while someone points at it or is in it.

const STAYS_MS = 8000;
const seen = new WeakSet<Element>();

export function passToasts(root: ParentNode): void {
  root.querySelectorAll('[data-toast]').forEach((toast) => {
    if (seen.has(toast)) return;
    seen.add(toast);
    const leave = (): void => {
      if (toast.matches(':hover, :focus-within')) window.setTimeout(leave, 1000);
      else toast.remove();
    };
    window.setTimeout(leave, STAYS_MS);
  });
}
