import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asSent, openNoMenu } from '../islands/row-drag.ts';

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

const press = (): Event => new Event('click', { cancelable: true });
const opens = (grip: EventTarget): boolean => grip.dispatchEvent(press());
const soon = (): Promise<void> => new Promise((done) => setTimeout(done));

test('the press that ends a drawing opens no menu, the next one does', async () => {
  const [grip, page] = [new EventTarget(), new EventTarget()];
  openNoMenu(grip, page);
  page.dispatchEvent(new Event('pointerup'));
  assert.equal(opens(grip), false);
  await soon();
  assert.equal(opens(grip), true);
});

test('a drawing let go elsewhere, or taken away, leaves the next press alone', async () => {
  for (const kind of ['pointerup', 'pointercancel']) {
    const [grip, page] = [new EventTarget(), new EventTarget()];
    openNoMenu(grip, page);
    page.dispatchEvent(new Event(kind));
    await soon();
    assert.equal(opens(grip), true, kind);
  }
  const [grip, page] = [new EventTarget(), new EventTarget()];
  openNoMenu(grip, page);
  page.dispatchEvent(new Event('pointerdown'));
  assert.equal(opens(grip), true);
});
