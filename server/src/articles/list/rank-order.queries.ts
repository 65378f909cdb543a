import { type SQL, sql } from 'drizzle-orm';
import { existingIds, singleCategoryId } from './filter-ctes.queries.ts';
import type { ListShape } from './list-shape.ts';
import { UNRANKED } from './rank-position.ts';

/** The ranks of articles in the category of a list by rank, as SQL fragments. */

/** The category of the path, or the only one that the filter names. */
export const rankCategoryId = ({ allCount, hasSlugs }: ListShape) =>
  allCount === 1 && hasSlugs ? sql`(select id from (${existingIds('categories', 'all')}) as given)` : singleCategoryId;

/** Whether the ordering of the category is `manual`; null if it does not exist. */
export const isManual = sql`(select ordering = 'manual' from categories where id = ${singleCategoryId})`;

/** The sort key of articles without a rank in a manual category; null in another. */
export const unrankedKey = (isCategoryManual: SQL) =>
  sql<string | null>`case when ${isCategoryManual} then ${sql.raw(`'${UNRANKED}'`)} end`;

/** Selected with each row of a list by publication: tells that the category is manual. */
export const manualMark = unrankedKey(isManual);

const linkOf = (shape: ListShape, articleId: SQL) => sql`article_categories as ranked_link
  where ranked_link.article_id = ${articleId} and ranked_link.category_id = ${rankCategoryId(shape)}`;

/** The rank of an article, or the mark of articles without one; null in a list whose category is not manual. */
export function rankKey(shape: ListShape, articleId: SQL): SQL {
  const rank = sql`coalesce((select rank from ${linkOf(shape, articleId)}), ${sql.raw(`'${UNRANKED}'`)})`;
  return shape.isRankIfManual ? sql`case when ${isManual} then ${rank} end` : rank;
}

/** The condition that an article has no rank. Tested for each row: a category can have many links. */
export const hasNoRank = (shape: ListShape, articleId: SQL) =>
  sql`not exists (select from ${linkOf(shape, articleId)} and ranked_link.rank is not null offset 0)`;
