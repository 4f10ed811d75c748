import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partOf, spotOf, titleOf, withValue } from '../islands/places.ts';

const page = { left: 100, top: 50, width: 400, height: 800 };

test('a spot is a fraction of the page, however large it is shown', () => {
  assert.equal(spotOf(page, 300, 250), '0.500,0.250');
  assert.equal(spotOf({ ...page, width: 200, height: 400 }, 200, 150), '0.500,0.250');
});

test('a spot never lies beside the page', () => {
  assert.equal(spotOf(page, 90, 900), '0.000,1.000');
});

test('an address takes a value and keeps the others', () => {
  assert.equal(withValue('/files/1?page=7&at=0.5%2C0.5#points', 'at', '0.310,0.620'), '/files/1?page=7&at=0.310%2C0.620');
  assert.equal(partOf('/files/1', 'viewer'), '/files/1?part=viewer');
  assert.equal(partOf('/files/1?version=2&page=3', 'points'), '/files/1?version=2&page=3&part=points');
});

test('a point is called by the beginning of its first message', () => {
  assert.equal(titleOf(' Is this\nfor all? '), 'Is this for all?');
  assert.equal(titleOf(`${'word '.repeat(30)}`), `${'word '.repeat(15)}word…`);
});
