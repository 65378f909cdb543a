import { type SQL, sql } from 'drizzle-orm';
import { isFromGiven } from './filters.ts';
import { rankDirection, rowLimit, rowOffset } from './keyset.queries.ts';
import type { ListShape, RankPart } from './list-shape.ts';
import { LINKS, matches, perRowProbe } from './predicates.queries.ts';
import { isManual, rankCategoryId } from './rank-order.queries.ts';
import { publicationSort } from './sorts.queries.ts';

/**
 * Pages by rank, as SQL fragments. There are two walks: over the ranked links in the order of their index, and over the
 * list by publication without the ranked articles. The second one starts if the first does not fill the page. It skips the
 * ranked articles one by one, at 1.5 µs each.
 */

const p = sql.placeholder;

/**
 * The first ranked links that match, after the cursor. A row comparison of (category_id, rank) was slower: for the highest
 * category id PostgreSQL expected one row, and read all 12,000 links of the category by another index.
 */
function selectRanked(shape: ListShape): SQL {
  const direction = rankDirection(shape);
  const hasCursor = shape.hasCursor && shape.cursorPart === 'ranked';
  const after = sql`and link.rank ${direction === 'asc' ? sql`>` : sql`<`} ${p('key')}::text`;
  const isGiven = isFromGiven(shape) ? sql`link.article_id in (select id from given_articles)` : sql`true`;
  return sql`select link.article_id as id from article_categories as link
    where link.category_id = ${rankCategoryId(shape)} and link.rank is not null ${hasCursor ? after : sql``} and ${isGiven}
    and ${matches(shape, perRowProbe(LINKS), { firstRequired: shape.allCount === 1 })}
    order by link.rank ${sql.raw(direction)} limit ${rowLimit(shape)}`;
}

/** The parts of a list in the direction of travel, without those before the cursor. */
function partsOf({ isDescending, cursorPart, isRankIfManual }: ListShape): RankPart[] {
  const parts: RankPart[] = isDescending ? ['ranked', 'unranked'] : ['unranked', 'ranked'];
  return [...parts.slice(cursorPart === parts[1] ? 1 : 0), ...(isRankIfManual ? ['newest' as const] : [])];
}

/**
 * @param pageOf the common table expressions of a list in another order, the last of which is `page`
 * @returns those of the list by rank
 */
export function rankPageCtes(shape: ListShape, pageOf: (shape: ListShape) => SQL[]): SQL[] {
  const parts = partsOf(shape);
  const selectPart = (part: RankPart) => {
    if (part === 'ranked') return selectRanked(shape);
    const hasCursor = shape.hasCursor && shape.cursorPart === part;
    const ctes = pageOf({ ...shape, sort: publicationSort(shape), rankPart: part, hasCursor });
    return sql`with ${sql.join(ctes, sql`, `)} select id from page`;
  };
  const numbered = parts.map(
    (part, index) => sql`select id, ${sql.raw(String(index))} as part, row_number() over () as n from ${rowsOf(part)}
      where ${isWanted(shape, parts, index)}`,
  );
  return [
    ...parts.map((part) => sql`${rowsOf(part)} as (${selectPart(part)})`),
    sql`page as (select id from (${sql.join(numbered, sql` union all `)}) as parts order by part, n
      limit ${rowLimit(shape)} ${rowOffset(shape)})`,
  ];
}

const rowsOf = (part: RankPart) => sql.raw(`${part}_rows`);

/**
 * Whether a part is read: it belongs to the ordering of the category, and the second part only if the first leaves room.
 */
function isWanted(shape: ListShape, parts: RankPart[], index: number): SQL {
  if (parts[index] === 'newest') return sql`not ${isManual}`;
  const first = parts[0] as RankPart;
  const hasRoom = index === 0 ? sql`true` : sql`(select count(*) from ${rowsOf(first)}) < ${rowLimit(shape)}`;
  return shape.isRankIfManual ? sql`${isManual} and ${hasRoom}` : hasRoom;
}
