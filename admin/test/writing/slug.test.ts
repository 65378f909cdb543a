import { expect, test } from 'vitest';
import { isOfTitle } from '../../src/writing/panel/slug.ts';

test.each([
  ['the-tide', 'The tide', true],
  ['the-tide-2', 'The tide', true],
  ['the-tide', 'The tides', false],
  ['the-tide-low', 'The tide', false],
  ['route-66', 'Route 66', true],
  ['route', 'Route 66', false],
])('%s is made of “%s”: %s', (slug, title, expected) => {
  expect(isOfTitle(slug, title)).toBe(expected);
});
