import { sql } from 'drizzle-orm';
import { type Actor, setActor } from '../../database/actor.ts';
import type { Database } from '../../database/database.ts';

/** A link, by the category and the article. */
export interface RankedLink {
  categoryId: number;
  articleId: number;
}

/** A place before or after a ranked article; without either, before all. */
export interface RankTarget {
  before?: number | undefined;
  after?: number | undefined;
}

/** Locks the ranks of a category until the transaction ends: other moves wait. Nothing else takes this lock. */
export const lockRanks = (db: Database, categoryId: number) =>
  db.execute(sql`select pg_advisory_xact_lock(hashtext('rubric.ranks'), hashint8(${categoryId}))`);

/** Selects the lowest or highest rank of a category, ignoring the article itself. */
const otherRank = ({ categoryId, articleId }: RankedLink, which: 'min' | 'max', condition = sql`true`) =>
  sql`(select ${sql.raw(which)}(rank) from article_categories
    where category_id = ${categoryId} and rank is not null and article_id <> ${articleId} and ${condition})`;

/** Returns the ranks around a place: null for the start and the end. */
function bounds(link: RankedLink, { before, after }: RankTarget) {
  if (after !== undefined) return { previous: sql`anchor.rank`, next: otherRank(link, 'min', sql`rank > anchor.rank`) };
  return before === undefined
    ? { previous: sql`null`, next: otherRank(link, 'min') }
    : { previous: otherRank(link, 'max', sql`rank < anchor.rank`), next: sql`anchor.rank` };
}

/**
 * Finds the rank of an article in a category, and the ranks around its new place. `anchor` is the rank of the article that
 * the place is next to.
 *
 * @returns no row if the category contains no such live article
 */
export function findRankBounds(db: Database, link: RankedLink, place: RankTarget) {
  const { previous, next } = bounds(link, place);
  return db.execute<{ rank: string | null; anchor: string | null; previous: string | null; next: string | null }>(sql`
    select link.rank, anchor.rank as anchor, ${previous} as previous, ${next} as next
    from article_categories as link join articles on articles.id = link.article_id and articles.deleted_at is null
    left join article_categories as anchor
      on anchor.category_id = link.category_id and anchor.article_id = ${place.before ?? place.after ?? null}::bigint
    where link.category_id = ${link.categoryId} and link.article_id = ${link.articleId}`);
}

/** Sets or removes the rank of an article in a category. Writes nothing if it has that rank already. */
export const updateRank = (db: Database, actor: Actor, { categoryId, articleId }: RankedLink, rank: string | null) =>
  db.execute(sql`
    update article_categories set rank = ${rank}
    where category_id = ${categoryId} and article_id = ${articleId} and rank is distinct from ${rank} and ${setActor(actor)}`);

/** Lists the ranked articles of a category in order. */
export const listRanked = (db: Database, categoryId: number) =>
  db.execute<{ articleId: string }>(sql`
    select article_id as "articleId" from article_categories where category_id = ${categoryId} and rank is not null
    order by rank`);

/** Removes all ranks of a category. */
export const deleteRanks = (db: Database, actor: Actor, categoryId: number) =>
  db.execute(sql`update article_categories set rank = null
    where category_id = ${categoryId} and rank is not null and ${setActor(actor)}`);

/** Sets the ranks of articles of a category: `ranks` are those of `articleIds`, in the same order. */
export const updateRanks = (
  db: Database,
  categoryId: number,
  articleIds: readonly string[],
  ranks: readonly string[],
) =>
  db.execute(sql`update article_categories as link set rank = ranked.rank
    from unnest(${sql.param(articleIds)}::bigint[], ${sql.param(ranks)}::text[]) as ranked (article_id, rank)
    where link.category_id = ${categoryId} and link.article_id = ranked.article_id`);
