import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

export type { ReadScope } from './visibility.ts';

/** SQL conditions on the articles that a caller can read or change. `visibility.ts` has the values of the placeholders. */

const p = sql.placeholder;

interface ArticleColumns {
  id: SQLWrapper;
  ownerId: SQLWrapper;
  publishedAt: SQLWrapper;
}

const hasAllowedCategory = (articleId: SQLWrapper) => sql`exists (select from article_categories as link
  where link.article_id = ${articleId} and link.category_id = any(${p('allowedCategoryIds')}::bigint[]))`;
const hasOtherCategory = (articleId: SQLWrapper) => sql`exists (select from article_categories as link
  where link.article_id = ${articleId} and link.category_id <> all(${p('allowedCategoryIds')}::bigint[]))`;

/**
 * Unpublished articles that the caller can read (drafts, scheduled ones and the trash): all of them, or those that it owns.
 * A token limited to categories reads those that are linked to at least one of its categories.
 */
export const canReadUnpublished = ({ id, ownerId }: Pick<ArticleColumns, 'id' | 'ownerId'>): SQL =>
  sql`(${p('canReadAll')}::boolean or ${ownerId} = ${p('ownerId')}::bigint)
    and (${p('allowedCategoryIds')}::bigint[] is null or ${hasAllowedCategory(id)})`;

/** Articles that the caller can read: published ones, and unpublished ones as above. */
export const isReadable = (t: Pick<ArticleColumns, 'id' | 'ownerId'> & { listedAt: SQLWrapper }): SQL =>
  sql`(${t.listedAt} <= now() or ${canReadUnpublished(t)})`;

/** Articles whose working draft the caller can read: the same ones, if its role can see working drafts. */
export const canReadWorkingDraft = (t: Pick<ArticleColumns, 'id' | 'ownerId'>): SQL =>
  sql`${p('seesWorkingDrafts')}::boolean and ${canReadUnpublished(t)}`;

/** Whether an article has a working draft; null for a caller that cannot see it. */
export const hasDraft = (t: Pick<ArticleColumns, 'id' | 'ownerId'>): SQL<boolean | null> =>
  sql`case when ${canReadWorkingDraft(t)} then exists (select from article_drafts as draft where draft.article_id = ${t.id}) end`;

/**
 * `canReadUnpublished` for an entry of the audit log, which contains the owner of its article and the categories before and
 * after the change.
 */
export const couldReadUnpublished = ({ ownerId, categoryIds }: { ownerId: SQLWrapper; categoryIds: SQLWrapper }): SQL =>
  sql`(${p('canReadAll')}::boolean or ${ownerId} = ${p('ownerId')}::bigint)
    and (${p('allowedCategoryIds')}::bigint[] is null or ${categoryIds} && ${p('allowedCategoryIds')}::bigint[])`;

/**
 * Articles that the caller can change: all of them, those that it owns, or the drafts among these. A token limited to
 * categories changes articles that are linked to its categories and to no other.
 */
export const isWritable = ({ id, ownerId, publishedAt }: ArticleColumns): SQL =>
  sql`(${p('canWriteAll')}::boolean
      or ${ownerId} = ${p('ownerId')}::bigint and (not ${p('isLimitedToDrafts')}::boolean or ${publishedAt} is null))
    and (${p('allowedCategoryIds')}::bigint[] is null or ${hasAllowedCategory(id)} and not ${hasOtherCategory(id)})`;
