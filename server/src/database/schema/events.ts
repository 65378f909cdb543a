import { sql } from 'drizzle-orm';
import { bigint, boolean, check, index, pgTable, text } from 'drizzle-orm/pg-core';
import { foreignId, nowMs, oneOf, timestampMs, xid8 } from './columns.ts';
import { EVENT_TYPES } from './enums.ts';

/**
 * Numbers the entries of the audit log that are events, in the order in which readers see them. Only the function
 * `sequence_events` writes to the tables of this file, see docs/decisions/0026-events.md.
 */
export const events = pgTable(
  'events',
  {
    /** Not generated: the sequencer assigns ids without gaps. */
    id: bigint('id', { mode: 'number' }).primaryKey(),
    /** No foreign key: the log is append-only, and a key would write to each of its rows. */
    logId: foreignId('log_id'),
    type: text('type', { enum: EVENT_TYPES }).notNull(),
    /** Whether everybody could read the row before and after the change. */
    wasPublic: boolean('was_public').notNull(),
    isPublic: boolean('is_public').notNull(),
    /** When the sequencer numbered the change. The event expires 30 days later. */
    numberedAt: timestampMs('numbered_at').notNull().default(nowMs),
  },
  () => [check('events_type_check', oneOf('type', EVENT_TYPES))],
);

/** One row: the state of the sequencer. */
export const eventSequence = pgTable(
  'event_sequence',
  {
    isOnlyRow: boolean('is_only_row').primaryKey().default(true),
    lastEventId: bigint('last_event_id', { mode: 'number' }).notNull().default(0),
    /** Entries up to this one have been seen, except those of transactions that still run. */
    lastLogId: bigint('last_log_id', { mode: 'number' }).notNull().default(0),
    /** The last id of the log that had been assigned when the sequencer last ran, committed or not. */
    issuedLogId: bigint('issued_log_id', { mode: 'number' }).notNull().default(0),
    /** Transactions that can still commit entries up to `last_log_id`, and the entry after which theirs begin. */
    running: xid8('running').array().notNull().default(sql`'{}'`),
    runningSince: bigint('running_since', { mode: 'number' }).array().notNull().default(sql`'{}'`),
    /**
     * The same for all transactions from one number up to another: a snapshot lists those that run only up to the last one
     * that has ended.
     */
    unlistedFrom: xid8('unlisted_from').notNull().default(sql`'0'`),
    unlistedUntil: xid8('unlisted_until').notNull().default(sql`'0'`),
    unlistedSince: bigint('unlisted_since', { mode: 'number' }).notNull().default(0),
  },
  () => [check('event_sequence_is_only_row_check', sql`is_only_row`)],
);

/** The articles whose last event left them unpublished, with a time at which they become public. */
export const articleSchedules = pgTable(
  'article_schedules',
  {
    articleId: bigint('article_id', { mode: 'number' }).primaryKey(),
    dueAt: timestampMs('due_at').notNull(),
  },
  (t) => [index('article_schedules_due_at_idx').on(t.dueAt)],
);
