import { sql } from 'drizzle-orm';
import { bigint, boolean, check, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { identityId, nowMs, oneOf, timestampMs, xid8 } from './columns.ts';
import { AUDIT_SOURCES } from './enums.ts';

/**
 * The actions of ordinary article writes, which are most of the log. The index by action excludes them, so that these
 * writes do not maintain it.
 */
const FREQUENT_ACTIONS = ['article.create', 'article.change', 'article.link', 'article.unlink'];

export const isFrequent = (action: string) => FREQUENT_ACTIONS.includes(action);

export const notFrequent = sql`not (${oneOf('action', FREQUENT_ACTIONS)})`;

/**
 * The audit log: who changed which row, when and from where, with the values before and after. Events derive from it.
 * Triggers insert one entry for each transaction and row, so that no writer can forget it; another trigger rejects updates
 * and deletes. Account and token ids have no foreign key, because an entry outlives the account.
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
    /** For example `article.change` or `session.refused`. */
    action: text('action').notNull(),
    /** The kind of row, for example `article` or `account`. */
    subject: text('subject'),
    subjectId: bigint('subject_id', { mode: 'number' }),
    /** For an update the values that differ, for an insert and a delete all. Texts of articles are in their revisions. */
    before: jsonb('before').$type<Record<string, unknown>>(),
    after: jsonb('after').$type<Record<string, unknown>>(),
    /** The command that made the change, such as `import wordpress`. */
    command: text('command'),
    /** The fields that an update changed, texts included, by their names in requests. */
    changed: text('changed').array(),
    /**
     * The version of an article, category or author after the change (before a deletion). For an article, the number of its
     * revision.
     */
    subjectVersion: integer('subject_version'),
    /** The slug after the change, or before a deletion. */
    subjectSlug: text('subject_slug'),
    /**
     * Whether anonymous callers could read the row before and after the change. Null if the entry is no event: other kinds of rows,
     * and changes that do not raise the version.
     */
    wasPublic: boolean('was_public'),
    isPublic: boolean('is_public'),
    /**
     * For an article: the owner and the categories before or after the change, which decide who could read it while it was
     * not public.
     */
    subjectOwnerId: bigint('subject_owner_id', { mode: 'number' }),
    subjectCategoryIds: bigint('subject_category_ids', { mode: 'number' }).array(),
    /** The transaction. A transaction that a snapshot does not contain became visible after it. */
    transactionId: xid8('transaction_id').default(sql`pg_current_xact_id()`),
  },
  (t) => {
    // Each index ends in the order of the list, so that a page is one index range under every filter, and `at` bounds
    // that range. docs/decisions/0011-audit-log-in-triggers.md has their cost for a create.
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
 * One row: the progress of converting entries from before revisions existed. The texts in those of articles become
 * revisions and are removed from the log. See docs/decisions/0036-texts-of-old-entries.md.
 */
export const auditLogConversion = pgTable(
  'audit_log_conversion',
  {
    isOnlyRow: boolean('is_only_row').primaryKey().default(true),
    /** The last entry from before revisions existed. */
    lastId: bigint('last_id', { mode: 'number' }).notNull(),
    /** Entries after this one have been converted; 0 if all have. */
    nextId: bigint('next_id', { mode: 'number' }).notNull(),
  },
  () => [check('audit_log_conversion_is_only_row_check', sql`is_only_row`)],
);
