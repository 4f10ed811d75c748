import assert from 'node:assert/strict';
import { test } from 'node:test';
import { concerns, pause } from '../islands/hints.ts';

test('a part hears of its subject and of everything below it', () => {
  assert.ok(concerns('projects/4f', 'projects/4f'));
  assert.ok(concerns('threads projects/4f', 'projects/4f/items/9a'));
  assert.ok(concerns('projects', 'projects/4f/items/9a'));
});

test('a part does not hear of a neighbour whose name begins alike', () => {
  assert.ok(!concerns('projects/4f', 'projects/4f2'));
  assert.ok(!concerns('projects/4f', 'projects/7c/items/1'));
  assert.ok(!concerns('', 'projects/4f'));
});

test('pauses grow, stay under half a minute and are spread', () => {
  assert.equal(pause(0, () => 1), 1000);
  assert.equal(pause(3, () => 0), 4000);
  assert.equal(pause(20, () => 1), 30_000);
});
