import { type SQL, sql } from 'drizzle-orm';
import { articles } from '../../database/schema/content.ts';
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
import { ARTICLES, inTurn, LINKS, links, matches, searchQuery, worded } from './predicates.queries.ts';

/**
 * Pages of a search, as fragments of SQL. A rare word is nowhere near the top of a list and a common one is everywhere:
 * walking the list would read everything for the one, and so would the index of words for the other. So there are three
 * steps: a look at the first rows of the list, short or, where a few of them match, longer; then the index of words, for
 * a limited number of articles; then, where more have them, the walk, in which each row is asked.
 */

/** Words are rare that no more articles have. */
const FEW = sql.raw('10000');
/** By relevance, where they are not, so many of the newest rows of a list are ranked. */
const RANKED = FEW;
/** The bound of both on later pages: more may have been published since the first, and a cursor may be forged. */
const MOST = sql.raw('20000');
/** How many rows are looked at first: 1 to 2 ms, in vain where the words are rare. */
const GLANCE = sql.raw('500');
/** So many of these have to match for a look at more, which is likely to fill the page sooner than the index of words. */
const SOME = sql.raw('3');
const LOOK = sql.raw('4000');

const found = (most: SQL, unless = sql``) =>
  sql`found as materialized (select article_id from article_search where document @@ ${searchQuery} ${unless} limit ${most})`;

/** Asks the index of words for no more than tells whether they are rare. */
const frequency = (unless: SQL) => [
  found(sql`${FEW} + 1`, sql`and not ${unless}`),
  sql`frequency as materialized (select count(*) > ${FEW} as common from found)`,
];
export const isCommon = sql`(select common from frequency)`;

/** The first rows of a list, whether they match or not. */
function first(shape: ListShape, limit: SQL, { from, rows } = source(shape)): SQL {
  if (shape.sort !== 'publishedAt') {
    const key = sortKey(shape, articles);
    return sql`(select articles.* from articles where ${beyond(shape, key, sql`articles.id`)}
      ${inOrder(shape, key, sql`articles.id`)} limit ${limit}) as articles`;
  }
  return sql`(select ${rows.id} as id, ${rows.listedAt} as listed_at from ${from} and ${range(shape, rows)}
    ${inOrder(shape, rows.listedAt, rows.id)} limit ${limit}) as articles`;
}

const drivenOf = (shape: ListShape) => (shape.sort === 'publishedAt' ? source(shape).driven : {});

/** Those of the first rows that match, and whether they fill the page or are all that match. */
function look(shape: ListShape): SQL[] {
  const key = sortKey(shape, articles);
  const matching = (limit: SQL) =>
    sql`from ${first(shape, limit)} where ${matches(shape, inTurn(ARTICLES), drivenOf(shape))}`;
  const shorterThan = (rows: SQL) => sql`(select count(*) from ${first(shape, rows)}) < ${rows}`;
  return [
    sql`glance as materialized (select ${shorterThan(GLANCE)} as complete,
      (select count(*) from (select ${matching(GLANCE)} limit ${SOME}) as hits) = ${SOME} as promising)`,
    sql`ahead as materialized (select articles.id, ${key} as key
      ${matching(sql`(select case when complete or promising then ${LOOK} else 0 end from glance)`)}
      ${inOrder(shape, key, sql`articles.id`)} limit ${enough(shape)})`,
    sql`verdict as materialized (select complete or promising
      and ((select count(*) from ahead) >= ${enough(shape)} or ${shorterThan(LOOK)}) as done from glance)`,
  ];
}

/** The page, around `walked`, which finds it where the words are common. */
export function pageOfSearch(shape: ListShape, walked: SQL[]): SQL[] {
  const key = sortKey(shape, articles);
  const byDate = shape.sort === 'publishedAt';
  const beyondCursor = byDate ? range(shape, ARTICLES) : beyond(shape, key, sql`articles.id`);
  return [
    ...look(shape),
    ...frequency(sql`(select done from verdict)`),
    ...walked,
    sql`few as (select articles.id from found join articles on articles.id = found.article_id
      where not ${isCommon} and ${beyondCursor} and ${matches(shape, inTurn(ARTICLES), { words: true, ...(byDate && ranged(shape)) })}
      ${inOrder(shape, key, sql`articles.id`)} limit ${enough(shape)} ${skipped(shape)})`,
    sql`page as ((select id from ahead where (select done from verdict) ${inOrder(shape, sql`key`, sql`id`)} ${skipped(shape)})
      union all select id from few union all select id from walked)`,
  ];
}

/** From the start of a list, by publication. */
const newestOf = (shape: ListShape): ListShape => ({ ...shape, sort: 'publishedAt', down: true, started: false });

/**
 * Where the newest rows of a list come from. Not from the smallest of several categories, which may be another one on
 * the next page, with other rows above the border.
 */
function steadySource(shape: ListShape): Source {
  const through = shape.all > 1 ? links(shape) : null;
  if (!through?.one) return source(shape);
  const lowest = sql`(select min(id) from required cross join unnest(ids) as id)`;
  return { from: sql`${through.table} as link where link.linked = ${lowest}`, rows: LINKS, driven: ranged(shape) };
}

/** By relevance, what is ranked: all that has the words where they are rare, else the newest of the list that have them. */
function ranked(shape: ListShape): SQL {
  const rank = sortKey({ ...shape, sort: 'relevance' }, articles);
  if (shape.part === null) {
    return sql`${found(MOST)}, ranked as materialized (select articles.id, ${rank} as rank
      from found join articles on articles.id = found.article_id where ${matches(shape, inTurn(ARTICLES), { words: true })})`;
  }
  const newest = newestOf(shape);
  const steady = steadySource(newest);
  return sql`ranked as materialized (select articles.id, ${rank} as rank from ${first(newest, MOST, steady)}
    where ${matches(newest, inTurn(ARTICLES), steady.driven)})`;
}

export const pageOfRanked = (shape: ListShape): SQL[] => [
  ranked(shape),
  sql`page as (select id from ranked where ${beyond(shape, sql`rank`, sql`id`)}
    ${inOrder(shape, sql`rank`, sql`id`)} limit ${enough(shape)} ${skipped(shape)})`,
];

/** How many are ranked. */
export const countOfRanked = (shape: ListShape) => ({
  steps: [ranked(shape)],
  from: sql`select count(*) as count from ranked`,
});

/**
 * From which time on a list by relevance is ranked; null where all that has the words is, since they are rare. The index
 * of words need not be asked about a list that is short, nor about words that each of its first rows has.
 */
export function borderOf(shape: ListShape) {
  const newest = newestOf(shape);
  const from = steadySource(newest);
  return {
    steps: [
      sql`glance as materialized (select count(*) < ${GLANCE} or bool_and(has) as telling
        from (select ${worded(inTurn(ARTICLES))} as has from ${first(newest, GLANCE, from)}) as articles)`,
      ...frequency(sql`(select telling from glance)`),
    ],
    from: sql`select case when (select telling from glance) or ${isCommon} then coalesce(
        (select listed_at + interval '1 millisecond' from ${first(newest, sql`1 offset ${RANKED}`, from)}), '-infinity') end as border`,
  };
}
