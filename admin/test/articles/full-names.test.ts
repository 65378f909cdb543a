import { expect, test } from 'vitest';
import { sameNamed } from '../../src/articles/full-names.ts';
import { fullName } from '../../src/pickers/categories.queries.ts';

const articleIn = (...categories: [id: number, name: string][]) => ({
  categories: categories.map(([id, name]) => ({ id, name, slug: `${name}-${id}` })),
});

test('Categories that share a name are found, one that is in several articles is not one of them', () => {
  const articles = [articleIn([1, 'News'], [2, 'Sea']), articleIn([3, 'News'], [2, 'Sea']), articleIn([1, 'News'])];
  expect(sameNamed(articles)).toEqual([1, 3]);
  expect(sameNamed([articleIn([2, 'Sea']), articleIn([2, 'Sea'])])).toEqual([]);
});

test('A full name begins at the top of the tree', () => {
  expect(fullName({ name: 'News', path: [{ name: 'City' }, { name: 'Trams' }] })).toBe('City › Trams › News');
  expect(fullName({ name: 'News', path: [] })).toBe('News');
});
