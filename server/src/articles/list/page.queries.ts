import { type SQL, sql } from 'drizzle-orm';
import { articles } from '../../database/schema/content.ts';
import { FROM_GIVEN_ARTICLES, filterCtes } from './filter-ctes.queries.ts';
import { isFromGiven, MERGE_SCAN_THRESHOLD } from './filters.ts';
import { afterCursor, listedAtRange, orderBy, rowLimit, rowOffset, satisfiedByRange } from './keyset.queries.ts';
import { isScanFinal, scannedPageCtes } from './list-scan.queries.ts';
import type { ListShape } from './list-shape.ts';
import { ARTICLES, LINKS, matches, memberOf, perRowProbe } from './predicates.queries.ts';
import { rankPageCtes } from './rank-page.queries.ts';
import { type LinkSource, linkSource, type RowSource, rowSource } from './row-source.queries.ts';
import { selectInSortOrder, sortedPageCtes } from './sorted-page.queries.ts';
import { sortKey } from './sorts.queries.ts';
import { isCommonTerm, rankedPageCtes, searchPageCtes } from './text-search.queries.ts';

/**
 * Selects the articles of a page, as SQL fragments: each kind of list has a plan whose cost does not grow with its size.
 */

const p = sql.placeholder;

/** Whether to walk the list: for a search only if its terms are common. */
const isListWalk = ({ hasSearch }: ListShape) => (hasSearch ? isCommonTerm : sql`true`);

const pageCte = (shape: ListShape, select: SQL) =>
  sql`${sql.raw(shape.hasSearch ? 'list_walk' : 'page')} as (${select} limit ${rowLimit(shape)} ${rowOffset(shape)})`;

/** By publication: the rows of one source that lie in the range and match. One index range, at any depth. */
const selectFromSource = (shape: ListShape, { from, rows, satisfied }: RowSource) =>
  sql`select ${rows.id} as id, ${rows.listedAt} as listed_at from ${from} and ${isListWalk(shape)} and ${listedAtRange(shape, rows)}
    and ${matches(shape, perRowProbe(rows), satisfied)} ${orderBy(shape, rows.listedAt, rows.id)}`;

/**
 * By publication: the first links of each of several categories or authors, merged. Many categories can hold a third of all
 * articles, and then the newest articles fill the page. So for many categories a scan of the newest articles comes first,
 * with a limit: at worst it adds a quarter to the cost of the merge (a subtree of 100 categories among 1,000,000 articles:
 * 0.6 ms if the scan suffices, 1 to 3 ms merged).
 */
function mergedPageCtes(shape: ListShape, links: LinkSource): SQL[] {
  const order = orderBy(shape, sql`listed_at`, sql`id`);
  const targets = sql`targets as materialized (${links.targetIds})`;
  const firstOfEach = sql`select distinct first_links.id, first_links.listed_at from targets cross join lateral (
      ${selectFromSource(shape, { from: sql`${links.table} as link where link.target_id = targets.id`, rows: LINKS, satisfied: { ...links.satisfied, ...satisfiedByRange(shape) } })} limit ${rowLimit(shape)}
    ) as first_links`;
  if (!shape.canMergeMany) return [targets, pageCte(shape, sql`${firstOfEach} ${order}`)];
  return [
    targets,
    newestScan(shape, links),
    sql`merged_links as materialized (${firstOfEach} where (select count(*) from newest_scan) < ${rowLimit(shape)})`,
    pageCte(
      shape,
      sql`select id, listed_at from (
      select * from newest_scan where (select count(*) from newest_scan) >= ${rowLimit(shape)} union all select * from merged_links
    ) as candidates ${order}`,
    ),
  ];
}

/** The matches among the newest articles. For fewer targets than the threshold the scan has a limit of 0. */
function newestScan(shape: ListShape, { table, satisfied }: LinkSource): SQL {
  const order = orderBy(shape, sql`listed_at`, sql`id`);
  const rows = perRowProbe(ARTICLES);
  const newest = sql`select id, listed_at from articles where ${isListWalk(shape)} and ${listedAtRange(shape, ARTICLES)} ${order}
    limit (select case when count(*) < ${sql.raw(String(MERGE_SCAN_THRESHOLD))} then 0 else count(*) * ${rowLimit(shape)} / 4 end from targets)`;
  return sql`newest_scan as materialized (
      select id, listed_at from (${newest}) as articles
      where exists (select from ${table} as probe where probe.article_id = articles.id and ${memberOf(rows, sql`probe.target_id`, sql`targets`)} offset 0)
      and ${matches(shape, rows, { ...satisfied, ...satisfiedByRange(shape) })} ${order} limit ${rowLimit(shape)})`;
}

/**
 * By publication, the articles in no category: if they are rare among the first rows of the list, all are collected. Where
 * nearly all articles have one, a walk would test each of them (2 s for a million, instead of 0.6).
 */
function uncategorisedPageCtes(shape: ListShape): SQL[] {
  const { id, listedAt } = ARTICLES;
  const all = sql`select ${id} as id, ${listedAt} as listed_at from articles
    where not ${isScanFinal} and ${matches(shape, { ...ARTICLES, joinsSets: true })} and ${afterCursor(shape, listedAt, id)}`;
  return scannedPageCtes(shape, {
    ctes: [sql`all_matches as materialized (${all})`],
    select: sql`select id from all_matches ${orderBy(shape, sql`listed_at`, sql`id`)}`,
  });
}

function walkedPageCtes(shape: ListShape): SQL[] {
  if (shape.sort !== 'publishedAt') {
    if (!shape.hasSearch) return sortedPageCtes(shape);
    const { ctes, select } = selectInSortOrder(shape, isCommonTerm);
    return [...ctes, pageCte(shape, select)];
  }
  const links = linkSource(shape);
  if (links && !links.singleTargetId) return mergedPageCtes(shape, links);
  if (!links && shape.isUncategorised && !shape.hasSearch) return uncategorisedPageCtes(shape);
  return [pageCte(shape, selectFromSource(shape, rowSource(shape)))];
}

/** Given articles are all tested, and the matches are sorted, also for a search and by relevance. */
function givenPageCtes(shape: ListShape): SQL[] {
  const [key, id] = [sql`key`, sql`id`];
  return [
    sql`matching as materialized (select articles.id, ${sortKey(shape, articles)} as key ${FROM_GIVEN_ARTICLES}
      where ${matches(shape, perRowProbe(ARTICLES))})`,
    sql`page as (select id from matching where ${afterCursor(shape, key, id)} ${orderBy(shape, key, id)}
      limit ${rowLimit(shape)} ${rowOffset(shape)})`,
  ];
}

function pageCtes(shape: ListShape): SQL[] {
  if (shape.sort === 'rank') return rankPageCtes(shape, pageCtes);
  if (isFromGiven(shape)) return givenPageCtes(shape);
  if (shape.sort === 'relevance') return rankedPageCtes(shape);
  return shape.hasSearch ? searchPageCtes(shape, walkedPageCtes(shape)) : walkedPageCtes(shape);
}

/** Selects the ids of a page, and of one row more. */
export const selectPageIds = (shape: ListShape): SQL =>
  sql`with ${sql.join([...filterCtes(shape), ...pageCtes(shape)], sql`, `)} select id from page limit ${p('fetch')}`;
