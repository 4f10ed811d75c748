import type { Store } from '../islands/draft.ts';

/** A store like the browser's, that shows what it holds. */
export function memory(): Store & { held: Map<string, string> } {
  const held = new Map<string, string>();
  return { held, getItem: (key) => held.get(key) ?? null, setItem: (key, value) => void held.set(key, value), removeItem: (key) => void held.delete(key) };
}
