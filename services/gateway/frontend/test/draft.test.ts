import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Draft } from '../islands/draft.ts';
import { memory } from './memory.ts';

test('what was typed is there again, per form and field', () => {
  const store = memory();
  new Draft(store, 'thread-1').keep('text', 'Thanks');
  assert.deepEqual(new Draft(store, 'thread-1').read(), { text: 'Thanks' });
  assert.deepEqual(new Draft(store, 'thread-2').read(), {});
});

test('an emptied field leaves nothing behind', () => {
  const store = memory();
  const draft = new Draft(store, 'thread-1');
  draft.keep('text', 'Thanks');
  draft.keep('text', '');
  assert.equal(store.held.size, 0);
});

test('a spoilt store is no draft', () => {
  const store = memory();
  store.setItem('draft:thread-1', '{');
  assert.deepEqual(new Draft(store, 'thread-1').read(), {});
});
