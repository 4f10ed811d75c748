// What was on screen for two seconds, in a tab that is looked at, has been seen: its mark is gone when the page is next
// shown. One request for all that was seen together; none on a page where nothing is new.
const SEEN_MS = 2000;
const GATHER_MS = 300;

/** The moment of the change that each mark stands for. */
const watched = new WeakMap<Element, string>();
const timers = new Map<Element, number>();
let seen: Record<string, string> = {};
let gathering = 0;

const eyes = new IntersectionObserver((entries) => entries.forEach(({ target, isIntersecting }) => (isIntersecting ? begin(target) : end(target))), { threshold: 1 });

export function markWhatIsSeen(root: ParentNode): void {
  if (document.body.classList.contains('looked-at')) return; // staff who look as somebody else have seen nothing for them
  root.querySelectorAll<HTMLElement>('[data-looked]').forEach((mark) => {
    const at = mark.dataset['at'] ?? '';
    if (watched.get(mark) === at) return;
    watched.set(mark, at);
    again(mark);
  });
}

/** What lies in a tab in the background begins anew when someone comes to it. */
export function lookAgainWhenShown(): void {
  document.addEventListener('visibilitychange', () => {
    [...timers.keys()].forEach(end);
    if (document.visibilityState === 'visible') document.querySelectorAll('[data-looked]').forEach(again);
  });
}

function again(mark: Element): void {
  eyes.unobserve(mark);
  eyes.observe(mark);
}

function begin(mark: Element): void {
  if (document.visibilityState === 'visible' && !timers.has(mark)) timers.set(mark, window.setTimeout(() => see(mark), SEEN_MS));
}

function end(mark: Element): void {
  window.clearTimeout(timers.get(mark));
  timers.delete(mark);
}

function see(mark: Element): void {
  end(mark);
  eyes.unobserve(mark);
  const { looked = '', at = '' } = (mark as HTMLElement).dataset;
  if (!mark.isConnected || !looked) return;
  seen[looked] = at;
  gathering ||= window.setTimeout(tell, GATHER_MS);
}

function tell(): void {
  const things = seen;
  seen = {};
  gathering = 0;
  const headers = { 'Content-Type': 'application/json' };
  void fetch('/api/v1/seen', { method: 'PUT', headers, body: JSON.stringify({ things }), keepalive: true }).catch(() => undefined);
}
