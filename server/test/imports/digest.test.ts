import { expect, test } from 'vitest';
import {
  appendVersion,
  changedParts,
  digestParts,
  splitVersion,
  withPreviousPart,
} from '../../src/imports/wordpress/plan/digest.ts';

test('digests show which parts differ, and those that an older one did not have', () => {
  const names = ['a', 'b', 'c'] as const;
  const before = digestParts({ a: 1, b: 'x', c: null });
  expect(changedParts(names, before, digestParts({ a: 1, b: 'y', c: [] }))).toEqual(['b', 'c']);
  expect(changedParts(names, before, digestParts({ a: 1, b: 'x', c: null }))).toEqual([]);
  expect(changedParts(names, digestParts({ a: 1, b: 'y' }), before)).toEqual(['b', 'c']);
  expect(changedParts(names, Buffer.alloc(0), before)).toEqual(['a', 'b', 'c']);
  const after = withPreviousPart(before, digestParts({ a: 2, b: undefined, c: null }), 1);
  expect(changedParts(names, before, after)).toEqual(['a']);
  expect(withPreviousPart(digestParts({ a: 1 }), before, 1)).toEqual(before);
  expect(splitVersion(appendVersion(before, 70_000))).toEqual({ digest: before, version: 70_000 });
});
