import { type SQL, sql } from 'drizzle-orm';
import { articles } from '../database/tables.ts';
import { type FilterShape, MANY } from './article-filter.ts';
import {
  ARTICLES,
  among,
  type Driven,
  inTurn,
  LINKS,
  links,
  listedByDate,
  matches,
  type Rows,
  searchQuery,
} from './article-matches.queries.ts';
import { named } from './article-names.queries.ts';

/** Which articles are on a page, as fragments of SQL: where it begins, and the way there that does not grow. */

const p = sql.placeholder;

/** What kind of list it is: there is one statement for each. */
export interface ListShape extends FilterShape {
  sort: 'publishedAt' | 'title' | 'updatedAt' | 'relevance';
  /** The direction of travel: that of the sort, or the other one to go back. */
  down: boolean;
  /** Begins at a cursor. */
  started: boolean;
  numbered: boolean;
  content: boolean;
  /** The most rows that it fetches, as a literal: PostgreSQL plans for it, and for a tenth of a table otherwise. */
  most: 21 | 101;
}

/** A search that matches at most so many articles begins with them; one that matches more walks the list and looks. */
const FEW = sql.raw('10000');
type Articles = Pick<typeof articles, 'id' | 'title' | 'updatedAt' | 'listedAt'>;

/** What a list is sorted by. Each but relevance has an index with the id behind it. */
export const sortKey = (shape: ListShape, t: Articles): SQL =>
  ({
    publishedAt: sql`${t.listedAt}`,
    title: sql`${t.title} collate "und-x-icu"`,
    updatedAt: sql`${t.updatedAt}`,
    relevance: sql`(select ts_rank(found.document, ${searchQuery}) from article_search as found where found.article_id = ${t.id})`,
  })[shape.sort];

const cursorKey = (shape: ListShape) =>
  sql`${p('key')}::${sql.raw({ publishedAt: 'timestamptz', title: 'text', updatedAt: 'timestamptz', relevance: 'real' }[shape.sort])}`;

export const direction = ({ down }: ListShape) => sql.raw(down ? 'desc' : 'asc');
const enough = ({ numbered, most }: ListShape) =>
  numbered ? sql`(${p('fetch')}::int + ${p('offset')}::int)` : sql.raw(String(most));
const skipped = ({ numbered }: ListShape) => (numbered ? sql`offset ${p('offset')}::int` : sql``);
export const onlyPublished = ({ statuses }: FilterShape) => statuses.length === 1 && statuses[0] === 'published';

const pageName = ({ words }: ListShape) => sql.raw(words ? 'walked' : 'page');

/** The first instant that is yet to come: times are whole milliseconds. */
const SOON = sql`date_trunc('milliseconds', now()) + interval '1 millisecond'`;

/** The first instant that a list may hold, and the first beyond it; undefined where there is no such bound. */
function boundsOf(shape: ListShape): { floor: SQL | undefined; ceiling: SQL | undefined } {
  const dated = listedByDate(shape);
  const ends = [
    ...(onlyPublished(shape) ? [SOON] : []),
    ...(dated ? [shape.until ? sql`${p('until')}::timestamptz` : sql`'infinity'::timestamptz`] : []),
  ];
  return {
    floor: dated && shape.since ? sql`${p('since')}::timestamptz` : undefined,
    ceiling: ends.length > 0 ? sql`least(${sql.join(ends, sql`, `)})` : undefined,
  };
}

/**
 * The range of rows by publication in which a page lies, for one index. Downwards the first page of published articles
 * starts from now and not from the newest row, so that a scheduled article appears by itself, on time. All that says
 * where to start is in one row comparison: given a second condition, PostgreSQL may start there, and walk every scheduled
 * row or all the pages before this one.
 */
function range(shape: ListShape, { id, listedAt }: Rows): SQL {
  const { floor, ceiling } = boundsOf(shape);
  const [key, from] = [cursorKey(shape), sql`${p('id')}::bigint`];
  const [bound, nearest, inside, past] = shape.down
    ? [ceiling, sql.raw('least'), sql.raw('<'), sql.raw('<')]
    : [floor, sql.raw('greatest'), sql.raw('>='), sql.raw('>')];
  const conditions = [sql`true`];
  if (shape.started && bound) {
    const place = sql`${nearest}(${key}, ${bound}), case when ${key} ${inside} ${bound} then ${from} else 0 end`;
    conditions.push(sql`(${listedAt}, ${id}) ${past} (${place})`);
  } else if (shape.started || bound) {
    conditions.push(sql`(${listedAt}, ${id}) ${past} (${shape.started ? sql`${key}, ${from}` : sql`${bound}, 0`})`);
  }
  if (shape.down && floor) conditions.push(sql`${listedAt} >= ${floor}`);
  if (!shape.down && ceiling) conditions.push(sql`${listedAt} < ${ceiling}`);
  return sql.join(conditions, sql` and `);
}

/** Is the page the first rows of a range of one index, whatever the values? Then it is there in a moment. */
export const isOneRange = (shape: ListShape): boolean =>
  shape.sort === 'publishedAt' &&
  onlyPublished(shape) &&
  !(shape.numbered || shape.words || shape.any || shape.none || shape.authors) &&
  (shape.all === 0 || (shape.all === 1 && !shape.descendants));

/** What of the filter a range has seen to. */
const ranged = (shape: ListShape): Driven => ({ published: onlyPublished(shape), dates: listedByDate(shape) });

/**
 * A rare word is nowhere near the top of a list, and a common one is everywhere: walking would read everything for the
 * one, and so would an index of words for the other. So the index of words is asked first, for a limited number.
 */
const isWalked = ({ words }: ListShape) => (words ? sql`(select common from frequency)` : sql`true`);

function pageOfFew(shape: ListShape): SQL[] {
  const byDate = shape.sort === 'publishedAt';
  const key = sortKey(shape, articles);
  return [
    sql`few as (select articles.id from found join articles on articles.id = found.article_id
      where not (select common from frequency) and ${byDate ? range(shape, ARTICLES) : beyond(shape)}
      and ${matches(shape, inTurn(ARTICLES), { words: true, ...(byDate && ranged(shape)) })}
      order by ${key} ${direction(shape)}, articles.id ${direction(shape)} limit ${enough(shape)} ${skipped(shape)})`,
    sql`page as (select id from few union all select id from walked)`,
  ];
}

const foundByWords = [
  sql`found as materialized (select article_id from article_search where document @@ ${searchQuery} limit ${FEW} + 1)`,
  sql`frequency as materialized (select count(*) > ${FEW} as common from found)`,
];

/** The rows of one source, in the order of publication, that lie in the range and match. */
function ordered(shape: ListShape, from: SQL, rows: Rows, driven: Driven): SQL {
  return sql`select ${rows.id} as id, ${rows.listedAt} as listed_at from ${from} and ${isWalked(shape)} and ${range(shape, rows)}
    and ${matches(shape, inTurn(rows), { ...driven, ...ranged(shape) })}
    order by ${rows.listedAt} ${direction(shape)}, ${rows.id} ${direction(shape)}`;
}

/**
 * By publication, among the links of one category or author: one range of an index, at any depth. Among those of
 * several: the newest of each, merged. Where they are many, a third of the publication may be among them and the page
 * full after a look at a few of the newest articles, so that comes first, with a limit: at its worst it adds a quarter
 * to the merge (a subtree of 100 categories among 1,000,000 articles: 0.6 ms where the look suffices, 1 to 3 ms merged).
 */
function pageOfLinks(shape: ListShape, { table, several, one, driven }: NonNullable<ReturnType<typeof links>>): SQL[] {
  const limited = (from: SQL) => sql`${pageName(shape)} as (${from} limit ${enough(shape)} ${skipped(shape)})`;
  if (one) return [limited(ordered(shape, sql`${table} as link where link.linked = ${one}`, LINKS, driven))];
  const order = sql`order by listed_at ${direction(shape)}, id ${direction(shape)}`;
  const tops = sql`select distinct top.id, top.listed_at from several cross join lateral (
      ${ordered(shape, sql`${table} as link where link.linked = several.id`, LINKS, driven)} limit ${enough(shape)}
    ) as top`;
  if (!shape.many) return [sql`several as materialized (${several})`, limited(sql`${tops} ${order}`)];
  const newest = sql`select id, listed_at from articles where ${isWalked(shape)} and ${range(shape, ARTICLES)} ${order}
    limit (select case when count(*) < ${sql.raw(String(MANY))} then 0 else count(*) * ${enough(shape)} / 4 end from several)`;
  return [
    sql`several as materialized (${several})`,
    sql`look as materialized (
      select id, listed_at from (${newest}) as articles
      where exists (select from ${table} as probe where probe.article_id = articles.id and ${among(inTurn(ARTICLES), sql`probe.linked`, sql`several`)} offset 0)
      and ${matches(shape, inTurn(ARTICLES), { ...driven, ...ranged(shape) })} ${order} limit ${enough(shape)})`,
    sql`merged as materialized (${tops} where (select count(*) from look) < ${enough(shape)})`,
    limited(sql`select id, listed_at from (
      select * from look where (select count(*) from look) >= ${enough(shape)} union all select * from merged
    ) as found ${order}`),
  ];
}

/** Beyond the cursor, in any other order than by publication. */
function beyond(shape: ListShape): SQL {
  if (!shape.started) return sql`true`;
  const operator = sql.raw(shape.down ? '<' : '>');
  return sql`(${sortKey(shape, articles)}, articles.id) ${operator} (${cursorKey(shape)}, ${p('id')}::bigint)`;
}

/** Nothing but a caller's own: one range of the index of owners, however many drafts others have. */
const isOwn = ({ sees, statuses }: ListShape) => sees === 'own' && !statuses.includes('published');

/** By anything else: PostgreSQL sees the values and chooses between an index in that order and the matches, sorted. */
function pageOfArticles(shape: ListShape): SQL[] {
  const key = sortKey(shape, articles);
  const from =
    shape.sort === 'publishedAt'
      ? ordered(
          shape,
          isOwn(shape) ? sql`articles where owner_id = ${p('owner')}::bigint` : sql`articles where true`,
          ARTICLES,
          {},
        )
      : sql`select articles.id from articles where ${isWalked(shape)} and ${matches(shape, ARTICLES)} and ${beyond(shape)}
          order by ${key} ${direction(shape)}, articles.id ${direction(shape)}`;
  return [sql`${pageName(shape)} as (${from} limit ${enough(shape)} ${skipped(shape)})`];
}

/** The ids of a page, one more than its limit. */
export function page(shape: ListShape): SQL {
  const through = shape.sort === 'publishedAt' ? links(shape) : null;
  const steps = [
    ...named(shape),
    ...(shape.words ? foundByWords : []),
    ...(through ? pageOfLinks(shape, through) : pageOfArticles(shape)),
    ...(shape.words ? pageOfFew(shape) : []),
  ];
  return sql`with ${sql.join(steps, sql`, `)} select id from page limit ${p('fetch')}`;
}
