import { type SQL, sql } from 'drizzle-orm';
import { keysetCondition } from '../../pagination/keyset-condition.queries.ts';
import { rankDirection, rowLimit } from './keyset.queries.ts';
import type { ListShape, RankPart } from './list-shape.ts';
import { LINKS, matches, perRowProbe } from './predicates.queries.ts';
import { isManual, rankedLinks } from './rank-order.queries.ts';
import { publicationSort } from './sorts.queries.ts';

/**
 * Pages by rank, as fragments of SQL: two walks, of the ranked links in the order of their index, and of the list by
 * publication without these. The second one begins where the first does not fill the page. It skips the ranked articles
 * one by one, which takes 1 µs for each.
 */

const p = sql.placeholder;

/** The first of the ranked links that match, after the cursor. */
function selectRanked(shape: ListShape): SQL {
  const direction = rankDirection(shape);
  const hasCursor = shape.hasCursor && shape.cursorPart === 'ranked';
  const afterCursor = hasCursor ? keysetCondition([sql`link.rank`], [sql`${p('key')}::text`], direction) : sql`true`;
  const isGiven = shape.hasIds ? sql`link.article_id = any(${p('articleIds')}::bigint[])` : sql`true`;
  return sql`select link.article_id as id from ${rankedLinks(shape)} and ${afterCursor} and ${isGiven}
    and ${matches(shape, perRowProbe(LINKS), { firstRequired: shape.allCount === 1 })}
    order by link.rank ${sql.raw(direction)} limit ${rowLimit(shape)}`;
}

/** The parts of a list in the direction of travel, without those before the cursor. */
function partsOf({ isDescending, cursorPart, isRankIfManual }: ListShape): RankPart[] {
  const parts: RankPart[] = isDescending ? ['ranked', 'unranked'] : ['unranked', 'ranked'];
  return [...parts.slice(cursorPart === parts[1] ? 1 : 0), ...(isRankIfManual ? ['newest' as const] : [])];
}

const nameOf = (part: RankPart) => sql.raw(`${part}_rows`);

/**
 * @param pageOf the common table expressions of a list in another order, the last of which is `page`
 * @returns those of the list by rank. Their `page` can have more rows than the page, unless it is a numbered one: the
 * statement around it sorts them
 */
export function rankPageCtes(shape: ListShape, pageOf: (shape: ListShape) => SQL[]): SQL[] {
  const parts = partsOf(shape);
  const selectPart = (part: RankPart) => {
    if (part === 'ranked') return selectRanked(shape);
    const hasCursor = shape.hasCursor && shape.cursorPart === part;
    const ctes = pageOf({ ...shape, sort: publicationSort(shape), rankPart: part, hasCursor });
    return sql`with ${sql.join(ctes, sql`, `)} select id from page`;
  };
  const condition = (part: RankPart, index: number) => {
    if (part === 'newest') return sql`not ${isManual}`;
    const isNeeded =
      index === 0 ? sql`true` : sql`(select count(*) from ${nameOf(parts[0] as RankPart)}) < ${rowLimit(shape)}`;
    return shape.isRankIfManual ? sql`${isManual} and ${isNeeded}` : isNeeded;
  };
  const rows = parts.map(
    (part, index) =>
      sql`select id, ${sql.raw(String(index))} as part, row_number() over () as n from ${nameOf(part)} where ${condition(part, index)}`,
  );
  const all = sql.join(rows, sql` union all `);
  const page = shape.hasOffset
    ? sql`select id from (${all}) as parts order by part, n limit ${p('fetch')} offset ${p('offset')}::int`
    : sql`select id from (${all}) as parts`;
  return [...parts.map((part) => sql`${nameOf(part)} as (${selectPart(part)})`), sql`page as (${page})`];
}
