// A live part that could not be fetched (a broken connection, a service that is away) stays as it was and is fetched
// again, in growing pauses, until it has come. One that this person may no longer have is not kept: the page is opened
// anew and says so itself.
import { pause } from './hints.ts';

interface Fetched {
  ctx: { sourceElement?: Element; response?: { status: number } };
}

const attempts = new WeakMap<Element, number>();

export function fetchAgain(): void {
  document.addEventListener('htmx:before:swap', keepWhatIsShown);
  document.addEventListener('htmx:error', ({ target }) => isLive(target) && later(target));
  document.addEventListener('htmx:after:swap', (event) => settle((event as CustomEvent<Fetched>).detail.ctx.sourceElement));
  document.querySelectorAll('[data-live]:has(.missing-part)').forEach(later);
}

const isLive = (one: unknown): one is Element => one instanceof Element && one.matches('[data-live]');

function keepWhatIsShown(event: Event): void {
  const { sourceElement: part, response } = (event as CustomEvent<Fetched>).detail.ctx;
  if (!isLive(part) || !response || response.status < 400) return;
  event.preventDefault();
  if (response.status >= 500 || response.status === 429) later(part);
  else location.reload();
}

/** A part that says that its service did not answer has not come yet. */
function settle(part?: Element): void {
  if (!isLive(part)) return;
  if (part.querySelector('.missing-part')) later(part);
  else attempts.delete(part);
}

function later(part: Element): void {
  const attempt = attempts.get(part) ?? 0;
  attempts.set(part, attempt + 1);
  window.setTimeout(() => part.isConnected && part.dispatchEvent(new CustomEvent('refetch')), pause(attempt));
}
