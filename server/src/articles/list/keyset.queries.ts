import { type SQL, sql } from 'drizzle-orm';
import { keysetCondition } from '../../pagination/keyset-condition.queries.ts';
import { canContainUndated, isPublishedOnly, isPublishedWithOnly } from './filters.ts';
import type { ListShape } from './list-shape.ts';
import { type CandidateRows, hasListedAtRange, type SatisfiedBySource } from './predicates.queries.ts';
import { type ArticleColumns, cursorKey, publicationSort, sortKey } from './sorts.queries.ts';

/** The order of a list, and the range of rows in which a page lies, as fragments of SQL. */

const p = sql.placeholder;

const cursorId = sql`${p('id')}::bigint`;

export const direction = ({ isDescending }: ListShape) => (isDescending ? 'desc' : 'asc');

const orderTerms = (shape: ListShape, key: SQL, id: SQL) =>
  sql`${key} ${sql.raw(direction(shape))}, ${id} ${sql.raw(direction(shape))}`;
export const orderBy = (shape: ListShape, key: SQL, id: SQL) => sql`order by ${orderTerms(shape, key, id)}`;

/** The direction in which ranks are walked: the opposite of that by publication. */
export const rankDirection = ({ isDescending }: ListShape) => (isDescending ? 'asc' : 'desc');

/** The order of the rows of a page, without `order by`. By rank, the keys of all rows can be equal. */
export function pageOrder(shape: ListShape, t: ArticleColumns): SQL {
  const order = orderTerms(
    shape,
    sortKey(shape.sort === 'rank' ? { ...shape, sort: publicationSort(shape) } : shape, t),
    sql`${t.id}`,
  );
  return shape.sort === 'rank' ? sql`${sortKey(shape, t)} ${sql.raw(rankDirection(shape))}, ${order}` : order;
}

/** The limit of a step of the statement; in a numbered page it includes the rows that the offset skips. */
export const rowLimit = ({ hasOffset, maxRows }: ListShape) =>
  hasOffset ? sql`(${p('fetch')}::int + ${p('offset')}::int)` : sql.raw(String(maxRows));
/**
 * The offset of a step of the statement. A part of a list by rank has none: the rows to skip are counted over both parts.
 */
export const rowOffset = ({ hasOffset, rankPart }: ListShape) =>
  hasOffset && rankPart === null ? sql`offset ${p('offset')}::int` : sql``;

/** The condition that a row lies after the cursor, in any order except by publication. */
export const afterCursor = (shape: ListShape, key: SQL, id: SQL): SQL =>
  shape.hasCursor ? keysetCondition([key, id], [cursorKey(shape), cursorId], direction(shape)) : sql`true`;

/** The first time in the future: times are whole milliseconds. */
const NEXT_MILLISECOND = sql`date_trunc('milliseconds', now()) + interval '1 millisecond'`;

/**
 * Returns the first `listed_at` that a list can contain, and the first one after its last; undefined without such a bound.
 */
function listedAtBounds(shape: ListShape): { lower: SQL | undefined; upper: SQL | undefined } {
  const hasRange = hasListedAtRange(shape);
  const rankCutoff = sql`${p('rankCutoff')}::timestamptz`;
  const lowerBounds = [
    ...(hasRange && shape.hasSince ? [sql`${p('since')}::timestamptz`] : []),
    ...(shape.relevancePart === 'ranked' ? [rankCutoff] : []),
  ];
  const upperBounds = [
    ...(isPublishedOnly(shape)
      ? [NEXT_MILLISECOND]
      : hasRange || !canContainUndated(shape)
        ? [sql`'infinity'::timestamptz`]
        : []),
    ...(hasRange && shape.hasUntil ? [sql`${p('until')}::timestamptz`] : []),
    ...(shape.relevancePart === 'unranked' ? [rankCutoff] : []),
  ];
  return {
    lower: lowerBounds.length > 0 ? sql`greatest(${sql.join(lowerBounds, sql`, `)})` : undefined,
    upper: upperBounds.length > 0 ? sql`least(${sql.join(upperBounds, sql`, `)})` : undefined,
  };
}

/**
 * Returns the condition for the range of `listed_at` in which a page lies, a range of one index. The first page of
 * published articles, newest first, starts at the current time and not at the newest row, so that a scheduled article
 * appears on time without a write. The start of the range is a single row comparison: given a second condition, PostgreSQL
 * can start the scan there instead, and read every scheduled article or all pages before this one.
 */
export function listedAtRange(shape: ListShape, { id, listedAt }: CandidateRows): SQL {
  const { lower, upper } = listedAtBounds(shape);
  const conditions = [sql`true`];
  const start = rangeStart(shape, shape.isDescending ? upper : lower);
  if (start) conditions.push(keysetCondition([listedAt, id], start, direction(shape)));
  if (shape.isDescending && lower) conditions.push(sql`${listedAt} >= ${lower}`);
  if (!shape.isDescending && upper) conditions.push(sql`${listedAt} < ${upper}`);
  return sql.join(conditions, sql` and `);
}

/**
 * The position after which the range starts: the cursor, or the bound if the cursor lies outside it. Ids start at 1, so that
 * the id 0 excludes rows at the upper bound and includes those at the lower one.
 */
function rangeStart(shape: ListShape, bound: SQL | undefined): SQL[] | undefined {
  const key = cursorKey(shape);
  if (!shape.hasCursor) return bound && [bound, sql`0`];
  if (!bound) return [key, cursorId];
  const [nearest, isInside] = shape.isDescending ? [sql`least`, sql`<`] : [sql`greatest`, sql`>=`];
  return [sql`${nearest}(${key}, ${bound})`, sql`case when ${key} ${isInside} ${bound} then ${cursorId} else 0 end`];
}

/**
 * Whether a page by rank needs neither to skip ranked articles one by one nor to test their dates. A category can have
 * many.
 */
const isCheapByRank = ({ sort, cursorPart, hasSince, hasUntil }: ListShape) =>
  sort === 'rank' && cursorPart !== 'unranked' && !hasSince && !hasUntil;

/** Whether a page is the start of one index range (by rank: of two) for any values, so that its cost is bounded. */
export const isSingleIndexRange = (shape: ListShape): boolean =>
  (shape.sort === 'publishedAt' || isCheapByRank(shape)) &&
  !shape.hasOffset &&
  isPublishedWithOnly(shape, 'allCount', 'hasSince', 'hasUntil') &&
  (shape.allCount === 0 || (shape.allCount === 1 && !shape.hasDescendants));

/** The conditions of a filter that `listedAtRange` satisfies. */
export const satisfiedByRange = (shape: ListShape): SatisfiedBySource => ({
  status: isPublishedOnly(shape),
  dates: hasListedAtRange(shape),
});
