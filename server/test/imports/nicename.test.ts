import { expect, test } from 'vitest';
import { decodeNicename, removeTrashedSuffix } from '../../src/imports/wordpress/wxr/nicename.ts';

test.each([
  ['plain-slug', 'plain-slug'],
  ['%e3%83%86%e3%82%b9%e3%83%88', 'テスト'],
  ['%E3%83%86-a', 'テ-a'],
  ['caf%c3%a9', 'café'],
  ['%f0%9f%92%80', '💀'],
  ['cut-%e3%83%86%e3%83', 'cut-テ%e3%83'],
  ['%zz-%-%4', '%zz-%-%4'],
  ['%c0%af-overlong', '%c0%af-overlong'],
  ['%ed%a0%80-surrogate', '%ed%a0%80-surrogate'],
  ['nul-%00-tab-%09-del-%7f', 'nul-%00-tab-%09-del-%7f'],
  ['100%25', '100%'],
])('decodes %s', (nicename, text) => {
  expect(decodeNicename(nicename)).toBe(text);
});

test.each([
  ['summer__trashed', 'summer'],
  ['summer__trashed-2', 'summer'],
  ['summer__trashed-tale', 'summer__trashed-tale'],
])('removes the trash suffix of %s', (nicename, slug) => {
  expect(removeTrashedSuffix(nicename)).toBe(slug);
});
