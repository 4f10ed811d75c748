// Uploads by presigned multipart: the browser hashes what it sends, puts parts in parallel straight into the store,
// tries a part again, and goes on after a break (a reload, a lost connection) with the parts that are still missing.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

const PARALLEL = 3;
const TRIES = 6;
const SLICE = 4 * 1024 * 1024;

export interface Part {
  number: number;
  size: number;
  etag: string | null;
  url?: string | null;
  headers?: Record<string, string> | null;
}

export interface Upload {
  upload: string;
  number: number;
  status: 'uploading' | 'checking' | 'ready' | 'rejected';
  part_size: number | null;
  parts: Part[];
}

export interface Progress {
  phase: 'reading' | 'sending' | 'lost' | 'checking';
  done: number;
  total: number;
}

/** Where a part lies in the file. All but the last have the upload's part size. */
export function rangeOf(part: Part, upload: Upload): { start: number; end: number } {
  const start = (part.number - 1) * (upload.part_size ?? part.size);
  return { start, end: start + part.size };
}

/** SHA-256 of the whole content, read slice by slice: a file of 5 GB is never in memory. Plain script: the pages' policy
 * admits no WebAssembly, and the browser's own digest takes no slices. */
export async function hashOf(file: Blob, said: (done: number) => void): Promise<string> {
  const hasher = sha256.create();
  for (let start = 0; start < file.size; start += SLICE) {
    hasher.update(new Uint8Array(await file.slice(start, start + SLICE).arrayBuffer()));
    said(Math.min(file.size, start + SLICE));
  }
  return bytesToHex(hasher.digest());
}

/** The server said no, in its words. */
export class Refused extends Error {}

/** Nobody answered, for longer than it makes sense to go on trying. */
export class Unreachable extends Error {}

/** Waits before the next try of a part: 1, 2, 4 … 15 seconds. */
export const patience = (attempt: number): number => Math.min(15_000, 1000 * 2 ** attempt);

export interface Wire {
  fetch: typeof fetch;
  wait: (milliseconds: number) => Promise<void>;
}

const wire: Wire = { fetch: (input, init) => fetch(input, init), wait: untilTriedAgain };

/** Until the pause is over. A browser without a network waits for it however long that takes, and then not a moment longer. */
function untilTriedAgain(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    addEventListener('online', () => resolve(), { once: true });
    if (navigator.onLine) setTimeout(resolve, milliseconds);
  });
}

/** Sends all parts that the store does not have; answers with number and ETag of every part. */
export async function sendParts(
  file: Blob,
  upload: Upload,
  renew: () => Promise<Upload>,
  said: (phase: 'sending' | 'lost', done: number) => void,
  { fetch: send, wait }: Wire = wire,
  stop?: AbortSignal,
): Promise<{ number: number; etag: string }[]> {
  let current = upload;
  const etags = new Map(upload.parts.flatMap((part) => (part.etag ? [[part.number, part.etag] as const] : [])));
  const queue = upload.parts.filter((part) => !part.etag).map((part) => part.number);
  const sizeOf = (number: number): number => upload.parts.find((part) => part.number === number)?.size ?? 0;
  const tell = (phase: 'sending' | 'lost' = 'sending'): void => said(phase, [...etags.keys()].reduce((sum, number) => sum + sizeOf(number), 0));

  const put = async (number: number): Promise<void> => {
    for (let attempt = 0; ; attempt += 1) {
      stop?.throwIfAborted();
      const part = current.parts.find((one) => one.number === number);
      if (!part) throw new Refused(`part ${number} is gone`);
      if (part.etag) return void etags.set(number, part.etag);
      const { start, end } = rangeOf(part, current);
      try {
        const answer = await send(part.url ?? '', { method: 'PUT', body: file.slice(start, end), headers: part.headers ?? {}, ...(stop ? { signal: stop } : {}) });
        const etag = answer.headers.get('ETag');
        if (answer.ok && etag) return void etags.set(number, etag.replaceAll('"', ''));
        if (answer.status === 400 || answer.status === 409) throw new Refused(String(answer.status));
      } catch (problem) {
        if (problem instanceof Refused || stop?.aborted) throw problem;
        tell('lost');
      }
      if (attempt + 1 >= TRIES) throw new Unreachable();
      await wait(patience(attempt));
      current = await renew().catch(() => current);
    }
  };

  tell();
  const worker = async (): Promise<void> => {
    for (let number = queue.shift(); number !== undefined; number = queue.shift()) {
      await put(number);
      tell();
    }
  };
  await Promise.all(Array.from({ length: Math.min(PARALLEL, queue.length) }, worker));
  return [...etags].sort(([one], [other]) => one - other).map(([number, etag]) => ({ number, etag }));
}
