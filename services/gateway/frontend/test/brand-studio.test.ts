import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shown } from '../islands/brand-studio.ts';

const ADDRESS = '/customers/7/brand/preview/home?theme=light&language=de&v=a1';

test('a preview changes in one thing and keeps the others', () => {
  assert.equal(shown(ADDRESS, 'page:sign-in'), '/customers/7/brand/preview/sign-in?theme=light&language=de&v=a1');
  assert.equal(shown(ADDRESS, 'theme:dark'), '/customers/7/brand/preview/home?theme=dark&language=de&v=a1');
  assert.equal(shown(ADDRESS, 'language:en'), '/customers/7/brand/preview/home?theme=light&language=en&v=a1');
  assert.equal(shown(ADDRESS, 'v:b2'), '/customers/7/brand/preview/home?theme=light&language=de&v=b2');
});
