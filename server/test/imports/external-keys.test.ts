import { expect, test } from 'vitest';
import { sourceOf, termKey } from '../../src/imports/wordpress/plan/external-keys.ts';

test('a site is identified by its URL without the protocol, or by its title', () => {
  const source = (url: string, title = '') => sourceOf({ url, title });
  expect(source('HTTP://Example.org/Blog/')).toBe('wordpress:example.org/Blog');
  expect(source('https://example.org/Blog')).toBe('wordpress:example.org/Blog');
  expect(source('', 'Notes')).toBe('wordpress:title:Notes');
  expect(source('not an address')).toBe('wordpress:not an address');
});

test('keys are short enough for an index, and slugs and names do not collide', () => {
  expect(termKey('tags', 'x'.repeat(5000), '')).toMatch(/^tag:sha256:[0-9a-f]{64}$/);
  expect(termKey('categories', null, 'slug')).not.toBe(termKey('categories', 'slug', 'slug'));
});
