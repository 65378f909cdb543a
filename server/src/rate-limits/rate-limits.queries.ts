import { sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { rateLimits } from '../database/schema/rate-limits.ts';
import type { Limit } from './limit.ts';

const p = sql.placeholder;

const milliseconds = sql`interval '1 millisecond'`;
const costInterval = sql`(${p('cost')}::float8 * ${p('perMs')}::float8 * ${milliseconds})`;
const burstInterval = sql`(${p('burst')}::float8 * ${p('perMs')}::float8 * ${milliseconds})`;
/** Tolerates half a millisecond, because `resets_at` is rounded to milliseconds. */
const staysWithinBurst = sql`greatest(${rateLimits.resetsAt}, statement_timestamp()) + ${costInterval}
  <= statement_timestamp() + ${burstInterval} + interval '0.5 milliseconds'`;

/**
 * The generic cell rate algorithm (GCRA): each claim advances `resets_at` by its cost and is granted while `resets_at` stays
 * within the burst. The upsert locks the row, so concurrent servers take turns. A refusal writes nothing, so a flood causes
 * no disk writes. After a refusal, `inUseMs` is as of the start of the statement: it can have decreased since.
 */
const preparedClaimLimit = prepared('claim_limit', (db) => {
  const claimed = db.$with('claimed').as(
    db
      .insert(rateLimits)
      .values({ key: sql`${p('key')}`, resetsAt: sql`statement_timestamp() + ${costInterval}` })
      .onConflictDoUpdate({
        target: rateLimits.key,
        set: { resetsAt: sql`greatest(${rateLimits.resetsAt}, statement_timestamp()) + ${costInterval}` },
        setWhere: staysWithinBurst,
      })
      .returning({ resetsAt: rateLimits.resetsAt }),
  );
  const current = sql`(select ${rateLimits.resetsAt} from ${rateLimits} where ${rateLimits.key} = ${p('key')})`;
  const inUse = sql`extract(epoch from greatest(coalesce((select resets_at from claimed), ${current}), statement_timestamp())
    - statement_timestamp()) * 1000`;
  return db
    .with(claimed)
    .select({
      granted: sql<boolean>`exists (select from claimed)`,
      /** How much of the limit is in use, as the milliseconds until all of it is available. */
      inUseMs: sql<number>`(${inUse})::float8`,
    })
    .from(sql`(select) as one`);
});

/** Claims `cost` of a key's limit, or nothing if it is not available. Always returns one row. */
export const claimLimit = (db: Database, key: string, { burst, perMs }: Limit, cost: number) =>
  preparedClaimLimit(db).execute({ key, burst, perMs, cost });

const minuteStart = sql`date_bin('1 minute', statement_timestamp(), timestamptz '2000-01-01 00:00:00+00')`;
const requests = (name: string) => sql`(${p(name)}::int * ${milliseconds})`;

/**
 * Counts by whole minutes: `resets_at` is the start of the minute plus one millisecond per leased request, at most 60,000.
 * Whole milliseconds keep the sum of all leases exactly at the limit, where rounding errors would add up.
 */
const preparedClaimLease = prepared('claim_lease', (db) => {
  const leased = sql`greatest(${rateLimits.resetsAt}, ${minuteStart})`;
  const fullyLeased = sql`${minuteStart} + ${requests('limit')}`;
  const claimed = db.$with('claimed').as(
    db
      .insert(rateLimits)
      .values({ key: sql`${p('key')}`, resetsAt: sql`${minuteStart} + ${requests('leaseSize')}` })
      .onConflictDoUpdate({
        target: rateLimits.key,
        set: { resetsAt: sql`least(${leased} + ${requests('leaseSize')}, ${fullyLeased})` },
        setWhere: sql`${leased} < ${fullyLeased}`,
      })
      .returning({ resetsAt: rateLimits.resetsAt }),
  );
  return db
    .with(claimed)
    .select({
      /** How many requests of this minute are leased, this lease included. Null if none was left. */
      leased: sql<number | null>`(select extract(epoch from resets_at - ${minuteStart}) * 1000 from claimed)::int`,
      endsInMs: sql<number>`(extract(epoch from ${minuteStart} + interval '1 minute' - statement_timestamp()) * 1000)::float8`,
    })
    .from(sql`(select) as one`);
});

/** Leases `leaseSize` requests of a key's limit in this minute, or the rest of it. Always returns one row. */
export const claimLease = (db: Database, key: string, { limit, leaseSize }: { limit: number; leaseSize: number }) =>
  preparedClaimLease(db).execute({ key, limit, leaseSize });

/**
 * Deletes rows that no longer limit anything. Leases count from the start of the current minute, hence the margin of two
 * minutes.
 */
export const deleteUnusedLimits = (db: Database) =>
  db.delete(rateLimits).where(sql`${rateLimits.resetsAt} < statement_timestamp() - interval '2 minutes'`);
