import { eq, sql } from 'drizzle-orm';
import { couldReadUnpublished, type ReadScope } from '../articles/visibility/visibility.queries.ts';
import type { Database } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { auditLog } from '../database/schema/audit.ts';
import { eventSequence, events } from '../database/schema/events.ts';
import { accounts, apiTokens } from '../database/schema/identity.ts';

/**
 * Locks the numbering of events. Takes no snapshot, so the next statement of the transaction sees the changes of the server
 * that had the lock before.
 */
export const lockEventSequence = (db: Database) => db.execute(sql`lock table event_sequence in exclusive mode`);

/** Numbers the changes that have been committed, and schedules that are due. Returns the id of the last event. */
export const updateEventSequence = (db: Database) =>
  db.execute<{ lastEventId: string }>(sql`select sequence_events() as "lastEventId"`);

/** Finds the first event that is kept and the last one. */
export const findEventBounds = (db: Database) =>
  db
    .select({
      first: sql<number>`coalesce((select min(id) from events), last_event_id + 1)`.mapWith(Number),
      last: eventSequence.lastEventId,
    })
    .from(eventSequence);

const p = sql.placeholder;

/**
 * Events about articles that everybody or the caller could read before or after the change, and about other rows, which are
 * public.
 */
const isVisible = sql`(${events.wasPublic} or ${events.isPublic} or ${couldReadUnpublished({
  ownerId: auditLog.subjectOwnerId,
  categoryIds: auditLog.subjectCategoryIds,
})})`;

/** A caller that could read the article only before the change does not learn its new slug. */
const visibleSlug = sql<string>`case when ${events.isPublic} or ${couldReadUnpublished({
  ownerId: auditLog.subjectOwnerId,
  categoryIds: auditLog.subjectCategoryIds,
})} then ${auditLog.subjectSlug} else coalesce(${auditLog.before} ->> 'slug', ${auditLog.subjectSlug}) end`;

const preparedListEvents = prepared('list_events', (db) =>
  db
    .select({
      id: events.id,
      type: events.type,
      at: auditLog.at,
      subjectType: sql<'article' | 'category' | 'author'>`${auditLog.subject}`,
      subjectId: sql<number>`${auditLog.subjectId}`.mapWith(Number),
      slug: visibleSlug.as('slug'),
      accountId: auditLog.accountId,
      accountName: accounts.name,
      tokenId: auditLog.tokenId,
      tokenName: apiTokens.name,
      command: auditLog.command,
      changed: auditLog.changed,
    })
    .from(events)
    .innerJoin(auditLog, eq(auditLog.id, events.logId))
    .leftJoin(accounts, eq(accounts.id, auditLog.accountId))
    .leftJoin(apiTokens, eq(apiTokens.id, auditLog.tokenId))
    .where(sql`${events.id} > ${p('after')}::bigint and ${events.id} <= ${p('until')}::bigint and ${isVisible}`)
    .orderBy(events.id)
    .limit(p('limit')),
);

/** Lists the events after `after`, up to `until`, that the caller can see, in order. */
export const listEvents = (db: Database, scope: ReadScope, range: { after: number; until: number; limit: number }) =>
  preparedListEvents(db).execute({ ...scope, ...range });

/** Deletes events that were numbered more than 30 days ago, the oldest first. @param limit the maximum number of events */
export const deleteExpiredEvents = (db: Database, limit: number) =>
  db.delete(events).where(
    sql`${events.id} in (select id from (select id, numbered_at from events order by id limit ${limit}) as oldest
      where numbered_at < now() - interval '30 days')`,
  );
