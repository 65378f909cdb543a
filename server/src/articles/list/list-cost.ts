import { type FilterShape, isPublishedWithOnly } from './filters.ts';
import type { ListShape } from './list-shape.ts';

/**
 * Bounds for the work of the statements of a list, from the sizes of the categories that it names. The unit is a row: one
 * entry of an index or a table that is read, tested or grouped. Matches are assumed where they are found last; most lists
 * find a page long before.
 */

/** The time of PostgreSQL for a row, in microseconds of one core: 0.55 to 0.65 in lists of 200,000 articles of 2 kB. */
export const MICROSECONDS_PER_ROW = 0.6;

/** Numbers of rows; estimates will do. */
export interface ListSizes {
  articles: number;
  links: number;
  categories: number;
  /** The articles in each category of `all`, `any` and `none`, with its subtree if the filter includes descendants. */
  all: readonly number[];
  any: readonly number[];
  none: readonly number[];
  /** Whether the search has a phrase: then a document that contains its words is read to find out whether it matches. */
  hasPhrase: boolean;
}

/** What takes longer than a row, as a number of rows. */
const PROBE = 3; // another index, for one article: 1.5 to 2 µs
const DOCUMENT = 6; // a word in a document that is stored out of line: 3 to 4 µs
const PHRASE = 25; // the positions of its words in the document: 11 to 17 µs
const SORTED = 3; // the title of an article, and its place in the order

/** See `list-scan.queries.ts` and `text-search.queries.ts`. */
const SCANNED = 500 + 4_000;
const RARE = 10_001;
const RANKED = 20_000;
const PROBED_LINKS = 5_000;
/** The last row of numbered pages. */
const MAX_OFFSET = 10_000;

const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);
const document = ({ hasPhrase }: ListSizes) => (hasPhrase ? PHRASE : DOCUMENT);

/** The links that a list starts from: of the smallest category of `all`, else of each of `any`, else one of each article. */
function sourceRows({ allCount, hasAny }: FilterShape, { articles, links, all, any }: ListSizes): number {
  if (allCount > 0) return Math.min(articles, ...all);
  return hasAny ? Math.min(links, sum(any)) : articles;
}

/** How many conditions are probed for each row of the source. */
function probes({ allCount, hasAny, hasNone, relationFilters, statuses }: FilterShape): number {
  const conditions = allCount + Number(hasAny) + Number(hasNone) + relationFilters.length;
  const satisfiedBySource = allCount > 0 || hasAny || relationFilters.length > 0 ? 1 : 0;
  return conditions - satisfiedBySource + Number(statuses.length > 1);
}

/** Rows that are tested one by one. */
const tested = (shape: FilterShape, sizes: ListSizes, rows: number) =>
  rows * (1 + PROBE * probes(shape) + (shape.hasSearch ? document(sizes) : 0));

/** The categories of the subtrees, each found by its parent. */
const expanded = ({ hasDescendants }: FilterShape, { categories }: ListSizes) => (hasDescendants ? 2 * categories : 0);

/**
 * All matches: the source, each row tested. Without a search, several subtrees are at most one pass over the links of all,
 * grouped twice, and where all articles are the source the links to exclude are read once, and joined.
 */
function matchRows(shape: FilterShape, sizes: ListSizes): number {
  const { allCount, hasAny, hasDescendants, hasSearch, relationFilters } = shape;
  const bounds = [tested({ ...shape, hasSearch: false }, sizes, sourceRows(shape, sizes))];
  if (!hasSearch && hasDescendants && allCount > 1) bounds.push(3 * Math.min(sizes.links, sum(sizes.all)));
  if (!hasSearch && allCount === 0 && !hasAny && relationFilters.length === 0) {
    bounds.push(sizes.articles + 2 * Math.min(sizes.links, sum(sizes.none)));
  }
  return expanded(shape, sizes) + Math.min(...bounds);
}

/** One query of the GIN index, for enough articles to tell whether a term is rare. Of a phrase all documents can be read. */
const termRows = (sizes: ListSizes) => (sizes.hasPhrase ? sizes.articles * PHRASE : RARE);

/**
 * - One range of an index: the page, and the rows that its offset skips.
 * - By publication: the source, each row tested; of many categories at least the first rows of each.
 * - In other orders: 4,500 rows tested, then all matches collected, sorted, and of a search tested in that order.
 * - A search: also 4,500 rows tested, and the GIN index for 10,001 articles (twice by relevance, which ranks 20,000).
 *
 * @returns the rows that the statement of a page visits at most
 */
export function estimatePageRows(shape: ListShape, sizes: ListSizes): number {
  const page = shape.maxRows + (shape.hasOffset ? MAX_OFFSET : 0);
  if (shape.sort === 'publishedAt' && isOneRange(shape)) return page;
  const source = sourceRows(shape, sizes);
  const search = shape.hasSearch ? tested(shape, sizes, SCANNED) + termRows(sizes) : 0;
  if (shape.sort === 'relevance') {
    return expanded(shape, sizes) + 2 * search + tested(shape, sizes, RANKED) + RANKED * document(sizes);
  }
  if (shape.sort === 'publishedAt') {
    return expanded(shape, sizes) + search + page + tested(shape, sizes, source);
  }
  const inOrder = source * (SORTED + (shape.hasSearch ? document(sizes) : 0));
  return tested(shape, sizes, SCANNED) + search + matchRows({ ...shape, hasSearch: false }, sizes) + inOrder;
}

const isOneRange = (shape: FilterShape) =>
  isPublishedWithOnly(shape, 'allCount', 'hasSince', 'hasUntil') &&
  (shape.allCount === 0 || (shape.allCount === 1 && !shape.hasDescendants));

/**
 * - The stored count of a category or a subtree: one row.
 * - Else every match. A search also reads the GIN index to its end, of a phrase every document; of fewer than 5,000 links it
 *   reads the documents instead.
 *
 * @returns the rows that the statement of a total visits at most
 */
export function estimateTotalRows(shape: FilterShape, sizes: ListSizes): number {
  if (shape.allCount === 1 && !shape.hasSlugs && isPublishedWithOnly(shape, 'allCount')) return 1;
  return matchRows(shape, sizes) + (shape.hasSearch ? countedSearchRows(shape, sizes) : 0);
}

function countedSearchRows(shape: FilterShape, sizes: ListSizes): number {
  const source = sourceRows(shape, sizes);
  if (source < PROBED_LINKS) return PROBED_LINKS + source * document(sizes);
  return sizes.articles * (sizes.hasPhrase ? PHRASE : 1) + source;
}

/**
 * - Of all published articles: the stored count of each category.
 * - Else as a total, and the links of all matches, grouped by category. An article is assumed to have as many as the average.
 *
 * @returns the rows that the statement of the facets visits at most
 */
export function estimateFacetRows(shape: FilterShape, sizes: ListSizes): number {
  if (isPublishedWithOnly(shape)) return 2 * sizes.categories;
  const linksPerArticle = sizes.links / Math.max(1, sizes.articles);
  const matches = Math.min(sizes.articles, sourceRows(shape, sizes));
  const found = matchRows(shape, sizes) + (shape.hasSearch ? countedSearchRows(shape, sizes) : 0);
  return found + 2 * matches * (1 + linksPerArticle);
}
