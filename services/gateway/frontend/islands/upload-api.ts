// The portal's operations that an upload needs, and what is remembered of one for after a reload.
import { Refused, Unreachable, type Upload } from './upload.ts';

async function call<T>(method: string, url: string, body?: unknown, key?: string): Promise<T> {
  const headers = { Accept: 'application/json', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...(key ? { 'Idempotency-Key': key } : {}) };
  const answer = await fetch(url, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }).catch(() => {
    throw new Unreachable();
  });
  if (answer.ok) return (await answer.json()) as T;
  const problem = (await answer.json().catch(() => ({}))) as { detail?: string; title?: string };
  throw new Refused(problem.detail || problem.title || String(answer.status));
}

export const createFile = (project: string, name: string, audience: string): Promise<{ id: string }> =>
  call('POST', `/api/v1/projects/${project}/files`, { name, audience }, crypto.randomUUID());

/** Says that this is the file that an item is about, or one that belongs to a request. */
export const attachFile = (to: string, file: string): Promise<unknown> =>
  call('POST', `/api/v1/${to}`, { file_id: file }, crypto.randomUUID());

export const startUpload = (file: string, content: File, sha256: string, note: string): Promise<Upload> =>
  call('POST', `/api/v1/files/${file}/uploads`, { size: content.size, sha256, media_type: content.type || 'application/octet-stream', note }, crypto.randomUUID());

export const readUpload = (upload: string): Promise<Upload> => call('GET', `/api/v1/uploads/${upload}`);

export const completeUpload = (upload: string, parts: { number: number; etag: string }[]): Promise<unknown> =>
  call('POST', `/api/v1/uploads/${upload}/completion`, { parts }, crypto.randomUUID());

const nameOf = (target: string, content: File): string => `upload:${target}:${content.name}:${content.size}:${content.lastModified}`;

/** The upload that this content was being sent with. One that can no longer be completed is forgotten. */
export async function resumed(target: string, content: File): Promise<Upload | undefined> {
  const known = localStorage.getItem(nameOf(target, content));
  if (!known) return undefined;
  const found = await readUpload(known).catch((problem: unknown) => {
    if (problem instanceof Unreachable) throw problem;
  });
  if (found && found.status !== 'rejected') return found;
  forget(target, content);
  return undefined;
}

export const remember = (target: string, content: File, upload: Upload): void => localStorage.setItem(nameOf(target, content), upload.upload);
export const forget = (target: string, content: File): void => localStorage.removeItem(nameOf(target, content));
