import { sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { rateLimits } from '../database/schema/audit.ts';
import type { Limit } from './limit.ts';

const p = sql.placeholder;

const span = sql`(${p('cost')}::float8 * ${p('perMs')}::float8 * interval '1 millisecond')`;
const capacity = sql`(${p('burst')}::float8 * ${p('perMs')}::float8 * interval '1 millisecond')`;
/** Half a millisecond is forgiven, which is what the column rounds to. */
const granting = sql`greatest(${rateLimits.resetsAt}, statement_timestamp()) + ${span}
  <= statement_timestamp() + ${capacity} + interval '0.5 milliseconds'`;

/**
 * The generic cell rate algorithm: each claim moves `resets_at` by what it costs, and is granted while that stays within
 * the burst. An upsert locks the row, so that two servers take turns; a refusal writes nothing, so that a flood costs no
 * disk. What is left after a refusal is as of the start of the statement: it may have become less.
 */
const claimed = prepared('claim_limit', (db) => {
  const granted = db.$with('granted').as(
    db
      .insert(rateLimits)
      .values({ key: sql`${p('key')}`, resetsAt: sql`statement_timestamp() + ${span}` })
      .onConflictDoUpdate({
        target: rateLimits.key,
        set: { resetsAt: sql`greatest(${rateLimits.resetsAt}, statement_timestamp()) + ${span}` },
        setWhere: granting,
      })
      .returning({ resetsAt: rateLimits.resetsAt }),
  );
  const before = sql`(select ${rateLimits.resetsAt} from ${rateLimits} where ${rateLimits.key} = ${p('key')})`;
  const inUse = sql`extract(epoch from greatest(coalesce((select resets_at from granted), ${before}), statement_timestamp())
    - statement_timestamp()) * 1000`;
  return db
    .with(granted)
    .select({
      granted: sql<boolean>`exists (select from granted)`,
      /** How much of the limit is in use, in milliseconds until all of it is free. */
      inUseMs: sql<number>`(${inUse})::float8`,
    })
    .from(sql`(select) as one`);
});

/** Takes `cost` of what a limit allows to a key, or nothing at all; always one row. */
export const claimLimit = (db: Database, key: string, { burst, perMs }: Limit, cost: number) =>
  claimed(db).execute({ key, burst, perMs, cost });

const minute = sql`date_bin('1 minute', statement_timestamp(), timestamptz '2000-01-01 00:00:00+00')`;
const milliseconds = (name: string) => sql`(${p(name)}::int * interval '1 millisecond')`;

/**
 * Counts by whole minutes: `resets_at` is the begin of the minute and a millisecond for each that is taken, of which there
 * are at most 60,000. So the sum of all leases is the limit to the last one, where rounding would add up.
 */
const leased = prepared('claim_lease', (db) => {
  const taken = sql`greatest(${rateLimits.resetsAt}, ${minute})`;
  const end = sql`${minute} + ${milliseconds('limit')}`;
  const granted = db.$with('granted').as(
    db
      .insert(rateLimits)
      .values({ key: sql`${p('key')}`, resetsAt: sql`${minute} + ${milliseconds('part')}` })
      .onConflictDoUpdate({
        target: rateLimits.key,
        set: { resetsAt: sql`least(${taken} + ${milliseconds('part')}, ${end})` },
        setWhere: sql`${taken} < ${end}`,
      })
      .returning({ resetsAt: rateLimits.resetsAt }),
  );
  return db
    .with(granted)
    .select({
      /** How many are taken in this minute, these included; null where none were left. */
      taken: sql<number | null>`(select extract(epoch from resets_at - ${minute}) * 1000 from granted)::int`,
      endsInMs: sql<number>`(extract(epoch from ${minute} + interval '1 minute' - statement_timestamp()) * 1000)::float8`,
    })
    .from(sql`(select) as one`);
});

/** Takes a part of what a key may do in this minute, or what is left of it; always one row. */
export const claimLease = (db: Database, key: string, { limit, part }: { limit: number; part: number }) =>
  leased(db).execute({ key, limit, part });

/** Rows that say no more than none would. The minutes above count from the begin of one that may not be over. */
export const deleteSpentLimits = (db: Database) =>
  db.delete(rateLimits).where(sql`${rateLimits.resetsAt} < statement_timestamp() - interval '2 minutes'`);
