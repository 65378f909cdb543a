import { sql } from 'drizzle-orm';
import { setActor } from '../../database/actor.ts';
import type { Database } from '../../database/database.ts';
import { prepared } from '../../database/prepared.ts';
import { type ArticleWrite, admission, valuesOf, type WriteResult } from './locked-write.queries.ts';

const p = sql.placeholder;

const insertLinkStatement = prepared('insert_article_category', (db) => {
  const { seen, locked, admitted, outcome } = admission(db);
  const filed = db.$with('filed', {}).as(sql`
    insert into article_categories (article_id, category_id, position, listed_at)
    select admitted.id, ${p('categoryId')}::bigint,
      (select coalesce(max(position), 0) + 1 from article_categories where article_id = admitted.id), admitted.listed_at
    from admitted
    on conflict do nothing`);
  return db
    .with(seen, locked, admitted, filed)
    .select(outcome)
    .from(locked)
    .where(setActor(p('actor')));
});

/** Files an article under a category, after those it is under; a link that is there stays as it is. */
export const insertArticleCategory = (db: Database, write: ArticleWrite, categoryId: number): Promise<WriteResult[]> =>
  insertLinkStatement(db).execute({ ...valuesOf(write), categoryId });

const deleteLinkStatement = prepared('delete_article_category', (db) => {
  const { seen, locked, admitted, outcome } = admission(db);
  const kept = sql<boolean>`(${p('within')}::bigint[] is not null and not exists (select from article_categories as other
    where other.article_id = ${p('id')} and other.category_id <> ${p('categoryId')}::bigint))`;
  const unfiled = db.$with('unfiled', {}).as(sql`
    delete from article_categories where article_id in (select id from admitted) and category_id = ${p('categoryId')}::bigint
    and not ${kept}`);
  return db
    .with(seen, locked, admitted, unfiled)
    .select({ ...outcome, kept })
    .from(locked)
    .where(setActor(p('actor')));
});

/**
 * Takes an article out of a category; nothing happens when it is not in it. A limited token keeps the last one: what it
 * changes is under its categories, before and after.
 */
export const deleteArticleCategory = (db: Database, write: ArticleWrite, categoryId: number): Promise<WriteResult[]> =>
  deleteLinkStatement(db).execute({ ...valuesOf(write), categoryId });
