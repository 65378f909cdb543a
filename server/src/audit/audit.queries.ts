import { and, eq, gte, lt, type SQL, sql } from 'drizzle-orm';
import { type Actor, setActor } from '../database/actor.ts';
import type { Database } from '../database/database.ts';
import { auditLog, isFrequent, notFrequent } from '../database/schema/audit.ts';
import { keysetCondition, type PageRange } from '../pagination/keyset-condition.queries.ts';

/** An audit entry for something other than a change of a row, which triggers record. Must not contain secrets. */
export interface NewAuditEntry {
  /** For example `session.refused` or `access.refused`. */
  action: string;
  subject: string | null;
  subjectId: number | null;
  before?: Record<string, unknown> | null;
  after?: Record<string, unknown> | null;
}

export const insertAuditEntry = (db: Database, actor: Actor, entry: NewAuditEntry) =>
  db.insert(auditLog).values({ ...actor, ...entry });

/** Sets the actor that triggers record, for the rest of a transaction instead of for each statement. */
export const updateActor = (db: Database, actor: Actor) => db.execute(sql`select ${setActor(actor)}`);

/** The conditions of a list of entries; an entry must match all that are given. */
export interface AuditFilter {
  accountId?: number | undefined;
  tokenId?: number | undefined;
  action?: string | undefined;
  subject?: string | undefined;
  subjectId?: number | undefined;
  /** Times in the syntax of PostgreSQL. */
  since?: string | undefined;
  until?: string | undefined;
}

const conditions = (filter: AuditFilter): (SQL | undefined)[] => [
  filter.accountId === undefined ? undefined : eq(auditLog.accountId, filter.accountId),
  filter.tokenId === undefined ? undefined : eq(auditLog.tokenId, filter.tokenId),
  filter.action === undefined ? undefined : eq(auditLog.action, filter.action),
  // The partial index by action covers only these rows, so the condition has to be repeated.
  filter.action === undefined || isFrequent(filter.action) ? undefined : notFrequent,
  filter.subject === undefined ? undefined : eq(auditLog.subject, filter.subject),
  filter.subjectId === undefined ? undefined : eq(auditLog.subjectId, filter.subjectId),
  filter.since === undefined ? undefined : gte(auditLog.at, sql`${filter.since}::timestamptz`),
  filter.until === undefined ? undefined : lt(auditLog.at, sql`${filter.until}::timestamptz`),
];

/**
 * Lists entries by time, then by id, newest first. Not by id alone: the entries of a long transaction have the time at which
 * it began, so a range of times is not a range of ids.
 */
export const listAuditEntries = (
  db: Database,
  filter: AuditFilter,
  { backward, from, fetch }: Pick<PageRange, 'backward' | 'from' | 'fetch'>,
) => {
  const direction = backward ? 'asc' : 'desc';
  return db
    .select({
      id: auditLog.id,
      at: auditLog.at,
      via: auditLog.via,
      accountId: auditLog.accountId,
      tokenId: auditLog.tokenId,
      address: auditLog.address,
      command: auditLog.command,
      action: auditLog.action,
      subject: auditLog.subject,
      subjectId: auditLog.subjectId,
      revision: sql<
        number | null
      >`case when subject = 'article' and action <> 'article.delete' then subject_version end`,
      changed: auditLog.changed,
      before: auditLog.before,
      after: auditLog.after,
    })
    .from(auditLog)
    .where(
      and(
        ...conditions(filter),
        from
          ? keysetCondition([auditLog.at, auditLog.id], [sql`${from.key}::timestamptz`, from.id], direction)
          : undefined,
      ),
    )
    .orderBy(sql`${auditLog.at} ${sql.raw(direction)}`, sql`${auditLog.id} ${sql.raw(direction)}`)
    .limit(fetch);
};
