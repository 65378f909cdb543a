import { and, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import { setActor } from '../../database/actor.ts';
import type { Database } from '../../database/database.ts';
import { prepared } from '../../database/prepared.ts';
import { articles } from '../../database/schema/content.ts';
import { isWritable } from '../visibility/visibility.queries.ts';
import type { WriteScope } from '../visibility/visibility.ts';
import { type ArticleWrite, writeParameters } from './locked-write.queries.ts';

// These statements compare no snapshot: after waiting for the row lock, PostgreSQL evaluates the condition again on the
// current row. Only the links, which count for a token limited to categories, are still read from the statement's snapshot.

const p = sql.placeholder;

/** Matches the article if the caller can change it and its version is one that the client expects; sets the actor. */
const canWrite = (...conditions: SQL[]) =>
  and(
    eq(articles.id, p('id')),
    sql`(${p('expectedVersions')}::int[] is null or ${articles.version} = any(${p('expectedVersions')}::int[]))`,
    isWritable(articles),
    ...conditions,
    setActor(p('actor')),
  );

const findStateStatement = prepared('article_state', (db) =>
  db
    .select({ version: articles.version, slug: articles.slug, deletedAt: articles.deletedAt })
    .from(articles)
    .where(and(eq(articles.id, p('id')), isWritable(articles))),
);

/** The state of an article that the caller can change; `deletedAt` is null for a live article. */
export const findArticleState = (db: Database, id: number, { actor: _, ...scope }: WriteScope) =>
  findStateStatement(db).execute({ ...scope, id });

const trashStatement = prepared('trash_article', (db) =>
  db
    .update(articles)
    .set({ deletedAt: sql`now()` })
    .where(canWrite(isNull(articles.deletedAt)))
    .returning({ id: articles.id }),
);

/** Moves a live article to the trash. Its links stay. */
export const updateArticleTrashed = (db: Database, write: ArticleWrite) =>
  trashStatement(db).execute(writeParameters(write));

const restoreStatement = prepared('restore_article', (db) =>
  db
    .update(articles)
    .set({ deletedAt: null, slug: sql`coalesce(${p('slug')}, ${articles.slug})` })
    .where(canWrite(isNotNull(articles.deletedAt)))
    .returning({ id: articles.id }),
);

/**
 * Restores an article from the trash.
 *
 * @param slug a new slug if another article took the old one in the meantime; null keeps it
 */
export const updateArticleRestored = (db: Database, write: ArticleWrite, slug: string | null) =>
  restoreStatement(db).execute({ ...writeParameters(write), slug });

const deleteStatement = prepared('delete_article', (db) =>
  db.delete(articles).where(canWrite()).returning({ id: articles.id }),
);

/** Deletes an article, live or trashed. The foreign keys delete its links. */
export const deleteArticle = (db: Database, write: ArticleWrite) => deleteStatement(db).execute(writeParameters(write));
