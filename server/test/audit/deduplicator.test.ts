import { expect, test } from 'vitest';
import { Deduplicator } from '../../src/audit/deduplicator.ts';

test('A key is new once per window', () => {
  const deduplicator = new Deduplicator(100, 10);
  expect([0, 50, 99, 100, 150, 200].map((now) => deduplicator.add('x', now))).toEqual([
    true,
    false,
    false,
    true,
    false,
    true,
  ]);
});

test('Only maxKeys keys are remembered; while the memory is full, no further key is new', () => {
  const deduplicator = new Deduplicator(100, 2);
  expect(['a', 'b', 'c'].map((key) => deduplicator.add(key, 0))).toEqual([true, true, false]);
  expect(deduplicator.add('c', 100)).toBe(true);
  expect(deduplicator.add('a', 100)).toBe(true);
  expect(deduplicator.add('b', 100)).toBe(false);
});
