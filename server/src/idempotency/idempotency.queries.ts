import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { nowMs } from '../database/schema/columns.ts';
import { idempotencyKeys as keys } from '../database/schema/idempotency.ts';

const p = sql.placeholder;

/** A key of one caller. */
export interface KeyOfCaller {
  caller: string;
  key: string;
}

/** A status and a body as JSON, and the `Location`. */
export type Answer = Pick<typeof keys.$inferSelect, 'status' | 'location' | 'body'>;

const isExpired = sql`${keys.createdAt} <= now() - interval '24 hours'`;

const lockStatement = prepared('lock_idempotency_key', (db) =>
  db
    .select({
      acquired: sql<boolean>`pg_try_advisory_xact_lock(hashtextextended(${p('caller')} || ' ' || ${p('key')}, 0))`,
    })
    .from(sql`(select) as one`),
);

/** Locks a key until the transaction ends, unless another one has it locked. */
export const lockKey = (tx: Database, key: KeyOfCaller) => lockStatement(tx).execute({ ...key });

const findStatement = prepared('find_kept_answer', (db) =>
  db
    .select({ fingerprint: keys.fingerprint, status: keys.status, location: keys.location, body: keys.body })
    .from(keys)
    .where(and(eq(keys.caller, p('caller')), eq(keys.key, p('key')), sql`not ${isExpired}`)),
);

export const findKeptAnswer = (tx: Database, key: KeyOfCaller) => findStatement(tx).execute({ ...key });

const insertStatement = prepared('insert_kept_answer', (db) => {
  const answer = { fingerprint: p('fingerprint'), status: p('status'), location: p('location'), body: p('body') };
  return db
    .insert(keys)
    .values({ caller: p('caller'), key: p('key'), ...answer })
    .onConflictDoUpdate({
      target: [keys.caller, keys.key],
      set: {
        fingerprint: sql`excluded.fingerprint`,
        status: sql`excluded.status`,
        location: sql`excluded.location`,
        body: sql`excluded.body`,
        createdAt: nowMs,
      },
      setWhere: isExpired,
    })
    .returning({ status: keys.status });
});

/** Keeps an answer. No row: there is one that has not expired. */
export const insertKeptAnswer = (tx: Database, key: KeyOfCaller & { fingerprint: Buffer }, answer: Answer) =>
  insertStatement(tx).execute({ ...key, ...answer });

/** Deletes at most `limit` answers that have expired. Servers that do so at the same time skip the rows of one another. */
export const deleteExpiredAnswers = (db: Database, limit: number) =>
  db.execute<{ deleted: number }>(sql`
    with expired as (
      select caller, key from ${keys} where ${isExpired} order by created_at limit ${limit} for update skip locked
    ), deleted_rows as (
      delete from ${keys} using expired where ${keys.caller} = expired.caller and ${keys.key} = expired.key returning 1
    )
    select count(*)::int as deleted from deleted_rows`);
