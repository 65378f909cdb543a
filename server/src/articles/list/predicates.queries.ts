import { type SQL, sql } from 'drizzle-orm';
import { ARTICLE_RELATIONS, RELATION_FILTERS, type RelationFilter } from '../article-relations.ts';
import { documentOf, searchQuery, selectSearchMatches } from '../search/search.queries.ts';
import { canReadUnpublished } from '../visibility/visibility.queries.ts';
import { anyOf, hasSingleCategory, requiredIds, singleCategoryId } from './filter-ctes.queries.ts';
import type { FilterShape } from './filters.ts';
import type { ListShape } from './list-shape.ts';
import { hasNoRank } from './rank-order.queries.ts';

/**
 * The conditions of a filter, as SQL fragments. They depend only on the shape of the filter; its values are placeholders,
 * so that one statement, built and planned once, serves all filters of a shape.
 */

const p = sql.placeholder;

/** The rows to test: articles, or rows of a joining table, which have the columns that most conditions need. */
export interface CandidateRows {
  id: SQL;
  listedAt: SQL;
  /** See `perRowProbe`. */
  optimizerFence?: SQL;
  /** See `memberOf`. */
  joinsSets?: boolean;
}
export const ARTICLES: CandidateRows = { id: sql`articles.id`, listedAt: sql`articles.listed_at` };
export const LINKS: CandidateRows = { id: sql`link.article_id`, listedAt: sql`link.listed_at` };
/**
 * Optimizer fence for keyset pages: `offset 0` keeps the subqueries of the conditions as per-row probes. Without it
 * PostgreSQL can join instead, and read a whole category or subtree for one page.
 */
export const perRowProbe = (rows: CandidateRows): CandidateRows => ({ ...rows, optimizerFence: sql`offset 0` });

/**
 * The condition that a column has one of the ids of a CTE: a hashed subplan, built once. Without `is true` PostgreSQL can
 * choose a join and scan all ids for each row, because it cannot estimate how many there are. If the rows are all articles,
 * it can estimate enough for a good join: from the few links of a small category (`joinsSets`).
 */
export const memberOf = ({ joinsSets }: CandidateRows, column: SQL, relation: SQL) =>
  joinsSets ? sql`${column} in (select id from ${relation})` : sql`(${column} in (select id from ${relation})) is true`;

const exists = ({ optimizerFence }: CandidateRows, select: SQL) => sql`exists (${select} ${optimizerFence ?? sql``})`;

const inAnyCategory = (rows: CandidateRows, categories: SQL) =>
  exists(
    rows,
    sql`select from article_categories as probe
      where probe.article_id = ${rows.id} and ${memberOf(rows, sql`probe.category_id`, categories)}`,
  );

/** The condition that an article is linked to any row that a filter by another relation gives. */
function matchesRelation(rows: CandidateRows, filter: RelationFilter): SQL {
  const { linkTable, linkColumn } = ARTICLE_RELATIONS[RELATION_FILTERS[filter]];
  return exists(
    rows,
    sql`select from ${sql.raw(linkTable)} as probe
      where probe.article_id = ${rows.id} and ${memberOf(rows, sql.raw(`probe.${linkColumn}`), anyOf(filter))}`,
  );
}

/**
 * Selects the link of an article to a category. A per-row probe also compares `listed_at`, and so uses the index that
 * lists the category, where consecutive probes are neighbors. Probes of the primary key are scattered over it and take
 * twice as long (all of two categories: 1.9 ms instead of 1.0).
 */
const selectLink = (
  { id, listedAt, optimizerFence }: CandidateRows,
  category: SQL,
) => sql`select from article_categories as probe
  where probe.article_id = ${id} and ${category} ${optimizerFence ? sql`and probe.listed_at = ${listedAt}` : sql``}`;

/** An id and a slug can select the same category: then there is no second one. */
const secondRequiredId = sql`coalesce(${requiredIds('[2]')}, ${requiredIds('[1]')})`;

/**
 * The conditions that an article is linked to every required category. The second category has a condition of its own:
 * most often there is no third, and counting links takes half as long again.
 *
 * @param isFirstSatisfied the rows come from the list of the first required category
 */
function inAllCategories(shape: FilterShape, rows: CandidateRows, isFirstSatisfied: boolean): SQL[] {
  const { allCount, hasDescendants } = shape;
  if (!allCount) return [];
  if (hasDescendants && allCount === 1) return isFirstSatisfied ? [] : [inAnyCategory(rows, sql`required_subtree`)];
  if (hasDescendants) return [inAllSubtrees(rows)];
  const inCategory = (id: SQL) => exists(rows, selectLink(rows, sql`probe.category_id = ${id}`));
  if (hasSingleCategory(shape)) return isFirstSatisfied ? [] : [inCategory(singleCategoryId)];
  const others = requiredIds('[3:]');
  return [
    ...(isFirstSatisfied ? [] : [inCategory(requiredIds('[1]'))]),
    ...(allCount > 1 ? [inCategory(secondRequiredId)] : []),
    ...(allCount > 2
      ? [
          sql`(select count(*) from (${selectLink(rows, sql`probe.category_id = any(${others}::bigint[])`)}) as links)
            = cardinality(${others})`,
        ]
      : []),
  ];
}

/**
 * The condition that an article is linked to each of several subtrees, per row: a hashed subplan that is built once (36 ms
 * instead of 775 for a search in subtrees of 1,100 categories). Where everything is counted, `selectInAllSubtrees` is
 * cheaper.
 */
const inAllSubtrees = ({ id }: CandidateRows) =>
  sql`exists (select from required_roots) and not exists (select from required_roots where not exists (
      select from article_categories as probe where probe.article_id = ${id}
        and ((required_roots.root, probe.category_id) in (select root, id from required_subtrees)) is true offset 0) offset 0)`;

/**
 * For rows that are all articles, each article in a category once: PostgreSQL then merges two indexes (0.6 s for a million
 * articles with three links). Otherwise it hashes all links, which takes three times as long.
 */
function inNoCategory(rows: CandidateRows): SQL {
  const links = rows.joinsSets ? sql`(select distinct article_id from article_categories)` : sql`article_categories`;
  return sql`not ${exists(rows, sql`select from ${links} as probe where probe.article_id = ${rows.id}`)}`;
}

/** A condition on columns that only the article has, as `article`. */
const articleMatches = (rows: CandidateRows, condition: SQL) =>
  exists(rows, sql`select from articles as article where article.id = ${rows.id} and ${condition}`);

const STATUS_CONDITIONS: Record<FilterShape['statuses'][number], (rows: CandidateRows) => SQL> = {
  published: ({ listedAt }) => sql`${listedAt} <= now()`,
  scheduled: ({ listedAt }) => sql`${listedAt} > now() and ${listedAt} < 'infinity'`,
  draft: (rows) => sql`${rows.listedAt} = 'infinity' and ${articleMatches(rows, sql`article.deleted_at is null`)}`,
  trashed: (rows) =>
    sql`${rows.listedAt} = 'infinity' and ${articleMatches(rows, sql`article.deleted_at is not null`)}`,
};

/** The condition that an article has a status and, unless it is published, that the caller is allowed to read it. */
const hasStatus = (shape: FilterShape, rows: CandidateRows) => (status: FilterShape['statuses'][number]) =>
  shape.unpublishedScope === 'all' || status === 'published'
    ? sql`(${STATUS_CONDITIONS[status](rows)})`
    : sql`(${STATUS_CONDITIONS[status](rows)} and ${articleMatches(rows, canReadUnpublished({ id: sql`article.id`, ownerId: sql`article.owner_id` }))})`;

/** Whether the dates of a filter can be compared with `listed_at`. Not with the trash: there it is infinity. */
export const hasListedAtRange = ({ hasSince, hasUntil, statuses }: FilterShape) =>
  (hasSince || hasUntil) && !statuses.includes('trashed');

function inDateRange(shape: FilterShape, rows: CandidateRows): SQL {
  const inRange = (date: SQL) =>
    sql.join(
      [
        ...(shape.hasSince ? [sql`${date} >= ${p('since')}::timestamptz`] : []),
        sql`${date} < ${shape.hasUntil ? sql`${p('until')}::timestamptz` : sql`'infinity'`}`,
      ],
      sql` and `,
    );
  return hasListedAtRange(shape) ? inRange(rows.listedAt) : articleMatches(rows, inRange(sql`article.published_at`));
}

/** For rows that are all read: one query of the GIN index, whose result is a hashed subplan. */
export const isAmongSearchMatches = ({ id }: CandidateRows) => sql`(${id} in (${selectSearchMatches()})) is true`;

export const matchesSearch = ({ id }: CandidateRows) => sql`${documentOf(id)} @@ ${searchQuery}`;

/** The conditions that every row of a source satisfies: `firstRequired` is the first of the required categories. */
export type SatisfiedBySource = Partial<
  Record<'firstRequired' | 'allRequired' | 'any' | RelationFilter | 'status' | 'dates' | 'search', boolean>
>;

/** Returns the condition that a row matches the whole filter, except the conditions that its source satisfies. */
export function matches(shape: FilterShape | ListShape, rows: CandidateRows, satisfied: SatisfiedBySource = {}): SQL {
  const conditions = satisfied.status
    ? [sql`true`]
    : [sql`(${sql.join(shape.statuses.map(hasStatus(shape, rows)), sql` or `)})`];
  if (!satisfied.allRequired) conditions.push(...inAllCategories(shape, rows, satisfied.firstRequired ?? false));
  if (shape.hasAny && !satisfied.any) conditions.push(inAnyCategory(rows, sql`any_categories`));
  if (shape.hasNone) conditions.push(sql`not ${inAnyCategory(rows, sql`excluded_categories`)}`);
  if (shape.isUncategorised) conditions.push(inNoCategory(rows));
  const relationFilters = shape.relationFilters.filter((filter) => !satisfied[filter]);
  conditions.push(...relationFilters.map((filter) => matchesRelation(rows, filter)));
  if ((shape.hasSince || shape.hasUntil) && !satisfied.dates) conditions.push(inDateRange(shape, rows));
  if ('rankPart' in shape && shape.rankPart === 'unranked') conditions.push(hasNoRank(shape, rows.id));
  const others = sql.join(conditions, sql` and `);
  if (!shape.hasSearch || satisfied.search) return others;
  if (!rows.optimizerFence || conditions.length === 1) return sql`${others} and ${matchesSearch(rows)}`;
  // A document takes three times as long as a probe, so it is read last. PostgreSQL estimates the same cost for both.
  return sql`case when ${others} then ${matchesSearch(rows)} end`;
}
