import { type SQL, sql } from 'drizzle-orm';
import { countOf } from '../../categories/category-counts/category-counts.queries.ts';
import type { Database } from '../../database/database.ts';
import { prepared, type StatementOptions } from '../../database/prepared.ts';
import { categories } from '../../database/schema/content.ts';
import { row } from '../articles.queries.ts';
import { named, theOne, withNamed } from './filter-ctes.queries.ts';
import { asksOnly, type FilterShape, type FilterValues } from './filters.ts';
import { direction, isOneRange, type ListShape, sortKey } from './keyset.queries.ts';
import { page } from './page.queries.ts';
import { ARTICLES, inTurn, LINKS, links, matches, type Rows } from './predicates.queries.ts';
import { borderOf, countOfRanked } from './text-search.queries.ts';

const p = sql.placeholder;

/** The values of a list, by the names of its placeholders: those of its filter and of its slice. */
export interface ListValues extends FilterValues {
  key: string | null;
  id: number | null;
  border: string | null;
  fetch: number;
  offset: number;
}

/** How many kinds of lists are kept prepared: more than a site uses, fewer than a stranger can think up. */
const MOST_STATEMENTS = 200;

/** One statement for each kind of list, built when the first of its kind is asked for. */
const listStatement = (statement: StatementOptions, shape: ListShape) =>
  prepared({ ...statement, pipelined: isOneRange(shape) }, (db) =>
    db.query.articles.findMany({
      ...row,
      columns: { ...row.columns, content: shape.content },
      // What a list is sorted by is in the row, but for the rank.
      extras: shape.sort === 'relevance' ? { ...row.extras, rank: (t) => sql`${sortKey(shape, t)}::text` } : row.extras,
      // An array, so that PostgreSQL finds the page first and cannot but look the articles up by id.
      where: { RAW: (t) => sql`${t.id} = any(array(${page(shape)}))` },
      orderBy: (t) => sql`${sortKey(shape, t)} ${direction(shape)}, ${t.id} ${direction(shape)}`,
      limit: p('fetch'),
    }),
  );

/** Where links that lead to no more articles are counted, words are asked for in turn, and not in their index. */
const FEW_LINKS = sql.raw('5000');

/** The ids of all that matches. */
function counted(shape: FilterShape): { steps: SQL[]; from: SQL } {
  const through = links(shape);
  if (!through) {
    return { steps: named(shape), from: sql`select articles.id from articles where ${matches(shape, ARTICLES)}` };
  }
  const { table, several, driven } = through;
  const linked = sql`from ${table} as link where link.linked in (${several})`;
  const matching = (rows: Rows, when = sql`true`) =>
    sql`select distinct link.article_id as id ${linked} and ${when} and ${matches(shape, rows, driven)}`;
  if (!shape.words) return { steps: named(shape), from: matching(LINKS) };
  const few = sql`(select few from extent)`;
  return {
    steps: [
      ...named(shape),
      sql`extent as materialized (select count(*) < ${FEW_LINKS} as few from (select ${linked} limit ${FEW_LINKS}) as some_links)`,
    ],
    from: sql`${matching(inTurn(LINKS), few)} union all ${matching(LINKS, sql`not ${few}`)}`,
  };
}

/** The published articles of one category, or of its subtree, are counted already. */
function countedAlready(shape: FilterShape): SQL<number> | null {
  if (shape.all !== 1 || shape.slugs || !asksOnly(shape, 'all')) return null;
  return countOf(shape.descendants ? 'deep' : 'direct', theOne);
}

const countStatement = (statement: StatementOptions, shape: FilterShape) =>
  prepared(statement, (db) => {
    const total = countedAlready(shape);
    if (total) return db.select({ total: total.mapWith(Number) }).from(sql`(select) as nothing`);
    const { steps, from } = counted(shape);
    return db
      .select({ total: sql<number>`total`.mapWith(Number) })
      .from(sql`(${withNamed(steps)} select count(*) as total from (${from}) as found) as counted`);
  });

/** The 1,000 categories that hold most of what matches. That of all that is published is counted already. */
function facetsOf(shape: FilterShape): SQL {
  const largest = sql`order by count desc, category_id limit 1000`;
  if (asksOnly(shape)) {
    return sql`select * from (select id as category_id, ${countOf('direct', categories.id)} as count from categories) as counted
      where count > 0 ${largest}`;
  }
  const { steps, from } = counted(shape);
  return sql`${withNamed(steps)} select probe.category_id, count(*) as count from (${from}) as found
    join article_categories as probe on probe.article_id = found.id group by probe.category_id ${largest}`;
}

const facetStatement = (statement: StatementOptions, shape: FilterShape) =>
  prepared(statement, (db) =>
    db
      .select({
        id: categories.id,
        name: categories.name,
        slug: categories.slug,
        count: sql<number>`facet.count`.mapWith(Number),
      })
      .from(sql`(${facetsOf(shape)}) as facet`)
      .innerJoin(categories, sql`${categories.id} = facet.category_id`)
      .orderBy(sql`facet.count desc, facet.category_id`),
  );

const borderStatement = (statement: StatementOptions, shape: ListShape) =>
  prepared(statement, (db) => {
    const { steps, from } = borderOf(shape);
    return db
      .select({ border: sql<string | null>`border::text` })
      .from(sql`(${withNamed([...named(shape), ...steps])} ${from}) as found`);
  });

const rankedStatement = (statement: StatementOptions, shape: ListShape) =>
  prepared(statement, (db) => {
    const { steps, from } = countOfRanked(shape);
    return db
      .select({ count: sql<number>`count`.mapWith(Number) })
      .from(sql`(${withNamed([...named(shape), ...steps])} ${from}) as counted`);
  });

const statements = {
  list: new Map<string, ReturnType<typeof listStatement>>(),
  count: new Map<string, ReturnType<typeof countStatement>>(),
  facet: new Map<string, ReturnType<typeof facetStatement>>(),
  border: new Map<string, ReturnType<typeof borderStatement>>(),
  ranked: new Map<string, ReturnType<typeof rankedStatement>>(),
};

/** Is the best plan another one for other values? In other orders than by publication, and where words are counted. */
const isPlannedEachTime = (shape: FilterShape | ListShape) =>
  'sort' in shape ? shape.sort !== 'publishedAt' && shape.sort !== 'relevance' : shape.words;

/** Finds the statement of a kind, or builds it. */
function statementFor<S extends FilterShape, T>(
  known: Map<string, T>,
  kind: string,
  shape: S,
  build: (statement: StatementOptions, shape: S) => T,
): T {
  const key = JSON.stringify(shape);
  const found = known.get(key);
  if (found) return found;
  const isFull = known.size >= MOST_STATEMENTS;
  const planned = isPlannedEachTime(shape) || isFull ? 'each time' : 'once';
  const made = build({ name: `${kind}_articles_${known.size}`, planned }, shape);
  if (!isFull) known.set(key, made);
  return made;
}

type Listed = Awaited<ReturnType<ReturnType<ReturnType<typeof listStatement>>['execute']>>[number];

/** A page of articles, one more than its limit, in the direction of travel, each with its categories and authors. */
export const listArticles = (
  db: Database,
  shape: ListShape,
  values: ListValues,
): Promise<(Listed & { rank?: string })[]> =>
  statementFor(statements.list, 'list', shape, listStatement)(db).execute(values);

/** How many articles match. */
export const countArticles = (db: Database, shape: FilterShape, values: FilterValues) =>
  statementFor(statements.count, 'count', shape, countStatement)(db).execute(values);

/** The categories of all articles that match, with how many of these they hold; the 1,000 largest. */
export const listFacets = (db: Database, shape: FilterShape, values: FilterValues) =>
  statementFor(statements.facet, 'facet', shape, facetStatement)(db).execute(values);

/** Of a list by relevance, what does not depend on which of its rows are asked for. */
const whole = (shape: ListShape): ListShape => ({
  ...shape,
  down: true,
  started: false,
  numbered: false,
  content: false,
  most: 21,
});

/** From which time on a list by relevance is ranked, as PostgreSQL writes it; null where all of it is. */
export const findBorder = (db: Database, shape: ListShape, values: ListValues) =>
  statementFor(statements.border, 'border', whole(shape), borderStatement)(db).execute(values);

/** How many articles of a list by relevance are ranked. */
export const countRanked = (db: Database, shape: ListShape, values: ListValues) =>
  statementFor(statements.ranked, 'ranked', whole(shape), rankedStatement)(db).execute(values);
