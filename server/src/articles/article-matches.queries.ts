import { type SQL, sql } from 'drizzle-orm';
import { seen } from './article-access.queries.ts';
import type { FilterShape } from './article-filter.ts';

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

/** The ids of the rows named by id or slug; those that do not exist are not among them. */
const resolved = (table: 'categories' | 'authors', names: string) => sql`
  select id from ${sql.identifier(table)} where id = any(${p(`${names}Ids`)}::bigint[])
  union select id from ${sql.identifier(table)} where slug = any(${p(`${names}Slugs`)}::text[])`;

/** Each category named, as `root`, with itself or, where the filter widens, each category of its subtree, as `id`. */
const members = (names: 'all' | 'any' | 'none', descendants: boolean) =>
  descendants
    ? sql`with recursive member as (
        select id as root, id from (${resolved('categories', names)}) as named
        union select member.root, c.id from member join categories as c on c.parent_id = member.id
      ) select root, id from member`
    : sql`select id as root, id from (${resolved('categories', names)}) as named`;

/**
 * The common table expressions that the conditions refer to. `needed` is how many categories an article must be under to
 * be under all; where a name is unknown that is none, so that nothing matches.
 */
export function named(shape: FilterShape): SQL[] {
  const { all, any, none, authors, descendants } = shape;
  return [
    ...(all && !isOne(shape)
      ? [
          sql`required as materialized (${members('all', descendants)})`,
          sql`needed as materialized (select count(distinct root) as roots from required where
            (select count(*) from categories where id = any(${p('allIds')}::bigint[]))
            + (select count(*) from categories where slug = any(${p('allSlugs')}::text[])) = ${p('allNames')}::int)`,
        ]
      : []),
    ...(any ? [sql`wanted as materialized (select distinct id from (${members('any', descendants)}) as member)`] : []),
    ...(none
      ? [sql`refused as materialized (select distinct id from (${members('none', descendants)}) as member)`]
      : []),
    ...(authors ? [sql`signing as materialized (${resolved('authors', 'authors')})`] : []),
  ];
}

/** `with …`, or nothing. */
export const withNamed = (expressions: SQL[]) =>
  expressions.length === 0 ? sql`` : sql`with ${sql.join(expressions, sql`, `)} `;

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

/** The id of the one category that is required, known without looking. */
export const theOne = sql`(${p('allIds')}::bigint[])[1]`;
const isOne = ({ one, descendants }: FilterShape) => one && !descendants;

const underTheOne = (rows: Rows) =>
  exists(
    rows,
    sql`select from article_categories as probe where probe.article_id = ${rows.id} and probe.category_id = ${theOne}`,
  );

const everyRequired = ({ id }: Rows) => sql`(select count(distinct required.root) from article_categories as probe
  join required on required.id = probe.category_id where probe.article_id = ${id})
  = (select nullif(roots, 0) from needed)`;

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
    : sql`(${STATUS[status](rows)} and ${itself(rows, seen({ id: sql`one.id`, ownerId: sql`one.owner_id` }))})`;

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

/** How many articles a category holds, roughly: it only decides where to begin. */
const size = sql`(select coalesce(max(direct), 0) from category_counts where category_id = root)`;

/**
 * Links to begin with: everything that matches is among them. Of the categories that an article must be under it is the
 * smallest, with its subtree where the filter widens. Null where only the articles themselves will do.
 */
export function links(shape: FilterShape): Links | null {
  if (isOne(shape)) return { table: FILED, several: sql`select ${theOne}`, one: theOne, driven: { all: true } };
  if (shape.all) {
    const smallest = sql`(select root from required, needed where roots > 0 group by root, roots order by ${size} limit 1)`;
    return { table: FILED, several: sql`select id from required where root = ${smallest}`, driven: { all: shape.one } };
  }
  if (shape.any) return { table: FILED, several: sql`select id from wanted`, driven: { any: true } };
  if (shape.authors) return { table: SIGNED, several: sql`select id from signing`, driven: { authors: true } };
  return null;
}

interface Links {
  table: SQL;
  /** The ids of the categories (or authors) that they lead to. */
  several: SQL;
  /** The id, where it is one and known without looking. */
  one?: SQL;
  driven: Driven;
}

const FILED = sql`(select article_id, category_id as linked, listed_at from article_categories)`;
const SIGNED = sql`(select article_id, author_id as linked, listed_at from article_authors)`;

/** The words of a search as PostgreSQL's query: websearch syntax, and the last word may be the beginning of one. */
export const searchQuery = sql`(websearch_to_tsquery('rubric', ${p('other')}) || (websearch_to_tsquery('rubric', ${p('head')})
  && case when numnode(plainto_tsquery('rubric', ${p('last')})) > 0
    then (plainto_tsquery('rubric', ${p('last')})::text || ':*')::tsquery else ''::tsquery end))`;

/** The parts of a filter that a source of rows has seen to. */
export type Driven = Partial<Record<'all' | 'any' | 'authors' | 'published' | 'dates' | 'words', boolean>>;

/** The condition that a row matches the whole filter, but for the parts that are driven. */
export function matches(shape: FilterShape, rows: Rows, driven: Driven = {}): SQL {
  const conditions = driven.published
    ? [sql`true`]
    : [sql`(${sql.join(shape.statuses.map(inStatus(shape, rows)), sql` or `)})`];
  if (shape.all && !driven.all) conditions.push(isOne(shape) ? underTheOne(rows) : everyRequired(rows));
  if (shape.any && !driven.any) conditions.push(filed(rows, sql`wanted`));
  if (shape.none) conditions.push(sql`not ${filed(rows, sql`refused`)}`);
  if (shape.authors && !driven.authors) conditions.push(signed(rows));
  if ((shape.since || shape.until) && !driven.dates) conditions.push(dated(shape, rows));
  if (shape.words && !driven.words) {
    const found = sql`select from article_search as text where text.article_id = ${rows.id} and text.document @@ ${searchQuery}`;
    conditions.push(exists(rows, found));
  }
  return sql.join(conditions, sql` and `);
}
