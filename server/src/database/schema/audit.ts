import { sql } from 'drizzle-orm';
import { bigint, check, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { identityId, nowMs, oneOf, timestampMs } from './columns.ts';
import { AUDIT_SOURCES } from './field-limits.ts';

/** What the writing of articles leaves, most of the log: in no index by action, which each write would pay for. */
const FREQUENT_ACTIONS = ['article.create', 'article.change', 'article.link', 'article.unlink'];
export const isFrequent = (action: string) => FREQUENT_ACTIONS.includes(action);
export const notFrequent = sql`not (${oneOf('action', FREQUENT_ACTIONS)})`;

/**
 * Who did what to which row, when, from where, and what it was before and after. Changes of rows are noted by the trigger
 * function `note_change`, so that no writer can forget it; a trigger refuses to change or remove an entry. Accounts and
 * tokens are named by their ids alone, without a foreign key: an entry outlives them.
 */
export const auditLog = pgTable(
  'audit_log',
  {
    id: identityId(),
    at: timestampMs('at').notNull().default(nowMs),
    via: text('via', { enum: AUDIT_SOURCES }).notNull(),
    accountId: bigint('account_id', { mode: 'number' }),
    tokenId: bigint('token_id', { mode: 'number' }),
    address: text('address'),
    /** `article.change`, `sign_in.refused` … */
    action: text('action').notNull(),
    /** What it was done to: `article`, `account` …, and its id. */
    subject: text('subject'),
    subjectId: bigint('subject_id', { mode: 'number' }),
    /** Of a change, the values that differ; of a creation all but the content of an article; of a removal all. */
    before: jsonb('before').$type<Record<string, unknown>>(),
    after: jsonb('after').$type<Record<string, unknown>>(),
  },
  (t) => {
    // Each ends in the order of the list: whatever that is filtered by, a page is a range, and times are where it begins or
    // ends. What they cost a create is in docs/decisions/0011-audit-log-in-triggers.md.
    const newestFirst = () => [t.at.desc().nullsFirst(), t.id.desc().nullsFirst()] as const;
    return [
      index('audit_log_at_idx').on(...newestFirst()),
      index('audit_log_subject_idx').on(t.subject, t.subjectId, ...newestFirst()),
      index('audit_log_account_idx')
        .on(t.accountId, ...newestFirst())
        .where(sql`account_id is not null`),
      index('audit_log_token_idx')
        .on(t.tokenId, ...newestFirst())
        .where(sql`token_id is not null`),
      index('audit_log_action_idx')
        .on(t.action, ...newestFirst())
        .where(notFrequent),
      check('audit_log_via_check', oneOf('via', AUDIT_SOURCES)),
    ];
  },
);

/**
 * How much of a limit is used up, by whom. `free_at` is the instant at which all would be free again (a leaky bucket, as
 * the generic cell rate algorithm keeps it). Unlogged: after a crash everybody may try again.
 */
export const rateLimits = pgTable('rate_limits', {
  key: text('key').primaryKey(),
  freeAt: timestampMs('free_at').notNull(),
});
