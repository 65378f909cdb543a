import { and, eq, isNull, sql } from 'drizzle-orm';
import { serializeActor, setActor } from '../../database/actor.ts';
import type { Database } from '../../database/database.ts';
import { prepared } from '../../database/prepared.ts';
import { articles } from '../../database/schema/content.ts';
import { articlePreviews } from '../../database/schema/previews.ts';
import { articleSelection } from '../articles.queries.ts';
import { canReadUnpublished, isWritable } from '../visibility/visibility.queries.ts';
import type { ReadScope, WriteScope } from '../visibility/visibility.ts';

const p = sql.placeholder;
const isOpen = sql`${articlePreviews.expiresAt} > now()`;

/**
 * The preview of a published article shows its working draft. Before publication, the article itself is what will be
 * published.
 */
const isDraftShown = (t: typeof articles) =>
  sql<boolean>`${t.listedAt} <= now() and exists (select from article_drafts as draft where draft.article_id = ${t.id})`;

const findPreviewedStatement = prepared({ name: 'previewed_article', pipelined: true }, (db) =>
  db.query.articles.findFirst({
    ...articleSelection,
    extras: { ...articleSelection.extras, isDraftShown },
    where: {
      RAW: (t) => sql`${t.deletedAt} is null and ${t.id} = (select preview.article_id from article_previews as preview
        where preview.hash = ${p('hash')}::bytea and preview.expires_at > now())`,
    },
  }),
);

/**
 * Finds the article of a preview, published or not, and whether its working draft is shown instead. Undefined if the
 * preview has expired or was revoked, or if the article is in the trash.
 */
export const findPreviewedArticle = (db: Database, hash: Buffer) => findPreviewedStatement(db).execute({ hash });

const insertPreviewStatement = prepared('insert_preview', (db) => {
  // The lock makes the statement wait for a concurrent deletion of the article, and then find no row instead of violating
  // the foreign key.
  const article = db.$with('article').as(
    db
      .select({ id: articles.id })
      .from(articles)
      .where(and(eq(articles.id, p('id')), isNull(articles.deletedAt), isWritable(articles)))
      .for('key share'),
  );
  const inserted = db.$with('inserted_preview', { id: sql<number>`id` }).as(sql`
    insert into article_previews (article_id, hash, expires_at)
    select article.id, ${p('hash')}::bytea, ${p('expiresAt')}::timestamptz from article returning id`);
  return db
    .with(article, inserted)
    .select({ id: sql<number>`inserted_preview.id`.mapWith(Number) })
    .from(inserted)
    .where(setActor(p('actor')));
});

export interface NewPreviewRow {
  hash: Buffer;
  expiresAt: Date;
}

/** Creates a preview of a live article. No row if there is none that the caller can change. */
export const insertPreview = (db: Database, id: number, { actor, ...scope }: WriteScope, preview: NewPreviewRow) =>
  insertPreviewStatement(db).execute({
    ...scope,
    id,
    hash: preview.hash,
    expiresAt: preview.expiresAt.toISOString(),
    actor: serializeActor(actor),
  });

const listPreviewsStatement = prepared('previews_of_article', (db) =>
  db
    .select({ id: articlePreviews.id, createdAt: articlePreviews.createdAt, expiresAt: articlePreviews.expiresAt })
    .from(articles)
    .leftJoin(articlePreviews, and(eq(articlePreviews.articleId, articles.id), isOpen))
    .where(and(eq(articles.id, p('id')), isNull(articles.deletedAt), canReadUnpublished(articles)))
    .orderBy(sql`${articlePreviews.id} desc`),
);

/**
 * Lists the previews of a live article that have not expired, newest first: one row of nulls without previews, no row
 * if there is no article whose previews the caller can read.
 */
export const listPreviews = (db: Database, id: number, scope: ReadScope) =>
  listPreviewsStatement(db).execute({ ...scope, id });

const deletePreviewStatement = prepared('delete_preview', (db) =>
  db
    .delete(articlePreviews)
    .where(
      and(
        eq(articlePreviews.id, p('previewId')),
        eq(articlePreviews.articleId, p('id')),
        isOpen,
        sql`exists (${db
          .select({ id: articles.id })
          .from(articles)
          .where(and(eq(articles.id, p('id')), isNull(articles.deletedAt), isWritable(articles)))})`,
        setActor(p('actor')),
      ),
    )
    .returning({ id: articlePreviews.id }),
);

/** Revokes a preview of a live article that the caller can change. */
export const deletePreview = (db: Database, id: number, previewId: number, { actor, ...scope }: WriteScope) =>
  deletePreviewStatement(db).execute({ ...scope, id, previewId, actor: serializeActor(actor) });
