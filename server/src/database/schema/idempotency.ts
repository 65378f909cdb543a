import { check, index, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core';
import { bytea, createdAt, maxLength } from './columns.ts';
import { MAX } from './field-limits.ts';

/**
 * The answers to requests with an `Idempotency-Key`, each written in the transaction of its request. A worker deletes them
 * after a day.
 */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    /** `token:7` or `account:7`. No foreign key: it would look up and lock the row for each request. */
    caller: text('caller').notNull(),
    key: text('key').notNull(),
    /** The SHA-256 of the request. */
    fingerprint: bytea('fingerprint').notNull(),
    status: smallint('status').notNull(),
    location: text('location'),
    /** JSON. Null if the answer has no body. */
    body: text('body'),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: 'idempotency_keys_pkey', columns: [t.caller, t.key] }),
    index('idempotency_keys_created_at_idx').on(t.createdAt),
    check('idempotency_keys_key_check', maxLength('key', MAX.idempotencyKey)),
  ],
);
