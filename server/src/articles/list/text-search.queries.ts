import { type SQL, sql } from 'drizzle-orm';
import { articles } from '../../database/schema/content.ts';
import { selectSearchMatches } from '../search/search.queries.ts';
import { afterCursor, listedAtRange, orderBy, rowLimit, rowOffset, satisfiedByRange } from './keyset.queries.ts';
import { firstRows, isScanFinal, sampleRows, scanCtes, selectScanned } from './list-scan.queries.ts';
import type { ListShape } from './list-shape.ts';
import { RANKED_ROWS_MAX, RARE_TERM_MAX } from './list-thresholds.ts';
import type { QueryParts } from './matching-ids.queries.ts';
import { ARTICLES, LINKS, matches, matchesSearch, perRowProbe } from './predicates.queries.ts';
import { linkSource, type RowSource, rowSource } from './row-source.queries.ts';
import { sortKey } from './sorts.queries.ts';

/**
 * Pages of a search, as SQL fragments. Articles with a rare term can be far from the start of a list, while those with a
 * common term are everywhere: for a rare term, walking the list would read all of it; for a common one, the GIN index would
 * return everything. So there are three steps:
 *
 * 1. scan the first rows of the list, and more of them if a few match;
 * 2. query the GIN index, for a limited number of articles;
 * 3. if more articles match than that, walk the list and test each row.
 */

const rareTermMax = sql.raw(String(RARE_TERM_MAX));
const rankedRowsMax = sql.raw(String(RANKED_ROWS_MAX));

const termMatches = (limit: SQL, condition?: SQL) =>
  sql`term_matches as materialized (${selectSearchMatches(condition)} limit ${limit})`;

/** Queries the GIN index for enough articles to find out whether the term is rare. */
const termFrequency = (unless: SQL) => [
  termMatches(sql`${rareTermMax} + 1`, sql`not ${unless}`),
  sql`term_frequency as materialized (select count(*) > ${rareTermMax} as is_common from term_matches)`,
];
export const isCommonTerm = sql`(select is_common from term_frequency)`;

/**
 * The page of a search.
 *
 * @param listWalk step 3: common table expressions, the last of which is `list_walk`
 */
export function searchPageCtes(shape: ListShape, listWalk: SQL[]): SQL[] {
  const key = sortKey(shape, articles);
  const isByPublication = shape.sort === 'publishedAt';
  const range = isByPublication ? listedAtRange(shape, ARTICLES) : afterCursor(shape, key, sql`articles.id`);
  const satisfied = { search: true, ...(isByPublication && satisfiedByRange(shape)) };
  return [
    ...scanCtes(shape),
    ...termFrequency(isScanFinal),
    ...listWalk,
    sql`rare_term_page as (select articles.id from term_matches join articles on articles.id = term_matches.article_id
      where not ${isCommonTerm} and ${range} and ${matches(shape, perRowProbe(ARTICLES), satisfied)}
      ${orderBy(shape, key, sql`articles.id`)} limit ${rowLimit(shape)} ${rowOffset(shape)})`,
    sql`page as ((${selectScanned(shape, rowOffset(shape))})
      union all select id from rare_term_page union all select id from list_walk)`,
  ];
}

/** The same list by publication, from its start. */
const newestFirst = (shape: ListShape): ListShape => ({
  ...shape,
  sort: 'publishedAt',
  isDescending: true,
  hasCursor: false,
});

/**
 * Returns the source of the newest rows of a list. It must be the same on every page: which of several required categories
 * is the smallest can change between pages, and then other rows lie above the cutoff. So this takes the category with the
 * lowest id.
 */
function stableSource(shape: ListShape): RowSource {
  const links = shape.allCount > 1 ? linkSource(shape) : null;
  if (!links?.singleTargetId) return rowSource(shape);
  const lowestId = sql`(select min(id) from required_categories cross join unnest(ids) as id)`;
  return {
    from: sql`${links.table} as link where link.target_id = ${lowestId}`,
    rows: LINKS,
    satisfied: satisfiedByRange(shape),
  };
}

/** The articles to rank: of a rare term all that match, of a common one those among the newest rows of the list. */
function rankedCte(shape: ListShape): SQL {
  const rank = sortKey({ ...shape, sort: 'relevance' }, articles);
  if (shape.relevancePart === null) {
    return sql`${termMatches(rankedRowsMax)}, ranked as materialized (select articles.id, ${rank} as rank
      from term_matches join articles on articles.id = term_matches.article_id where ${matches(shape, perRowProbe(ARTICLES), { search: true })})`;
  }
  const newest = newestFirst(shape);
  const source = stableSource(newest);
  return sql`ranked as materialized (select articles.id, ${rank} as rank from ${firstRows(newest, rankedRowsMax, source)}
    where ${matches(newest, perRowProbe(ARTICLES), source.satisfied)})`;
}

export const rankedPageCtes = (shape: ListShape): SQL[] => [
  rankedCte(shape),
  sql`page as (select id from ranked where ${afterCursor(shape, sql`rank`, sql`id`)}
    ${orderBy(shape, sql`rank`, sql`id`)} limit ${rowLimit(shape)} ${rowOffset(shape)})`,
];

export const rankedCount = (shape: ListShape): QueryParts => ({
  ctes: [rankedCte(shape)],
  select: sql`select count(*) as count from ranked`,
});

/**
 * Finds the publication time from which a list by relevance is ranked; null if the term is rare, so that all matches are.
 * The GIN index is not queried for a short list, nor for a term that each of the first rows of the list contains.
 */
export function rankCutoff(shape: ListShape): QueryParts {
  const newest = newestFirst(shape);
  const source = stableSource(newest);
  return {
    ctes: [
      sql`sample as materialized (select count(*) < ${sampleRows} or bool_and(is_match) as is_decisive
        from (select ${matchesSearch(perRowProbe(ARTICLES))} as is_match from ${firstRows(newest, sampleRows, source)}) as articles)`,
      ...termFrequency(sql`(select is_decisive from sample)`),
    ],
    select: sql`select case when (select is_decisive from sample) or ${isCommonTerm} then coalesce(
        (select listed_at + interval '1 millisecond' from ${firstRows(newest, sql`1 offset ${rareTermMax}`, source)}), '-infinity') end as rank_cutoff`,
  };
}
