import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digits } from '../islands/code.ts';

test('a pasted code may bring spaces, a dash and words', () => {
  assert.equal(digits('407 153'), '407153');
  assert.equal(digits('Ihr Code: 407-153.'), '407153');
  assert.equal(digits('1234567'), '123456');
});
