import { expect, test } from 'vitest';
import { ANONYMOUS, COMMAND } from '../../../src/access/principal.ts';
import { ArticleListQuery } from '../../../src/articles/list/article-list.schema.ts';
import { isSingleIndexRange } from '../../../src/articles/list/keyset.queries.ts';
import {
  estimateFacetRows,
  estimatePageRows,
  estimateTotalRows,
  type ListSizes,
  MICROSECONDS_PER_ROW,
} from '../../../src/articles/list/list-cost.ts';
import { planList } from '../../../src/articles/list/list-plan.reader.ts';

const MILLION: ListSizes = {
  articles: 1_000_000,
  drafts: 0,
  links: 3_000_000,
  categories: 1_000,
  targets: 1,
  all: [],
  any: [],
  none: [],
  related: 10_000,
  hasPhrase: false,
};
/** The sizes of two subtrees that hold most articles, and of one that holds few. */
const [LARGE, LARGER, SMALL] = [300_000, 600_000, 50];

function rowsOf(query: Record<string, string>, sizes: Partial<ListSizes> = {}) {
  const { shape, filter } = planList(ArticleListQuery.parse(query), COMMAND, null);
  const all = { ...MILLION, ...sizes };
  return {
    page: estimatePageRows(shape, all).most,
    expected: estimatePageRows(shape, all).expected,
    total: estimateTotalRows(filter.shape, all),
    facets: estimateFacetRows(filter.shape, all),
  };
}

test('the page of one category costs as many rows as it has, whatever the size, and its total one', () => {
  expect(rowsOf({ 'categories[all]': '1' }, { all: [LARGE] })).toMatchObject({ page: 21, total: 1 });
  expect(rowsOf({ 'categories[all]': '1', limit: '100' }, { all: [LARGE] }).page).toBe(101);
  expect(rowsOf({}).page).toBe(21);
});

test('a page by rank is a cheap read, but for one after all ranks, and one of ranks between dates', () => {
  const shapeOf = (query: Record<string, string>) =>
    planList(ArticleListQuery.parse({ 'categories[all]': '1', ...query }), ANONYMOUS, null).shape;
  const byRank = shapeOf({ sort: 'rank' });
  expect(isSingleIndexRange(byRank)).toBe(true);
  expect(isSingleIndexRange({ ...byRank, hasCursor: true, cursorPart: 'ranked' })).toBe(true);
  expect(isSingleIndexRange({ ...byRank, hasCursor: true, cursorPart: 'unranked' })).toBe(false);
  expect(isSingleIndexRange(shapeOf({ sort: 'rank', 'published[gte]': '2026-01-01T00:00:00Z' }))).toBe(false);
  expect(isSingleIndexRange(shapeOf({ 'published[gte]': '2026-01-01T00:00:00Z' }))).toBe(true);
});

test('a numbered page costs its offset', () => {
  expect(rowsOf({ page: '3' }).page).toBeGreaterThanOrEqual(10_000);
});

test('the facets of everything cost a few rows for each category, those of a filter the links of its matches', () => {
  expect(rowsOf({}).facets).toBeLessThan(5 * MILLION.categories);
  expect(rowsOf({ 'categories[all]': '1' }, { all: [LARGE] }).facets).toBeGreaterThan(3 * LARGE);
});

test('a list costs as much as its smallest required category, and a multiple of all rows of its largest alternatives', () => {
  const required = { 'categories[all]': '1,2', total: 'true' };
  expect(rowsOf({ ...required, q: 'bread' }, { all: [LARGER, SMALL] }).total).toBeLessThan(20_000);
  const either = { 'categories[any]': '1,2' };
  expect(rowsOf(either, { any: [LARGER, LARGE] }).total).toBeGreaterThanOrEqual(LARGER + LARGE);
});

test('the total of several subtrees is bounded by their links, not by matches times categories', () => {
  const subtrees = { 'categories[all]': '1,2', descendants: 'true' };
  const { total } = rowsOf(subtrees, { all: [LARGER, LARGE] });
  expect(total).toBeGreaterThan(LARGE);
  expect(total).toBeLessThan(4 * (LARGER + LARGE));
});

test.each([
  ['a search costs more than none', { 'categories[all]': '1' }, { 'categories[all]': '1', q: 'bread' }],
  ['a search by title costs more than by publication', { q: 'bread' }, { q: 'bread', sort: 'title' }],
  ['excluding costs more', { sort: 'title' }, { sort: 'title', 'categories[none]': '2' }],
  ['a page in another order costs more', { 'categories[any]': '1,2' }, { 'categories[any]': '1,2', sort: 'title' }],
])('%s', (_, cheap, expensive) => {
  const sizes = { all: [LARGE], any: [LARGE, LARGER], none: [LARGE] };
  expect(rowsOf(expensive, sizes).page).toBeGreaterThan(rowsOf(cheap, sizes).page);
});

test('a phrase costs every document, for the page and for the total', () => {
  const words = rowsOf({ q: 'the and the' });
  const phrase = rowsOf({ q: '"the and the"' }, { hasPhrase: true });
  expect(phrase.total).toBeGreaterThan(5 * words.total);
  expect(phrase.page).toBeGreaterThan(10 * MILLION.articles);
});

test('a page is expected where its conditions are spread evenly, and found at most where they are not', () => {
  const pair = rowsOf({ 'categories[all]': '1,2' }, { all: [LARGER, LARGE] });
  expect(pair.expected).toBeLessThan(1_000);
  expect(pair.page).toBeGreaterThan(LARGE);
  const rare = rowsOf({ 'categories[all]': '1,2' }, { all: [LARGE, SMALL] });
  expect(rare.expected).toBeLessThan(10 * SMALL);
});

test('what excludes a few articles walks past these only', () => {
  expect(rowsOf({ 'categories[none]': '1' }, { none: [SMALL], targets: 0 }).page).toBeLessThan(1_000);
  expect(
    rowsOf({ 'categories[all]': '1', 'categories[none]': '2' }, { all: [LARGE], none: [SMALL] }).page,
  ).toBeLessThan(1_000);
});

test.each([
  ['of an author', { author: '1' }],
  ['of everything by title', { sort: 'title' }],
  ['of ten categories', { 'categories[any]': '1,2,3,4,5,6,7,8,9,10' }],
  ['of given articles', { ids: '1,2', q: 'bread', sort: 'title' }],
])('the first page %s costs some hundred rows', (_, query) => {
  expect(rowsOf(query, { any: Array(10).fill(LARGE), targets: 10 }).page).toBeLessThan(30_000);
});

test('no bound is less than zero or not a number, in an empty database too', () => {
  const empty = { articles: 0, links: 0, categories: 0, all: [0], any: [0, 0], none: [0] };
  const queries: Record<string, string>[] = [
    {},
    { 'categories[all]': '1', descendants: 'true', q: 'a', sort: 'title' },
    { 'categories[none]': '1' },
  ];
  for (const query of queries) {
    for (const rows of Object.values(rowsOf(query, empty))) expect(rows).toBeGreaterThanOrEqual(0);
  }
});

/** The load `200k` of the benchmark; its author with the most articles has 26,000. */
const LOAD: ListSizes = {
  ...MILLION,
  articles: 200_000,
  links: 600_000,
  related: 26_000,
};
/** The largest categories of the load, and two smaller ones. */
const [FIRST, SECOND, MIDDLE, FEW] = [55_000, 33_000, 400, 150];
const TEN = [FIRST, SECOND, 24_000, 16_000, 4_000, 1_500, 750, 400, 150, 80];

/** Each takes PostgreSQL less than 20 ms on that load. */
test.each<[what: string, query: Record<string, string>, sizes: Partial<ListSizes>]>([
  ['one category', { 'categories[all]': '1', total: 'true' }, { all: [FIRST] }],
  ['a subtree', { 'categories[all]': '1', descendants: 'true', total: 'true' }, { all: [120_000], targets: 100 }],
  ['any of ten', { 'categories[any]': '1,2,3,4,5,6,7,8,9,10' }, { any: TEN, targets: 10 }],
  ['any of two small ones', { 'categories[any]': '1,2', total: 'true' }, { any: [MIDDLE, FEW], targets: 2 }],
  ['all of two small ones', { 'categories[all]': '1,2', total: 'true' }, { all: [FEW, MIDDLE] }],
  ['all of a large and a small one', { 'categories[all]': '1,2', total: 'true' }, { all: [FEW, FIRST] }],
  ['all of the two largest', { 'categories[all]': '1,2' }, { all: [SECOND, FIRST] }],
  ['an author', { author: '1', total: 'true' }, {}],
  ['an author by title', { author: '1', sort: 'title', total: 'true' }, {}],
  ['an author in a category', { author: '1', 'categories[all]': '1', total: 'true' }, { all: [MIDDLE] }],
  ['a search', { q: 'bread' }, {}],
  ['a search in a category', { q: 'bread', 'categories[all]': '1', total: 'true' }, { all: [MIDDLE] }],
  ['a search in the largest category', { q: 'bread', 'categories[all]': '1' }, { all: [FIRST] }],
  ['a phrase in a category', { q: '"bread and"', 'categories[all]': '1' }, { all: [FEW], hasPhrase: true }],
  ['everything by title', { sort: 'title', total: 'true' }, {}],
  ['a category by title', { sort: 'title', 'categories[all]': '1', total: 'true' }, { all: [FIRST] }],
  ['without a category', { 'categories[none]': '1', total: 'true' }, { none: [FEW] }],
  ['a month', { 'published[gte]': '2007-01-01T00:00:00Z', total: 'true' }, {}],
  ['the facets of a category', { 'categories[all]': '1', facets: 'categories' }, { all: [MIDDLE] }],
  ['the facets of everything', { facets: 'categories' }, {}],
])('%s is not expensive among 200,000 articles', (_, query, sizes) => {
  const { page, expected, total, facets } = rowsOf(query, { ...LOAD, ...sizes });
  const counted = (query['total'] ? total : 0) + (query['facets'] ? facets : 0);
  expect(((expected + counted) * MICROSECONDS_PER_ROW) / 1_000).toBeLessThan(50);
  expect((page * MICROSECONDS_PER_ROW) / 1_000).toBeLessThan(500);
});

test('the lists of an author cost as much as that author can have', () => {
  const facets = (related: number) => rowsOf({ author: '1' }, { related }).facets;
  expect(facets(1_000)).toBeLessThan(10_000);
  expect(facets(MILLION.articles)).toBeGreaterThan(MILLION.articles);
});
