import assert from 'node:assert/strict';
import { test } from 'node:test';
import { next } from '../islands/row-keys.ts';

test('keys move from row to row and stay at the ends', () => {
  assert.equal(next(3, -1, true), 0);
  assert.equal(next(3, -1, false), 2);
  assert.equal(next(3, 0, true), 1);
  assert.equal(next(3, 2, true), 2);
  assert.equal(next(3, 0, false), 0);
});
