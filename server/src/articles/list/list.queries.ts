import { type SQL, sql } from 'drizzle-orm';
import { countOf, selectDirectCounts } from '../../categories/category-counts/category-counts.queries.ts';
import type { Database } from '../../database/database.ts';
import { prepared, type StatementOptions } from '../../database/prepared.ts';
import { type articles, categories } from '../../database/schema/content.ts';
import { listedSelection } from '../articles.queries.ts';
import { hasDraft } from '../visibility/visibility.queries.ts';
import { filterCtes, singleCategoryId, withClause } from './filter-ctes.queries.ts';
import { type FilterShape, type FilterValues, hasStoredCount, isPublishedWithOnly } from './filters.ts';
import { isSingleIndexRange, pageOrder } from './keyset.queries.ts';
import type { ListShape, ListValues } from './list-shape.ts';
import { matchingIds } from './matching-ids.queries.ts';
import { selectPageIds } from './page.queries.ts';
import { manualMark } from './rank-order.queries.ts';
import { isChosenByPlanner } from './sorted-page.queries.ts';
import { isSortKeyField, sortKey } from './sorts.queries.ts';
import { rankCutoff, rankedCount } from './text-search.queries.ts';
import { boundedUnlistedFields } from './unlisted-fields.queries.ts';

const p = sql.placeholder;

/** How many shapes have a prepared statement: more than a site uses, fewer than an attacker can invent. */
const MAX_PREPARED_SHAPES = 200;

/**
 * The expressions that the statement selects besides the columns. `listArticles` declares the types of the optional ones.
 */
function extrasOf(shape: ListShape): typeof listedSelection.extras {
  const key = (t: typeof articles) => sql`${sortKey(shape, t)}::text`;
  return {
    ...listedSelection.extras,
    ...(shape.hasUnlisted && boundedUnlistedFields(shape)),
    ...(shape.showsDrafts && { hasDraft }),
    ...(!isSortKeyField(shape) && { sortKey: key }),
    ...(shape.isRankIfManual && shape.sort !== 'rank' && { sortKey: () => manualMark }),
  };
}

const listStatement = (options: StatementOptions, shape: ListShape) =>
  prepared({ ...options, pipelined: isSingleIndexRange(shape) && !shape.hasUnlisted }, (db) =>
    db.query.articles.findMany({
      ...listedSelection,
      extras: extrasOf(shape),
      // An array, so that PostgreSQL has to find the page first and then look the articles up by id.
      where: { RAW: (t) => sql`${t.id} = any(array(${selectPageIds(shape)}))` },
      orderBy: (t) => pageOrder(shape, t),
      limit: p('fetch'),
    }),
  );

function storedCount(shape: FilterShape): SQL<number> | null {
  if (!hasStoredCount(shape)) return null;
  return countOf(shape.hasDescendants ? 'deep' : 'direct', singleCategoryId);
}

const countStatement = (options: StatementOptions, shape: FilterShape) =>
  prepared(options, (db) => {
    const total = storedCount(shape);
    if (total) return db.select({ total: total.mapWith(Number) }).from(sql`(select) as nothing`);
    const { ctes, select } = matchingIds(shape);
    return db
      .select({ total: sql<number>`total`.mapWith(Number) })
      .from(
        sql`(${withClause([...filterCtes(shape), ...ctes])} select count(*) as total from (${select}) as matching) as counted`,
      );
  });

/** Selects the 1,000 categories that hold the most matches. Without a filter their stored counts are used. */
function selectFacets(shape: FilterShape): SQL {
  const largest = sql`order by count desc, category_id limit 1000`;
  if (isPublishedWithOnly(shape)) return sql`${selectDirectCounts} ${largest}`;
  const { ctes, select } = matchingIds(shape);
  return sql`${withClause([...filterCtes(shape), ...ctes])} select probe.category_id, count(*) as count from (${select}) as matching
    join article_categories as probe on probe.article_id = matching.id group by probe.category_id ${largest}`;
}

const facetStatement = (options: StatementOptions, shape: FilterShape) =>
  prepared(options, (db) =>
    db
      .select({
        id: categories.id,
        name: categories.name,
        slug: categories.slug,
        count: sql<number>`facet.count`.mapWith(Number),
      })
      .from(sql`(${selectFacets(shape)}) as facet`)
      .innerJoin(categories, sql`${categories.id} = facet.category_id`)
      .orderBy(sql`facet.count desc, facet.category_id`),
  );

const rankCutoffStatement = (options: StatementOptions, shape: ListShape) =>
  prepared(options, (db) => {
    const { ctes, select } = rankCutoff(shape);
    return db
      .select({ rankCutoff: sql<string | null>`rank_cutoff::text` })
      .from(sql`(${withClause([...filterCtes(shape), ...ctes])} ${select}) as cutoff`);
  });

const rankedCountStatement = (options: StatementOptions, shape: ListShape) =>
  prepared(options, (db) => {
    const { ctes, select } = rankedCount(shape);
    return db
      .select({ count: sql<number>`count`.mapWith(Number) })
      .from(sql`(${withClause([...filterCtes(shape), ...ctes])} ${select}) as counted`);
  });

/** The statements built so far, by their shape. */
const statements = {
  list: new Map<string, ReturnType<typeof listStatement>>(),
  count: new Map<string, ReturnType<typeof countStatement>>(),
  facet: new Map<string, ReturnType<typeof facetStatement>>(),
  rankCutoff: new Map<string, ReturnType<typeof rankCutoffStatement>>(),
  rankedCount: new Map<string, ReturnType<typeof rankedCountStatement>>(),
};

/** Whether the best plan depends on the values: in some orders, and in the count of a search. */
const isPlannedEachTime = (shape: FilterShape | ListShape) =>
  'sort' in shape ? isChosenByPlanner(shape) : shape.hasSearch;

/** Returns the statement of a shape, and builds it the first time. */
function statementFor<S extends FilterShape, T>(
  built: Map<string, T>,
  kind: string,
  shape: S,
  build: (options: StatementOptions, shape: S) => T,
): T {
  const key = JSON.stringify(shape);
  const existing = built.get(key);
  if (existing) return existing;
  const isFull = built.size >= MAX_PREPARED_SHAPES;
  const planned = isPlannedEachTime(shape) || isFull ? 'each time' : 'once';
  const statement = build({ name: `${kind}_articles_${built.size}`, planned }, shape);
  if (!isFull) built.set(key, statement);
  return statement;
}

type ListedArticle = Awaited<ReturnType<ReturnType<ReturnType<typeof listStatement>>['execute']>>[number];

/**
 * Lists a page of articles and one row more, in the direction of travel, each with the ids of its categories and authors.
 */
export const listArticles = (
  db: Database,
  shape: ListShape,
  values: ListValues,
): Promise<(ListedArticle & { hasDraft?: boolean | null; sortKey?: string | null; unlistedBytes?: number })[]> =>
  statementFor(statements.list, 'list', shape, listStatement)(db).execute(values);

export const countArticles = (db: Database, shape: FilterShape, values: FilterValues) =>
  statementFor(statements.count, 'count', shape, countStatement)(db).execute(values);

/** Lists the categories of all matching articles, each with the number of matches in it; at most the 1,000 largest. */
export const listFacets = (db: Database, shape: FilterShape, values: FilterValues) =>
  statementFor(statements.facet, 'facet', shape, facetStatement)(db).execute(values);

/** Returns the shape of a list without the properties of a page, so that all pages share a statement. */
const pageIndependent = (shape: ListShape): ListShape => ({
  ...shape,
  isDescending: true,
  hasCursor: false,
  hasOffset: false,
  hasUnlisted: false,
  showsDrafts: false,
  maxRows: 21,
});

/**
 * Finds the publication time from which a list by relevance is ranked, as PostgreSQL writes it; null if all matches are.
 */
export const findRankCutoff = (db: Database, shape: ListShape, values: ListValues) =>
  statementFor(statements.rankCutoff, 'rank_cutoff', pageIndependent(shape), rankCutoffStatement)(db).execute(values);

/** Counts the articles of a list by relevance that are ranked. */
export const countRanked = (db: Database, shape: ListShape, values: ListValues) =>
  statementFor(
    statements.rankedCount,
    'ranked_count',
    pageIndependent(shape),
    rankedCountStatement,
  )(db).execute(values);
