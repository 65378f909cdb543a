import { expect, test } from 'vitest';
import {
  changedParts,
  digestOf,
  splitVersion,
  withPartOf,
  withVersion,
} from '../../src/imports/wordpress/plan/digest.ts';
import { sourceOf, termKey } from '../../src/imports/wordpress/plan/external-keys.ts';
import type { Kind } from '../../src/imports/wordpress/report/import-report.ts';
import { KINDS, Ledger } from '../../src/imports/wordpress/report/import-report.ts';
import { ledgerText } from '../../src/imports/wordpress/report/report-text.ts';

const inFile = (counts: Partial<Record<Kind, number>>) =>
  ({ ...Object.fromEntries(KINDS.map((kind) => [kind, 0])), ...counts }) as Record<Kind, number>;

test('a ledger balances, or says what does not', () => {
  const ledger = new Ledger();
  ledger.add('posts', 'created', 2);
  ledger.update('posts', 12, ['title']);
  ledger.skip('comments', 12, 'Rubric has no comments', null, 3);
  ledger.skip('comments', 13, 'Rubric has no comments', null, 0);
  expect(ledger.balance(inFile({ posts: 3, comments: 3 })).posts).toEqual({
    inFile: 3,
    created: 2,
    updated: 1,
    unchanged: 0,
    skipped: 0,
  });
  expect(ledger.written('posts', 'comments')).toBe(3);
  expect(() => ledger.balance(inFile({ posts: 4, comments: 3 }))).toThrow(
    'The ledger does not balance: 4 posts in the file, 3 accounted for.',
  );
});

test('what happened to many for one reason is shown as one, with the first lines', () => {
  const ledger = new Ledger();
  for (let line = 10; line < 17; line += 1) ledger.skip('attachments', line, 'Rubric keeps no files');
  ledger.note('posts', 30, 'the title is missing', '“x” instead');
  ledger.skip('comments', 31, 'Rubric has no comments', null, 4);
  const text = ledgerText(ledger.balance(inFile({ attachments: 7, comments: 4 })), ledger);
  expect(text).toBe(`             in file  = created  + updated  + unchanged  + skipped
attachments        7          0          0            0          7
comments           4          0          0            0          4

Skipped
  attachments: Rubric keeps no files (7)
    line 10, 11, 12, 13, 14
    and 2 more, which --json lists
  comments: Rubric has no comments (4)
    line 31 (4)

Imported, though not quite as in the file
  posts: the title is missing
    line 30: “x” instead
`);
});

test('a digest tells which parts differ, and another age makes all differ', () => {
  const names = ['a', 'b', 'c'] as const;
  const before = digestOf({ a: 1, b: 'x', c: null });
  expect(changedParts(names, before, digestOf({ a: 1, b: 'y', c: [] }))).toEqual(['b', 'c']);
  expect(changedParts(names, before, digestOf({ a: 1, b: 'x', c: null }))).toEqual([]);
  expect(changedParts(names, Buffer.alloc(32), before)).toEqual(['a', 'b', 'c']);
  const after = withPartOf(before, digestOf({ a: 2, b: undefined, c: null }), 1);
  expect(changedParts(names, before, after)).toEqual(['a']);
  expect(splitVersion(withVersion(before, 70_000))).toEqual({ said: before, version: 70_000 });
});

test('a site is known by its address, whatever the protocol, and things by keys that an index can hold', () => {
  const source = (url: string, title = '') => sourceOf({ url, title });
  expect(source('HTTP://Example.org/Blog/')).toBe('wordpress:example.org/Blog');
  expect(source('https://example.org/Blog')).toBe('wordpress:example.org/Blog');
  expect(source('', 'Notes')).toBe('wordpress:title:Notes');
  expect(source('not an address')).toBe('wordpress:not an address');
  expect(termKey('tags', 'x'.repeat(5000), '')).toMatch(/^tag:sha256:[0-9a-f]{64}$/);
  expect(termKey('categories', null, 'slug')).not.toBe(termKey('categories', 'slug', 'slug'));
});
