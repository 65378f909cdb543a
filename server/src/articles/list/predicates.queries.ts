import { type SQL, sql } from 'drizzle-orm';
import { isVisible } from '../visibility/visibility.queries.ts';
import { isOne, requiredIds, size, theOne } from './filter-ctes.queries.ts';
import type { FilterShape } from './filters.ts';

/**
 * Which articles match a filter, as fragments of SQL. They depend on the shape of the filter alone; its values are
 * placeholders, so that one statement, built and planned once, serves all filters of a shape.
 */

const p = sql.placeholder;

/** Rows that may match: articles, or link rows, which carry all that most filters ask of an article. */
export interface Rows {
  id: SQL;
  listedAt: SQL;
  /** See `inTurn`. */
  fence?: SQL;
}
/**
 * For rows that come in order, of which the first few are wanted: each condition is looked up for one row at a time.
 * Without `offset 0` PostgreSQL may join instead, and read all of a category, or of a subtree, for a page.
 */
export const inTurn = (rows: Rows): Rows => ({ ...rows, fence: sql`offset 0` });
export const ARTICLES: Rows = { id: sql`articles.id`, listedAt: sql`articles.listed_at` };
export const LINKS: Rows = { id: sql`link.article_id`, listedAt: sql`link.listed_at` };

/** Fenced, a hash table that is made once; without "is true" PostgreSQL joins, and looks at each id for each row. */
export const among = ({ fence }: Rows, column: SQL, expression: SQL) =>
  fence ? sql`(${column} in (select id from ${expression})) is true` : sql`${column} in (select id from ${expression})`;

const exists = ({ fence }: Rows, select: SQL) => sql`exists (${select} ${fence ?? sql``})`;

const filed = (rows: Rows, expression: SQL) =>
  exists(
    rows,
    sql`select from article_categories as probe
      where probe.article_id = ${rows.id} and ${among(rows, sql`probe.category_id`, expression)}`,
  );

/**
 * The link of an article to a category. In turn it is looked up where the category's list has it, in which one look-up
 * follows the other; all over the primary key it takes twice as long (all of two categories: 1.9 ms instead of 1.0).
 */
const linkOf = ({ id, listedAt, fence }: Rows, category: SQL) => sql`select from article_categories as probe
  where probe.article_id = ${id} and ${category} ${fence ? sql`and probe.listed_at = ${listedAt}` : sql``}`;

/** Two names may be those of one category. */
const second = sql`coalesce(${requiredIds('[2]')}, ${requiredIds('[1]')})`;

/**
 * The conditions that a row is under all the categories required, but for the first where the row came by it. The second
 * by itself: most often there is no third, and counting takes half as long again.
 */
function underAll(shape: FilterShape, rows: Rows, first: boolean): SQL[] {
  if (!shape.all) return [];
  if (shape.descendants && shape.all === 1) return first ? [] : [filed(rows, sql`required`)];
  if (shape.descendants) return [everyRoot(rows)];
  const under = (id: SQL) => exists(rows, linkOf(rows, sql`probe.category_id = ${id}`));
  if (isOne(shape)) return first ? [] : [under(theOne)];
  const rest = requiredIds('[3:]');
  return [
    ...(first ? [] : [under(requiredIds('[1]'))]),
    ...(shape.all > 1 ? [under(second)] : []),
    ...(shape.all > 2
      ? [
          sql`(select count(*) from (${linkOf(rows, sql`probe.category_id = any(${rest}::bigint[])`)}) as links)
            = cardinality(${rest})`,
        ]
      : []),
  ];
}

/**
 * In turn, each root by a hash table that is made once: 36 ms instead of 775 for a search in subtrees of 1,100 categories.
 * Where everything is counted PostgreSQL joins, which it would not do with that: 8 s instead of 31 for all of it.
 */
const everyRoot = ({ id, fence }: Rows) =>
  fence
    ? sql`exists (select from needed) and not exists (select from needed where not exists (
        select from article_categories as probe where probe.article_id = ${id}
          and ((needed.root, probe.category_id) in (select root, id from required)) is true offset 0) offset 0)`
    : sql`(select count(distinct required.root) from article_categories as probe
        join required on required.id = probe.category_id where probe.article_id = ${id})
        = (select nullif(count(*), 0) from needed)`;

const signed = (rows: Rows) =>
  exists(
    rows,
    sql`select from article_authors as probe
      where probe.article_id = ${rows.id} and ${among(rows, sql`probe.author_id`, sql`signing`)}`,
  );

const itself = (rows: Rows, condition: SQL) =>
  exists(rows, sql`select from articles as one where one.id = ${rows.id} and ${condition}`);

const STATUS: Record<FilterShape['statuses'][number], (rows: Rows) => SQL> = {
  published: ({ listedAt }) => sql`${listedAt} <= now()`,
  scheduled: ({ listedAt }) => sql`${listedAt} > now() and ${listedAt} < 'infinity'`,
  draft: (rows) => sql`${rows.listedAt} = 'infinity' and ${itself(rows, sql`one.deleted_at is null`)}`,
  trashed: (rows) => sql`${rows.listedAt} = 'infinity' and ${itself(rows, sql`one.deleted_at is not null`)}`,
};

/** A status, of all articles or, of what is not published, of those that the caller sees. */
const inStatus = (shape: FilterShape, rows: Rows) => (status: FilterShape['statuses'][number]) =>
  shape.sees === 'all' || status === 'published'
    ? sql`(${STATUS[status](rows)})`
    : sql`(${STATUS[status](rows)} and ${itself(rows, isVisible({ id: sql`one.id`, ownerId: sql`one.owner_id` }))})`;

/** Does a filter ask for dates, and are they the sort key? In the trash an article keeps its date and is listed never. */
export const listedByDate = ({ since, until, statuses }: FilterShape) =>
  (since || until) && !statuses.includes('trashed');

function dated(shape: FilterShape, rows: Rows): SQL {
  const within = (date: SQL) =>
    sql.join(
      [
        ...(shape.since ? [sql`${date} >= ${p('since')}::timestamptz`] : []),
        sql`${date} < ${shape.until ? sql`${p('until')}::timestamptz` : sql`'infinity'`}`,
      ],
      sql` and `,
    );
  return listedByDate(shape) ? within(rows.listedAt) : itself(rows, within(sql`one.published_at`));
}

/**
 * Links to begin with: everything that matches is among them. Of the categories that an article must be under it is the
 * smallest, with its subtree where the filter widens. Null where only the articles themselves will do.
 */
export function links(shape: FilterShape): Links | null {
  if (isOne(shape)) return { table: FILED, several: sql`select ${theOne}`, one: theOne, driven: { all: true } };
  if (shape.all && !shape.descendants) {
    const one = requiredIds('[1]');
    return { table: FILED, several: sql`select ${one} as id`, one, driven: { all: true } };
  }
  if (shape.all === 1) return { table: FILED, several: sql`select id from required`, driven: { all: true } };
  if (shape.all) {
    const smallest = sql`(select root from needed order by ${size(sql`root`)} limit 1)`;
    return { table: FILED, several: sql`select id from required where root = ${smallest}`, driven: { all: true } };
  }
  if (shape.any) return { table: FILED, several: sql`select id from wanted`, driven: { any: true } };
  if (shape.authors) return { table: SIGNED, several: sql`select id from signing`, driven: { authors: true } };
  return null;
}

export interface Links {
  table: SQL;
  /** The ids of the categories (or authors) that they lead to. */
  several: SQL;
  /** The id, where it is one and known without looking. */
  one?: SQL;
  driven: Driven;
}

const FILED = sql`(select article_id, category_id as linked, listed_at from article_categories)`;
const SIGNED = sql`(select article_id, author_id as linked, listed_at from article_authors)`;

/**
 * The words of a search as PostgreSQL's query: websearch syntax, and the last word may be the beginning of one. As a
 * select, which is not looked into when a plan is made: where PostgreSQL sees that a word is common it reads all
 * documents instead of the index, and does not know that they lie outside their table, at ten times the cost.
 */
export const searchQuery = sql`(select websearch_to_tsquery('rubric', normalize_search_text(${p('other')}))
  || (plainto_tsquery('rubric', normalize_search_text(${p('plain')})) && websearch_to_tsquery('rubric', normalize_search_text(${p('head')}))
  && case when numnode(plainto_tsquery('rubric', normalize_search_text(${p('last')}))) > 0
    then (plainto_tsquery('rubric', normalize_search_text(${p('last')}))::text || ':*')::tsquery else ''::tsquery end))`;

/** The condition that a row has the words of the search. */
export const worded = (rows: Rows) =>
  exists(
    rows,
    sql`select from article_search as text where text.article_id = ${rows.id} and text.document @@ ${searchQuery}`,
  );

/** The parts of a filter that a source of rows has seen to; of `all`, the first that is required. */
export type Driven = Partial<Record<'all' | 'any' | 'authors' | 'published' | 'dates' | 'words', boolean>>;

/** The condition that a row matches the whole filter, but for the parts that are driven. */
export function matches(shape: FilterShape, rows: Rows, driven: Driven = {}): SQL {
  const conditions = driven.published
    ? [sql`true`]
    : [sql`(${sql.join(shape.statuses.map(inStatus(shape, rows)), sql` or `)})`];
  conditions.push(...underAll(shape, rows, driven.all ?? false));
  if (shape.any && !driven.any) conditions.push(filed(rows, sql`wanted`));
  if (shape.none) conditions.push(sql`not ${filed(rows, sql`refused`)}`);
  if (shape.authors && !driven.authors) conditions.push(signed(rows));
  if ((shape.since || shape.until) && !driven.dates) conditions.push(dated(shape, rows));
  if (shape.words && !driven.words) conditions.push(worded(rows));
  return sql.join(conditions, sql` and `);
}
