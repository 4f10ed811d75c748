import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { hashOf, rangeOf, sendParts, Unreachable, type Upload, type Wire } from '../islands/upload.ts';

const content = new Blob([new Uint8Array(25).map((_, index) => index)]);

function upload(...etags: (string | null)[]): Upload {
  return { upload: 'u', number: 1, status: 'uploading', part_size: 10, parts: etags.map((etag, index) => ({ number: index + 1, size: index === 2 ? 5 : 10, etag, url: `https://store.example/${index + 1}` })) };
}

/** A store that keeps what it is sent and fails as it is told. */
function store(fail: (url: string, attempt: number) => number = () => 200): Wire & { sent: Map<string, number>; tries: Map<string, number> } {
  const sent = new Map<string, number>();
  const tries = new Map<string, number>();
  const send: typeof fetch = async (input, init) => {
    const url = String(input);
    const attempt = tries.get(url) ?? 0;
    tries.set(url, attempt + 1);
    const status = fail(url, attempt);
    if (status === 0) throw new TypeError('network');
    sent.set(url, (init?.body as Blob).size);
    return new Response(null, { status, headers: status === 200 ? { ETag: `"e${url.at(-1)}"` } : {} });
  };
  return { fetch: send, wait: async () => {}, sent, tries };
}

test('the hash is that of the whole content', async () => {
  const expected = createHash('sha256').update(new Uint8Array(await content.arrayBuffer())).digest('hex');
  assert.equal(await hashOf(content, () => {}), expected);
});

test('parts cover the content without gap or overlap', () => {
  const whole = upload(null, null, null);
  assert.deepEqual(whole.parts.map((part) => rangeOf(part, whole)), [{ start: 0, end: 10 }, { start: 10, end: 20 }, { start: 20, end: 25 }]);
});

test('all parts are sent with their own size, and named in order', async () => {
  const there = store();
  const parts = await sendParts(content, upload(null, null, null), async () => upload(null, null, null), () => {}, there);
  assert.deepEqual(parts, [{ number: 1, etag: 'e1' }, { number: 2, etag: 'e2' }, { number: 3, etag: 'e3' }]);
  assert.deepEqual([...there.sent.values()].sort((one, other) => one - other), [5, 10, 10]);
});

test('after a break only what is missing is sent, and progress begins where it was', async () => {
  const there = store();
  const said: number[] = [];
  const parts = await sendParts(content, upload('e1', null, 'e3'), async () => upload(null, null, null), (_phase, done) => said.push(done), there);
  assert.equal(there.sent.size, 1);
  assert.equal(parts.length, 3);
  assert.deepEqual([said[0], said.at(-1)], [15, 25]);
});

test('a part that fails is tried again with fresh addresses', async () => {
  const there = store((url, attempt) => (url.endsWith('2') && attempt < 2 ? [0, 403][attempt] ?? 200 : 200));
  let renewed = 0;
  const said: string[] = [];
  await sendParts(content, upload(null, null, null), async () => ((renewed += 1), upload(null, null, null)), (phase) => said.push(phase), there);
  assert.equal(there.tries.get('https://store.example/2'), 3);
  assert.equal(renewed, 2);
  assert.equal(said.filter((phase) => phase === 'lost').length, 1, 'an address that is out of date is no lost connection');
  assert.equal(said.at(-1), 'sending');
});

test('a store that never answers ends in words, not in a hang', async () => {
  const there = store(() => 0);
  await assert.rejects(sendParts(content, upload(null), async () => upload(null), () => {}, there), Unreachable);
});
