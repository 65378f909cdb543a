import { sql } from 'drizzle-orm';
import { setActor } from '../../database/actor.ts';
import type { Database } from '../../database/database.ts';
import { prepared } from '../../database/prepared.ts';
import { type ArticleWrite, lockedWriteCtes, type WriteResult, writeParameters } from './locked-write.queries.ts';

const p = sql.placeholder;

const insertLinkStatement = prepared('insert_article_category', (db) => {
  const { snapshot, locked, allowed, result } = lockedWriteCtes(db);
  const isFull = sql<boolean>`(not exists (select from article_categories as link
      where link.article_id = ${p('id')} and link.category_id = ${p('categoryId')}::bigint)
    and (select count(*) from article_categories as link where link.article_id = ${p('id')}) >= ${p('maxLinks')}::int
    and exists (select from categories where categories.id = ${p('categoryId')}::bigint))`;
  const insertedLink = db.$with('inserted_link', {}).as(sql`
    insert into article_categories (article_id, category_id, position, listed_at)
    select allowed.id, ${p('categoryId')}::bigint,
      (select coalesce(max(position), 0) + 1 from article_categories where article_id = allowed.id), allowed.listed_at
    from allowed
    where not ${isFull}
    on conflict do nothing`);
  return db
    .with(snapshot, locked, allowed, insertedLink)
    .select({ ...result, isFull })
    .from(locked)
    .where(setActor(p('actor')));
});

/**
 * Links an article to a category, in the last position. An existing link stays as it is. An article with `maxLinks`
 * categories gets no further link: a client could not send its list back.
 */
export const insertArticleCategory = (
  db: Database,
  write: ArticleWrite,
  categoryId: number,
  maxLinks: number,
): Promise<WriteResult[]> => insertLinkStatement(db).execute({ ...writeParameters(write), categoryId, maxLinks });

const deleteLinkStatement = prepared('delete_article_category', (db) => {
  const { snapshot, locked, allowed, result } = lockedWriteCtes(db);
  const isLinkRequired = sql<boolean>`(${p('allowedCategoryIds')}::bigint[] is not null
    and not exists (select from article_categories as other_link
      where other_link.article_id = ${p('id')} and other_link.category_id <> ${p('categoryId')}::bigint))`;
  const deletedLink = db.$with('deleted_link', {}).as(sql`
    delete from article_categories where article_id in (select id from allowed) and category_id = ${p('categoryId')}::bigint
    and not ${isLinkRequired}`);
  return db
    .with(snapshot, locked, allowed, deletedLink)
    .select({ ...result, isLinkRequired })
    .from(locked)
    .where(setActor(p('actor')));
});

/**
 * Unlinks an article from a category, or does nothing if there is no link. A token limited to categories cannot delete the
 * last link: an article that it changes must be in its categories before and after.
 */
export const deleteArticleCategory = (db: Database, write: ArticleWrite, categoryId: number): Promise<WriteResult[]> =>
  deleteLinkStatement(db).execute({ ...writeParameters(write), categoryId });
