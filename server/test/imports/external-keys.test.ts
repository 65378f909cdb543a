import { expect, test } from 'vitest';
import { authorKey, sourceOf, termKey } from '../../src/imports/wordpress/plan/external-keys.ts';

test('a site is identified by its URL without the protocol and www., or by its title', () => {
  const source = (url: string, title = '') => sourceOf({ url, title });
  expect(source('HTTP://Example.org/Blog/')).toBe('wordpress:example.org/Blog');
  expect(source('https://example.org/Blog')).toBe('wordpress:example.org/Blog');
  expect(source('https://www.example.org/Blog')).toBe('wordpress:example.org/Blog');
  expect(source('https://www.example.org')).toBe(source('http://example.org/'));
  expect(source('', 'Notes')).toBe('wordpress:title:Notes');
  expect(source('not an address')).toBe('wordpress:not an address');
});

test('keys are short enough for an index, and slugs and names do not collide', () => {
  expect(termKey('tags', 'x'.repeat(5000), '')).toMatch(/^tag:sha256:[0-9a-f]{64}$/);
  expect(termKey('categories', null, 'slug')).not.toBe(termKey('categories', 'slug', 'slug'));
});

test('slugs of terms and logins are compared without case, as in WordPress; names are not', () => {
  expect(termKey('categories', 'APPLE', '')).toBe(termKey('categories', 'apple', ''));
  expect(termKey('categories', null, 'APPLE')).not.toBe(termKey('categories', null, 'apple'));
  expect(authorKey('Ida', '')).toBe(authorKey('ida', ''));
});
