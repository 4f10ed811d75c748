import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asSent } from '../islands/row-drag.ts';

const row = (item: string, parent: string, next: string) => ({ dataset: { item, parent, next, revision: '3' } });

test('a row goes before or after another, into what that one lies in', () => {
  const drawn = row('d', 'p', 'e');
  assert.equal(asSent(drawn, row('a', '', 'b'), 'above'), '3::a');
  assert.equal(asSent(drawn, row('a', '', 'b'), 'below'), '3::b');
  assert.equal(asSent(drawn, row('z', 'q', ''), 'below'), '3:q:');
});

test('below the row of a phase is its first place, in an empty one too', () => {
  const drawn = row('d', 'p', 'e');
  assert.equal(asSent(drawn, row('q', '', ''), 'within', row('a', 'q', '')), '3:q:a');
  assert.equal(asSent(drawn, row('q', '', ''), 'within'), '3:q:');
});

test('a row never goes before itself', () => {
  const drawn = row('d', 'p', 'e');
  assert.equal(asSent(drawn, row('c', 'p', 'd'), 'below'), '3:p:e');
  assert.equal(asSent(drawn, row('p', '', ''), 'within', drawn), '3:p:e');
});
