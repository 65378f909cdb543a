import { type FilterShape, hasStoredCount, isFromGiven, isPublishedOnly, isPublishedWithOnly } from './filters.ts';
import type { ListShape } from './list-shape.ts';
import {
  LINKS_PER_PROBE,
  PROBED_LINKS_MAX,
  RANKED_ROWS_MAX,
  RARE_TERM_MAX,
  SAMPLE_ROWS,
  SCAN_ROWS,
} from './list-thresholds.ts';

/**
 * Estimates the work of the statements of a list from the sizes of its categories. The unit is a row: one entry of an index
 * or a table that is read, tested or grouped.
 */

/** The time of PostgreSQL for a row, in microseconds of one core: 0.55 to 0.65 in lists of 200,000 articles of 2 kB. */
export const MICROSECONDS_PER_ROW = 0.6;

/** Numbers of rows; estimates are sufficient. */
export interface ListSizes {
  articles: number;
  links: number;
  drafts: number;
  categories: number;
  /** How many categories the list starts from, see `sourceRows`: with descendants, those of the subtrees. */
  targets: number;
  /** The articles in each category of `all`, `any` and `none`, with its subtree if the filter includes descendants. */
  all: readonly number[];
  any: readonly number[];
  none: readonly number[];
  /**
   * An upper bound of the articles that a relation filter selects: for each author, the number of the author who has the
   * most.
   */
  related: number;
  /**
   * Whether the search has a phrase. A document that contains the words of a phrase has to be read to find out whether it
   * matches.
   */
  hasPhrase: boolean;
}

/** Operations that take less or more than a row, in rows. */
const COUNTED = 1 / 6; // an article, counted in an index: 0.1 µs
const JOINED = 1 / 4; // a link in one of two categories that are joined: 0.15 µs
const PROBE = 3; // another index, for one article: 1.5 to 2 µs
const DOCUMENT = 6; // a word in a document that is stored out of line: 3 to 4 µs
const PHRASE = 25; // the positions of its words in the document: 11 to 17 µs
const SORTED = 3; // the title of an article, and its place in the order

const SCANNED = SAMPLE_ROWS + SCAN_ROWS;
/** The number of articles that are read to find out whether a term is rare. */
const RARE = RARE_TERM_MAX + 1;
/** The last row of numbered pages. */
const MAX_OFFSET = 10_000;
/** Articles in `ids`. */
const MAX_GIVEN = 100;
/** The part of the articles that match a condition of unknown frequency, such as an author or a word. */
const UNKNOWN_PART = 0.01;
/** How many times more articles than expected are walked for a common word, which is in few of the newest ones. */
const UNEVENNESS = 10;

const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);
const document = ({ hasPhrase }: ListSizes) => (hasPhrase ? PHRASE : DOCUMENT);

/**
 * Returns the number of rows that a list starts from: the links of the smallest category of `all`, else of `any`, else of
 * the authors, else all articles.
 */
function sourceRows(shape: FilterShape, { articles, links, drafts, all, any, related }: ListSizes): number {
  if (shape.hasIds) return MAX_GIVEN;
  if (shape.hasDraft) return drafts;
  if (shape.allCount > 0) return Math.min(articles, ...all);
  if (shape.hasAny) return Math.min(links, sum(any));
  return isFromRelation(shape) ? Math.min(articles, related) : articles;
}

/** Returns how many conditions are probed for each row of the source. */
function probes(shape: FilterShape): number {
  const { allCount, hasAny, hasNone, isUncategorised, relationFilters, statuses } = shape;
  const conditions = allCount + Number(hasAny) + Number(hasNone) + Number(isUncategorised) + relationFilters.length;
  const satisfiedBySource = allCount > 0 || hasAny || relationFilters.length > 0 ? 1 : 0;
  return conditions - satisfiedBySource + Number(statuses.length > 1);
}

/** Returns the cost of testing rows one by one. */
const tested = (shape: FilterShape, sizes: ListSizes, rows: number) =>
  rows * (1 + PROBE * probes(shape) + (shape.hasSearch ? document(sizes) : 0));

/** The categories of the subtrees, each found by its parent. */
const expanded = ({ hasDescendants }: FilterShape, { categories }: ListSizes) => (hasDescendants ? 2 * categories : 0);

/**
 * Returns the cost of finding all matches: each row of the source is tested. Without a search there are cheaper plans:
 * several large subtrees are one pass over all their links, grouped twice; two categories are joined, and so are all
 * articles and the links to exclude.
 */
function matchRows(shape: FilterShape, sizes: ListSizes): number {
  const { allCount, hasAny, hasDescendants, hasSearch } = shape;
  const source = sourceRows(shape, sizes);
  const each = tested({ ...shape, hasSearch: false }, sizes, source);
  const named = sum(sizes.all);
  if (hasSearch || isFromGiven(shape)) return expanded(shape, sizes) + each;
  if (hasDescendants && allCount > 1) {
    const isProbed = source * LINKS_PER_PROBE < named;
    return expanded(shape, sizes) + (isProbed ? each : 3 * Math.min(sizes.links, named));
  }
  if (allCount === 2) return JOINED * named + source * PROBE * probes({ ...shape, allCount: 1 });
  if (allCount > 0 || hasAny || isFromRelation(shape)) return expanded(shape, sizes) + each;
  const filed = shape.isUncategorised ? sizes.links * COUNTED : 0;
  const joined = sizes.articles * COUNTED + filed + 2 * Math.min(sizes.links, sum(sizes.none));
  return expanded(shape, sizes) + Math.min(each, joined);
}

/**
 * Returns the cost of one query of the GIN index that finds out whether a term is rare. A phrase can require all documents.
 */
const termRows = (sizes: ListSizes) => (sizes.hasPhrase ? sizes.articles * PHRASE : RARE);

/**
 * Whether the stored counts give a close estimate of the number of matches. They cannot for a search, a range of dates or
 * unpublished articles, which match few articles in most lists, and all in the worst case.
 */
export const hasKnownMatches = (shape: FilterShape): boolean =>
  isPublishedOnly(shape) && !shape.hasSearch && !shape.hasSince && !shape.hasUntil;

/** How many rows the statement of a page visits. */
export interface PageRows {
  /** If matching articles are distributed evenly. */
  expected: number;
  /** If the matching articles are tested last. */
  most: number;
}

export function estimatePageRows(shape: ListShape, sizes: ListSizes): PageRows {
  if (isFromGiven(shape)) {
    const most = tested(shape, sizes, sourceRows(shape, sizes)) + expanded(shape, sizes);
    return { expected: most, most };
  }
  if (shape.sort === 'relevance') return rowsByRelevance(shape, sizes);
  const isWalked = shape.sort === 'publishedAt' || shape.sort === 'rank';
  const collectsMatches = shape.isUncategorised && !shape.hasSearch && !isFromRelation(shape);
  return isWalked && !collectsMatches ? rowsByPublication(shape, sizes) : rowsInSortOrder(shape, sizes);
}

const pageRows = ({ maxRows, hasOffset }: ListShape) => maxRows + (hasOffset ? MAX_OFFSET : 0);

/** Estimates the fraction of the rows of the source that match all conditions. */
function matchingPart(shape: FilterShape, sizes: ListSizes): number {
  const partOf = (size: number) => Math.min(1, size / Math.max(1, sizes.articles));
  const others = sizes.all.toSorted((a, b) => a - b).slice(1);
  const isAnyTested = shape.hasAny && shape.allCount > 0;
  const hasSource = shape.allCount > 0 || shape.hasAny;
  const unknown =
    Number(shape.hasSearch) +
    Number(shape.isUncategorised) +
    shape.relationFilters.length -
    Number(isFromRelation(shape));
  return (
    others.reduce((part, size) => part * partOf(size), hasSource || shape.hasNone ? 1 - partOf(sum(sizes.none)) : 1) *
    (isAnyTested ? partOf(sum(sizes.any)) : 1) *
    UNKNOWN_PART ** unknown
  );
}

const isFromRelation = ({ allCount, hasAny, relationFilters }: FilterShape) =>
  allCount === 0 && !hasAny && relationFilters.length > 0;

/**
 * Reads the first rows of each category that the list starts from, and one more for each row that does not match. If `none`
 * is the only other condition, those are at most the excluded articles.
 */
function rowsByPublication(shape: ListShape, sizes: ListSizes): PageRows {
  const first = pageRows(shape) * Math.max(1, sizes.targets);
  const source = sourceRows(shape, sizes);
  const isUntested = probes(shape) === 0 && !shape.hasSearch;
  if (isUntested) {
    const rows = Math.min(first, isFromRelation(shape) ? first : Math.max(source, pageRows(shape)));
    return { expected: rows, most: rows };
  }
  const isReadWhole = shape.allCount > 0 && !shape.hasDescendants && source < SAMPLE_ROWS;
  const search = shape.hasSearch
    ? tested(shape, sizes, Math.min(SCANNED, source)) + (isReadWhole ? 0 : termRows(sizes))
    : 0;
  const walked = Math.min(source, walkedRows(shape, sizes, first));
  const most = expanded(shape, sizes) + search + tested(shape, sizes, walked);
  const likely = Math.min(walked, first / Math.max(matchingPart(shape, sizes), Number.EPSILON));
  return { expected: Math.min(most, search + tested(shape, sizes, likely)), most };
}

/** Returns how many rows of the source are walked at most until `first` of them match. */
function walkedRows(shape: ListShape, sizes: ListSizes, first: number): number {
  const isOnlyExcluded = shape.hasNone && probes(shape) === 1 && !shape.hasSearch;
  if (isOnlyExcluded) return first + sum(sizes.none);
  const isOnlySearched = probes(shape) === 0 && shape.allCount === 0 && !shape.hasAny && !isFromRelation(shape);
  // The articles are not walked for a rare word.
  return isOnlySearched ? (UNEVENNESS * first * sizes.articles) / RARE : Number.POSITIVE_INFINITY;
}

/** 20,000 articles are ranked, after two queries of the GIN index for 10,001. */
function rowsByRelevance(shape: ListShape, sizes: ListSizes): PageRows {
  const search = tested(shape, sizes, SCANNED) + termRows(sizes);
  const ranked = Math.min(RANKED_ROWS_MAX, sourceRows(shape, sizes));
  const most = expanded(shape, sizes) + 2 * search + tested(shape, sizes, ranked) + ranked * document(sizes);
  return { expected: most, most };
}

/** 4,500 rows are tested in order; if they do not fill the page, all matches are collected, sorted, and searched in order. */
function rowsInSortOrder(shape: ListShape, sizes: ListSizes): PageRows {
  if (isPublishedWithOnly(shape)) return { expected: pageRows(shape), most: pageRows(shape) };
  const source = sourceRows(shape, sizes);
  const scan = tested(shape, sizes, SCANNED) + (shape.hasSearch ? termRows(sizes) : 0);
  const lookup = shape.sort === 'publishedAt' ? 0 : SORTED;
  const sorted = source * (lookup + (shape.hasSearch ? document(sizes) : 0));
  const most = scan + matchRows({ ...shape, hasSearch: false }, sizes) + sorted;
  const partOfAll = matchingPart(shape, sizes) * Math.min(1, source / Math.max(1, sizes.articles));
  return { expected: SCANNED * partOfAll >= pageRows(shape) ? scan : most, most };
}

/**
 * - The stored count of a category or a subtree: one row.
 * - Else every match. A search also reads the GIN index to its end, of a phrase every document; of fewer than 5,000 links it
 *   reads the documents instead.
 *
 * @returns the rows that the statement of a total visits at most
 */
export function estimateTotalRows(shape: FilterShape, sizes: ListSizes): number {
  if (hasStoredCount(shape)) return 1;
  return matchRows(shape, sizes) + (shape.hasSearch ? countedSearchRows(shape, sizes) : 0);
}

function countedSearchRows(shape: FilterShape, sizes: ListSizes): number {
  const source = sourceRows(shape, sizes);
  if (source < PROBED_LINKS_MAX) return PROBED_LINKS_MAX + source * document(sizes);
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
  const matches = shape.isUncategorised ? 0 : Math.min(sizes.articles, sourceRows(shape, sizes));
  const found = matchRows(shape, sizes) + (shape.hasSearch ? countedSearchRows(shape, sizes) : 0);
  return found + 2 * matches * (1 + linksPerArticle);
}
