import { and, eq, gte, lt, type SQL, sql } from 'drizzle-orm';
import { type Actor, setActor } from '../database/actor.ts';
import type { Database } from '../database/database.ts';
import { auditLog, isFrequent, notFrequent } from '../database/schema/audit.ts';
import { keysetCondition } from '../pagination/keyset-condition.queries.ts';

/** What happened that is not a change of a row: those are noted by triggers. Never with a secret. */
export interface NewAuditEntry {
  /** `sign_in.refused`, `access.refused` … */
  action: string;
  subject: string | null;
  subjectId: number | null;
  before?: Record<string, unknown> | null;
  after?: Record<string, unknown> | null;
}

export const insertAuditEntry = (db: Database, actor: Actor, deed: NewAuditEntry) =>
  db.insert(auditLog).values({ ...actor, ...deed });

/** Says for the rest of a transaction who acts in it, where that is not said by each statement. */
export const updateActor = (db: Database, actor: Actor) => db.execute(sql`select ${setActor(actor)}`);

/** Entries that fit all that is given. */
export interface AuditFilter {
  accountId?: number | undefined;
  tokenId?: number | undefined;
  action?: string | undefined;
  subject?: string | undefined;
  subjectId?: number | undefined;
  since?: Date | undefined;
  until?: Date | undefined;
}

const conditions = (filter: AuditFilter): (SQL | undefined)[] => [
  filter.accountId === undefined ? undefined : eq(auditLog.accountId, filter.accountId),
  filter.tokenId === undefined ? undefined : eq(auditLog.tokenId, filter.tokenId),
  filter.action === undefined ? undefined : eq(auditLog.action, filter.action),
  // Said besides, since the index by action has only these.
  filter.action === undefined || isFrequent(filter.action) ? undefined : notFrequent,
  filter.subject === undefined ? undefined : eq(auditLog.subject, filter.subject),
  filter.subjectId === undefined ? undefined : eq(auditLog.subjectId, filter.subjectId),
  filter.since && gte(auditLog.at, filter.since),
  filter.until && lt(auditLog.at, filter.until),
];

/**
 * Entries from the newest on, then by id, after (backward: before) the given place. Not by id alone, although it almost is
 * the same: what a long transaction writes has the time at which that began, so that no time would be a range of ids.
 */
export const listAuditEntries = (
  db: Database,
  filter: AuditFilter,
  { backward, from, fetch }: { backward: boolean; from: { key: string; id: number } | null; fetch: number },
) => {
  const direction = backward ? 'asc' : 'desc';
  return db
    .select()
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
