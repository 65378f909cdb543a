import { and, eq, isNull, sql } from 'drizzle-orm';
import { setActor } from '../../database/actor.ts';
import type { Database } from '../../database/database.ts';
import { prepared } from '../../database/prepared.ts';
import { articles } from '../../database/schema/content.ts';
import { articleDrafts } from '../../database/schema/drafts.ts';
import { isWritable } from '../visibility/visibility.queries.ts';
import type { WriteScope } from '../visibility/visibility.ts';
import { type ArticleWrite, writeParameters } from '../writes/locked-write.queries.ts';
import { draftFields, linked } from './drafts.queries.ts';

// Lock order: the article first, then its working draft.

const p = sql.placeholder;

const lockArticleStatement = prepared('lock_article_of_draft', (db) =>
  db
    .select({ version: articles.version, isPublished: sql<boolean>`${articles.listedAt} <= now()` })
    .from(articles)
    .where(and(eq(articles.id, p('id')), isNull(articles.deletedAt), isWritable(articles)))
    .for('no key update'),
);

/** Locks a live article that the caller can change until the transaction ends. Other writers wait. */
export const lockArticleOfDraft = (db: Database, id: number, { actor: _, ...scope }: WriteScope) =>
  lockArticleStatement(db).execute({ ...scope, id });

const lockDraftStatement = prepared('lock_draft', (db) =>
  db
    .select({
      version: articleDrafts.version,
      baseVersion: articleDrafts.baseVersion,
      fields: draftFields,
      linked,
    })
    .from(articleDrafts)
    .where(eq(articleDrafts.articleId, p('id')))
    .for('update'),
);

/** Locks the working draft of an article, so that no save changes it before it is published and deleted. */
export const lockDraft = (db: Database, id: number) => lockDraftStatement(db).execute({ id });

/** Deletes a working draft that has been published. */
export const deletePublishedDraft = (db: Database, id: number) =>
  db.delete(articleDrafts).where(eq(articleDrafts.articleId, id));

const discardStatement = prepared('discard_draft', (db) => {
  const discarded = db.$with('discarded_draft', {}).as(sql`
    delete from article_drafts as draft using articles
    where draft.article_id = ${p('id')} and articles.id = ${p('id')} and articles.deleted_at is null
      and ${isWritable({ id: sql`articles.id`, ownerId: sql`articles.owner_id`, publishedAt: sql`articles.published_at` })}
      and (${p('expectedVersions')}::int[] is null or draft.version = any(${p('expectedVersions')}::int[]))
    returning draft.article_id, draft.version, draft.base_version, draft.updated_at`);
  return db
    .with(discarded)
    .select({
      isRecorded: sql`record_entry('draft', 'delete', article_id,
        jsonb_build_object('version', version, 'baseVersion', base_version, 'updatedAt', updated_at), null)`,
    })
    .from(sql`discarded_draft`)
    .where(setActor(p('actor')));
});

/**
 * Discards the working draft of a live article that the caller can change. The audit log records the versions, and no text.
 */
export const deleteDraft = (db: Database, write: ArticleWrite) => discardStatement(db).execute(writeParameters(write));
