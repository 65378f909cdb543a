import { expect, test } from 'vitest';
import { redactPath } from '../../src/audit/redacted-path.ts';

test.each([
  ['/articles/:idOrSlug', { idOrSlug: 'good-bread' }, '/articles/good-bread'],
  ['/articles/:id/categories/:categoryId', { id: '1', categoryId: '2' }, '/articles/1/categories/2'],
  ['/articles/:id', { id: 'abc' }, '/articles/:id'],
  ['/links/:secret', { secret: 'abc' }, '/links/:secret'],
  ['/articles/:idOrSlug', { idOrSlug: 'rubric_0123_x' }, '/articles/:idOrSlug'],
  [undefined, {}, '*'],
])('The audit log stores the route %s with the parameters %o as %s', (route, parameters, path) => {
  expect(redactPath(route, parameters)).toBe(path);
});
