import { type SQL, sql } from 'drizzle-orm';
import { articles } from '../../database/schema/content.ts';
import { named } from './filter-ctes.queries.ts';
import { MANY } from './filters.ts';
import {
  beyond,
  enough,
  inOrder,
  type ListShape,
  range,
  ranged,
  type Source,
  skipped,
  sortKey,
  source,
} from './keyset.queries.ts';
import { ARTICLES, among, inTurn, LINKS, type Links, links, matches, worded } from './predicates.queries.ts';
import { isCommon, pageOfRanked, pageOfSearch } from './text-search.queries.ts';

/** Which articles are on a page, as fragments of SQL: the way there that does not grow. */

const p = sql.placeholder;

/** Of a search, a list is walked where its words are common. */
const isWalked = ({ words }: ListShape) => (words ? isCommon : sql`true`);

const limited = (shape: ListShape, from: SQL) =>
  sql`${sql.raw(shape.words ? 'walked' : 'page')} as (${from} limit ${enough(shape)} ${skipped(shape)})`;

/** By publication, the rows of one source that lie in the range and match: one range of an index, at any depth. */
function ordered(shape: ListShape, { from, rows, driven }: Source): SQL {
  return sql`select ${rows.id} as id, ${rows.listedAt} as listed_at from ${from} and ${isWalked(shape)} and ${range(shape, rows)}
    and ${matches(shape, inTurn(rows), driven)} ${inOrder(shape, rows.listedAt, rows.id)}`;
}

/**
 * By publication, among the links of several categories or authors: the newest of each, merged. Where they are many, a
 * third of the publication may be among them and the page full after a look at a few of the newest articles, so that
 * comes first, with a limit: at its worst it adds a quarter to the merge (a subtree of 100 categories among 1,000,000
 * articles: 0.6 ms where the look suffices, 1 to 3 ms merged).
 */
function pageOfSeveral(shape: ListShape, { table, several, driven }: Links): SQL[] {
  const order = inOrder(shape, sql`listed_at`, sql`id`);
  const tops = sql`select distinct top.id, top.listed_at from several cross join lateral (
      ${ordered(shape, { from: sql`${table} as link where link.linked = several.id`, rows: LINKS, driven: { ...driven, ...ranged(shape) } })} limit ${enough(shape)}
    ) as top`;
  if (!shape.many) return [sql`several as materialized (${several})`, limited(shape, sql`${tops} ${order}`)];
  const newest = sql`select id, listed_at from articles where ${isWalked(shape)} and ${range(shape, ARTICLES)} ${order}
    limit (select case when count(*) < ${sql.raw(String(MANY))} then 0 else count(*) * ${enough(shape)} / 4 end from several)`;
  return [
    sql`several as materialized (${several})`,
    sql`look as materialized (
      select id, listed_at from (${newest}) as articles
      where exists (select from ${table} as probe where probe.article_id = articles.id and ${among(inTurn(ARTICLES), sql`probe.linked`, sql`several`)} offset 0)
      and ${matches(shape, inTurn(ARTICLES), { ...driven, ...ranged(shape) })} ${order} limit ${enough(shape)})`,
    sql`merged as materialized (${tops} where (select count(*) from look) < ${enough(shape)})`,
    limited(
      shape,
      sql`select id, listed_at from (
      select * from look where (select count(*) from look) >= ${enough(shape)} union all select * from merged
    ) as found ${order}`,
    ),
  ];
}

/**
 * In another order PostgreSQL sees the values and chooses between an index in that order and the matches, sorted. Words
 * are asked for in turn: it would take them for rare.
 */
function inOtherOrder(shape: ListShape): SQL {
  const key = sortKey(shape, articles);
  return sql`select articles.id from articles where ${isWalked(shape)} and ${matches(shape, ARTICLES, { words: true })}
    ${shape.words ? sql`and ${worded(inTurn(ARTICLES))}` : sql``} and ${beyond(shape, key, sql`articles.id`)}
    ${inOrder(shape, key, sql`articles.id`)}`;
}

function pageOfArticles(shape: ListShape): SQL[] {
  if (shape.sort !== 'publishedAt') return [limited(shape, inOtherOrder(shape))];
  const through = links(shape);
  if (through && !through.one) return pageOfSeveral(shape, through);
  return [limited(shape, ordered(shape, source(shape)))];
}

const stepsOf = (shape: ListShape): SQL[] =>
  shape.sort === 'relevance'
    ? pageOfRanked(shape)
    : shape.words
      ? pageOfSearch(shape, pageOfArticles(shape))
      : pageOfArticles(shape);

/** The ids of a page, one more than its limit. */
export const page = (shape: ListShape): SQL =>
  sql`with ${sql.join([...named(shape), ...stepsOf(shape)], sql`, `)} select id from page limit ${p('fetch')}`;
