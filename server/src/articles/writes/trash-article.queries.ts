import { and, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import { setActor } from '../../database/actor.ts';
import type { Database } from '../../database/database.ts';
import { prepared } from '../../database/prepared.ts';
import { articles } from '../../database/schema/content.ts';
import { isWritable } from '../visibility/visibility.queries.ts';
import type { WriteScope } from '../visibility/visibility.ts';
import { type ArticleWrite, valuesOf } from './locked-write.queries.ts';

const p = sql.placeholder;
const gone = { id: articles.id };

/** The article, when it is the caller's to change and in an expected version; says who acts. */
const admitted = (...more: SQL[]) =>
  and(
    eq(articles.id, p('id')),
    sql`(${p('expected')}::int[] is null or ${articles.version} = any(${p('expected')}::int[]))`,
    isWritable(articles),
    ...more,
    setActor(p('actor')),
  );

const stateStatement = prepared('article_state', (db) =>
  db
    .select({ version: articles.version, slug: articles.slug, deletedAt: articles.deletedAt })
    .from(articles)
    .where(and(eq(articles.id, p('id')), isWritable(articles))),
);

/** Where an article stands that the caller may change: `deletedAt` is null when it is live. */
export const findArticleState = (db: Database, id: number, { actor: _, ...writer }: WriteScope) =>
  stateStatement(db).execute({ ...writer, id });

const trashStatement = prepared('trash_article', (db) =>
  db
    .update(articles)
    .set({ deletedAt: sql`now()` })
    .where(admitted(isNull(articles.deletedAt)))
    .returning(gone),
);

/** Moves a live article to the trash. */
export const updateArticleTrashed = (db: Database, write: ArticleWrite) => trashStatement(db).execute(valuesOf(write));

const restoreStatement = prepared('restore_article', (db) =>
  db
    .update(articles)
    .set({ deletedAt: null, slug: sql`coalesce(${p('slug')}, ${articles.slug})` })
    .where(admitted(isNotNull(articles.deletedAt)))
    .returning(gone),
);

/** Brings an article back from the trash, under `slug` when its own was taken meanwhile. */
export const updateArticleRestored = (db: Database, write: ArticleWrite, slug: string | null) =>
  restoreStatement(db).execute({ ...valuesOf(write), slug });

const deleteStatement = prepared('delete_article', (db) => db.delete(articles).where(admitted()).returning(gone));

/** Removes an article, live or trashed, and by the foreign keys its links. */
export const deleteArticle = (db: Database, write: ArticleWrite) => deleteStatement(db).execute(valuesOf(write));
