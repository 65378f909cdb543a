import { expect, test } from 'vitest';
import { Deduplicator } from '../../src/audit/deduplicator.ts';
import { redactPath } from '../../src/audit/redacted-path.ts';

test('Something is new once in a while', () => {
  const recently = new Deduplicator(100, 10);
  expect([0, 50, 99, 100, 150, 200].map((now) => recently.isNew('x', now))).toEqual([
    true,
    false,
    false,
    true,
    false,
    true,
  ]);
});

test('So many things and no more are kept in mind; while it is full, nothing is new', () => {
  const recently = new Deduplicator(100, 2);
  expect(['a', 'b', 'c'].map((what) => recently.isNew(what, 0))).toEqual([true, true, false]);
  expect(recently.isNew('c', 100)).toBe(true);
  expect(recently.isNew('a', 100)).toBe(true);
  expect(recently.isNew('b', 100)).toBe(false);
});

test.each([
  ['/articles/:idOrSlug', { idOrSlug: 'good-bread' }, '/articles/good-bread'],
  ['/articles/:id/categories/:categoryId', { id: '1', categoryId: '2' }, '/articles/1/categories/2'],
  ['/articles/:id', { id: 'abc' }, '/articles/:id'],
  ['/links/:secret', { secret: 'abc' }, '/links/:secret'],
  ['/articles/:idOrSlug', { idOrSlug: 'rubric_0123_x' }, '/articles/:idOrSlug'],
  [undefined, {}, '*'],
])('The log keeps of %s with %o the path %s', (route, parameters, path) => {
  expect(redactPath(route, parameters)).toBe(path);
});
