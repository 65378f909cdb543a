import { eq, sql } from 'drizzle-orm';
import type { OldEntry } from '../../../audit/old-entries.queries.ts';
import type { Database } from '../../../database/database.ts';
import { articles } from '../../../database/schema/content.ts';
import { articleRevisions } from '../../../database/schema/revisions.ts';
import { FIELD_NAMES } from '../../article-fields.ts';
import { RELATION_FIELDS } from '../../article-relations.ts';
import { recordOf } from '../../record-of.ts';
import type { FormerChange, StoredState } from './former-revision.ts';

/** Finds the first revision of an article, and locks the article against deletion until the transaction ends. */
export const lockFirstRevision = (db: Database, articleId: number) => {
  const first = db
    .select({
      number: articleRevisions.number,
      changed: articleRevisions.changed,
      publishedAt: articleRevisions.publishedAt,
      deletedAt: articleRevisions.deletedAt,
      ...recordOf(RELATION_FIELDS, (field) => articleRevisions[field]),
    })
    .from(articleRevisions)
    .where(sql`article_id = ${articleId}`)
    .orderBy(articleRevisions.number)
    .limit(1)
    .as('first');
  return db
    .select({
      number: first.number,
      changed: first.changed,
      publishedAt: first.publishedAt,
      deletedAt: first.deletedAt,
      ...recordOf(RELATION_FIELDS, (field) => first[field]),
    })
    .from(articles)
    .innerJoinLateral(first, sql`true`)
    .where(eq(articles.id, articleId))
    .for('key share', { of: articles });
};

/**
 * Completes the first revision of an article: its actor, its time, the changed fields, and the texts before the change from
 * the entries (of several, from the oldest).
 */
export const updateFirstRevision = (
  db: Database,
  { articleId, at, via, accountId, tokenId }: Omit<OldEntry, 'id' | 'action'>,
  number: number,
  { firstNumber, kind, changed, entries }: Omit<FormerChange, 'former'>,
) => {
  const texts = FIELD_NAMES.map((field) => {
    const column = sql.raw(articleRevisions[field].name);
    return sql`${column} = old.values ->> ${sql.raw(`'${articles[field].name}'`)}`;
  });
  const entryIds = entries.map(({ id }) => id);
  return db.execute(sql`
    update article_revisions set first_number = ${firstNumber}, at = ${at}, via = ${via}, account_id = ${accountId}::bigint,
      token_id = ${tokenId}::bigint, kind = ${kind}, changed = ${sql.param(changed)}::text[], ${sql.join(texts, sql`, `)}
    from (
      select jsonb_object_agg(key, value order by audit_log.id desc) as values
      from audit_log cross join jsonb_each(before) where audit_log.id = any(${sql.param(entryIds)}::bigint[])
    ) as old
    where article_id = ${articleId} and number = ${number}`);
};

/** Inserts the state of an article before its first revision. The actor is not known until an entry contains it. */
export const insertFormerRevision = (db: Database, articleId: number, state: StoredState) =>
  db.insert(articleRevisions).values({
    ...state,
    articleId,
    firstNumber: state.number,
    at: sql`(select created_at from articles where id = ${articleId})`,
    via: 'database',
    kind: 'create',
  });
