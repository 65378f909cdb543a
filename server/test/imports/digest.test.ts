import { expect, test } from 'vitest';
import {
  appendVersion,
  changedParts,
  digestParts,
  splitVersion,
  withPreviousPart,
} from '../../src/imports/wordpress/plan/digest.ts';

test('digests show which parts differ, and with different lengths all parts do', () => {
  const names = ['a', 'b', 'c'] as const;
  const before = digestParts({ a: 1, b: 'x', c: null });
  expect(changedParts(names, before, digestParts({ a: 1, b: 'y', c: [] }))).toEqual(['b', 'c']);
  expect(changedParts(names, before, digestParts({ a: 1, b: 'x', c: null }))).toEqual([]);
  expect(changedParts(names, Buffer.alloc(32), before)).toEqual(['a', 'b', 'c']);
  const after = withPreviousPart(before, digestParts({ a: 2, b: undefined, c: null }), 1);
  expect(changedParts(names, before, after)).toEqual(['a']);
  expect(splitVersion(appendVersion(before, 70_000))).toEqual({ digest: before, version: 70_000 });
});
