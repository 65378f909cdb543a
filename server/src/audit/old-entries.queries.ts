import { and, desc, eq, gt, isNull, lte, ne, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { auditLog, auditLogConversion } from '../database/schema/audit.ts';

/**
 * Entries about articles from before revisions existed. They contained texts. The trigger of the log allows removing these
 * and adding the number of the revision; see docs/decisions/0036-texts-of-old-entries.md.
 */

/** Every entry since revisions exist has a transaction id. Entries with a revision number have been converted. */
const isUnconverted = and(
  isNull(auditLog.transactionId),
  eq(auditLog.subject, 'article'),
  isNull(auditLog.subjectVersion),
);

/** Finds how far the entries have been converted. */
export const findConversion = (db: Database) =>
  db.select({ lastId: auditLogConversion.lastId, nextId: auditLogConversion.nextId }).from(auditLogConversion);

export const updateConversion = (db: Database, conversion: { lastId: number; nextId: number }) =>
  db.update(auditLogConversion).set(conversion);

/** An old entry, without its values. */
export interface OldEntry {
  id: number;
  at: Date;
  via: (typeof auditLog.$inferSelect)['via'];
  accountId: number | null;
  tokenId: number | null;
  action: string;
  articleId: number;
}

/** Lists the first entries of a range of ids that have not been converted, the newest first. */
export const listUnconvertedEntries = (db: Database, { from, to }: { from: number; to: number }, limit: number) =>
  db
    .select({
      id: auditLog.id,
      at: auditLog.at,
      via: auditLog.via,
      accountId: auditLog.accountId,
      tokenId: auditLog.tokenId,
      action: auditLog.action,
      articleId: sql<number>`${auditLog.subjectId}`.mapWith(Number),
    })
    .from(auditLog)
    .where(and(gt(auditLog.id, from), lte(auditLog.id, to), isUnconverted))
    .orderBy(desc(auditLog.id))
    .limit(limit);

/** Lists, for each article, the last entry that records its creation or permanent deletion, if there is one. */
export const listFirstEntries = (db: Database, articleIds: readonly number[]) =>
  db
    .selectDistinctOn([auditLog.subjectId], {
      id: auditLog.id,
      at: auditLog.at,
      action: auditLog.action,
      articleId: sql<number>`${auditLog.subjectId}`.mapWith(Number),
    })
    .from(auditLog)
    .where(sql`subject = 'article' and subject_id = any(${sql.param(articleIds)}::bigint[])
      and action in ('article.create', 'article.delete')`)
    .orderBy(auditLog.subjectId, desc(auditLog.id));

/** An old entry with its values, by column name. Texts are replaced by null. */
export interface OldChange {
  id: number;
  action: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

const withoutTexts = (values: SQL | typeof auditLog.before) => sql<OldChange['before']>`(
  select jsonb_object_agg(key, case when key in ('title', 'excerpt', 'content') then 'null' else value end)
  from jsonb_each(${values}))`;

/** Lists the entries that the transaction of an entry wrote about the same article, the newest first. */
export const listChangesOfTransaction = (db: Database, { articleId, at, via, accountId, tokenId }: OldEntry) =>
  db
    .select({
      id: auditLog.id,
      action: auditLog.action,
      before: withoutTexts(auditLog.before),
      after: withoutTexts(auditLog.after),
    })
    .from(auditLog)
    .where(
      and(
        eq(auditLog.subjectId, articleId),
        eq(auditLog.at, at),
        isUnconverted,
        ne(auditLog.action, 'article.delete'),
        eq(auditLog.via, via),
        sql`account_id is not distinct from ${accountId}::bigint and token_id is not distinct from ${tokenId}::bigint`,
      ),
    )
    .orderBy(desc(auditLog.id));

/** Removes the texts from entries, and adds the number of the revision that contains them and the changed fields. */
export const updateConvertedEntries = (
  db: Database,
  revision: number,
  entries: readonly { id: number; changed: string[] | null }[],
) =>
  db.execute(sql`
    update audit_log as entry set before = without_article_texts(action, before), after = without_article_texts(action, after),
      subject_version = ${revision}, changed = converted.changed
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as converted (id bigint, changed text[])
    where entry.id = converted.id`);

/** Removes the texts from entries about permanently deleted articles. */
export const updateEntriesOfGoneArticles = (db: Database, ids: readonly number[]) =>
  db.execute(sql`
    update audit_log set before = without_article_texts(action, before), after = without_article_texts(action, after)
    where id = any(${sql.param(ids)}::bigint[]) and (before, after) is distinct from
      (without_article_texts(action, before), without_article_texts(action, after))`);
