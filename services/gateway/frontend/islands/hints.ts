// Which parts of a page a hint concerns. Pure, so that the rule can be tested without a browser.

export interface Hint {
  subject: string;
  revision: number;
}

/**
 * A part lists subjects: `projects/4f…` is that project and everything below it, `threads` every thread.
 */
export function concerns(listed: string, subject: string): boolean {
  return listed.split(/\s+/).some((one) => one !== '' && (subject === one || subject.startsWith(`${one}/`)));
}

/** Pauses between attempts to reach the stream: growing, bounded, spread so that tabs do not come back all at once. */
export function pause(attempt: number, random: () => number = Math.random): number {
  const longest = Math.min(30_000, 1000 * 2 ** attempt);
  return longest / 2 + (longest / 2) * random();
}
