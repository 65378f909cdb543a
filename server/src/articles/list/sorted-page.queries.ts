import { type SQL, sql } from 'drizzle-orm';
import { articles } from '../../database/schema/content.ts';
import { filterCtes } from './filter-ctes.queries.ts';
import { afterCursor, orderBy, rowLimit, rowOffset } from './keyset.queries.ts';
import { isScanFinal, scannedPageCtes } from './list-scan.queries.ts';
import type { ListShape } from './list-shape.ts';
import { matchingIds, type QueryParts } from './matching-ids.queries.ts';
import { ARTICLES, matches, matchesSearch, perRowProbe } from './predicates.queries.ts';
import { sortKey } from './sorts.queries.ts';

/** Pages by title or by update, as SQL fragments. */

/**
 * Whether PostgreSQL chooses between the index in the order of the list and sorting the matches. It chooses well if it sees
 * all values of the filter; it cannot estimate the number of rows of a CTE, nor how many articles have no category.
 */
export const isChosenByPlanner = (shape: ListShape) =>
  !['publishedAt', 'relevance', 'rank'].includes(shape.sort) &&
  filterCtes(shape).length === 0 &&
  !shape.isUncategorised;

/** The search is a per-row probe, because PostgreSQL estimates that its terms are rare. */
function selectAsPlanned(shape: ListShape, condition: SQL): SQL {
  const key = sortKey(shape, articles);
  return sql`select articles.id from articles where ${condition} and ${matches(shape, ARTICLES, { search: true })}
    ${shape.hasSearch ? sql`and ${matchesSearch(perRowProbe(ARTICLES))}` : sql``} and ${afterCursor(shape, key, sql`articles.id`)}
    ${orderBy(shape, key, sql`articles.id`)}`;
}

/**
 * Collects all matches and sorts them. Each article is looked up: PostgreSQL overestimates their number, and would read all
 * articles for the few of a small subtree. The matches are a CTE: as a subquery below a limit, PostgreSQL prefers a plan
 * with cheap first rows, and there can be no rows (28 s instead of 0.5). The terms of a search, which are common here, are
 * tested in the order of the list.
 */
function selectSortedMatches(shape: ListShape, condition: SQL): QueryParts {
  const key = sortKey(shape, articles);
  const { ctes, select } = matchingIds({ ...shape, hasSearch: false });
  const sorted = sql`select articles.id, ${key} as key from all_matches
      cross join lateral (select * from articles where articles.id = all_matches.id offset 0) as articles
    where ${condition} and ${afterCursor(shape, key, sql`articles.id`)} ${orderBy(shape, key, sql`articles.id`)}`;
  return {
    ctes: [...ctes, sql`all_matches as materialized (${select})`],
    select: shape.hasSearch
      ? sql`select id from (${sorted} offset 0) as articles where ${matchesSearch(perRowProbe(ARTICLES))}`
      : sorted,
  };
}

/** Selects the matches in the order of the list, if `condition` holds: it contains no column. */
export const selectInSortOrder = (shape: ListShape, condition: SQL): QueryParts =>
  isChosenByPlanner(shape)
    ? { ctes: [], select: selectAsPlanned(shape, condition) }
    : selectSortedMatches(shape, condition);

/**
 * The page of a list without a search. If PostgreSQL cannot estimate the matches, the first rows in the order of the list
 * are tested, and, if matches are rare among them, all matches are collected and sorted. PostgreSQL alone walked the index
 * to its end: 5 s for ten subtrees by title among 200,000 articles.
 */
export function sortedPageCtes(shape: ListShape): SQL[] {
  if (!isChosenByPlanner(shape)) return scannedPageCtes(shape, selectInSortOrder(shape, sql`not ${isScanFinal}`));
  const { select } = selectInSortOrder(shape, sql`true`);
  return [sql`page as (${select} limit ${rowLimit(shape)} ${rowOffset(shape)})`];
}
