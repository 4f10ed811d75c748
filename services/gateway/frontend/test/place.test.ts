import assert from 'node:assert/strict';
import { test } from 'node:test';
import { covered } from '../islands/place.ts';

test('what a keyboard covers is left free, whether or not the page was scrolled up for it', () => {
  assert.equal(covered(844, { height: 844, offsetTop: 0 }), 0);
  assert.equal(covered(844, { height: 508.4, offsetTop: 0 }), 336);
  assert.equal(covered(844, { height: 508, offsetTop: 100 }), 236);
  assert.equal(covered(508, { height: 508, offsetTop: 336 }), 0);
});
