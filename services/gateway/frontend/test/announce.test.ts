import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sentence, silence } from '../islands/announce.ts';

const words = { one: '1 neue Nachricht', many: '{n} neue Nachrichten', changed: 'Geändert: {parts}' };

test('messages are counted, and one is one', () => {
  assert.equal(sentence({ ...silence(), messages: 1 }, words), '1 neue Nachricht');
  assert.equal(sentence({ ...silence(), messages: 12 }, words), '12 neue Nachrichten');
});

test('parts are named once, in one sentence with the rest', () => {
  const heard = { messages: 2, parts: new Set(['Ihr Zug', 'Verlauf', 'Ihr Zug']), sentences: ['Gespeichert'] };
  assert.equal(sentence(heard, words), '2 neue Nachrichten. Geändert: Ihr Zug, Verlauf. Gespeichert');
});
