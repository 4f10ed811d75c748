import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Outbox } from '../islands/letters.ts';
import { memory } from './memory.ts';

test('what waits is there again in its order, per composer', () => {
  const store = memory();
  new Outbox(store, 'thread-1').add({ key: 'a', text: 'First' });
  new Outbox(store, 'thread-1').add({ key: 'b', text: 'Second' });
  assert.deepEqual(new Outbox(store, 'thread-1').all().map(({ text }) => text), ['First', 'Second']);
  assert.equal(new Outbox(store, 'thread-2').first(), undefined);
});

test('what was answered for leaves nothing behind', () => {
  const store = memory();
  const outbox = new Outbox(store, 'thread-1');
  outbox.add({ key: 'a', text: 'First' });
  outbox.remove('a');
  assert.equal(store.held.size, 0);
});

test('a spoilt store holds no message', () => {
  const store = memory();
  store.setItem('outbox:thread-1', '[');
  assert.deepEqual(new Outbox(store, 'thread-1').all(), []);
});
