import type { Database } from '../database/database.ts';
import { rateLimited } from '../http/problems.ts';
import { type AttemptLimit, type Limit, retryAfterMs } from './limit.ts';
import { claimLimit } from './rate-limits.queries.ts';

/**
 * Consumes one attempt of the limit of `key`. All servers on this database share the limit and PostgreSQL's clock.
 *
 * @returns null if the attempt is allowed, otherwise the milliseconds until the next one is
 */
export async function tryConsumeAttempt(db: Database, key: string, limit: Limit): Promise<number | null> {
  const [claimed] = await claimLimit(db, key, limit, 1);
  if (!claimed) throw new Error('the claim returned no row');
  return claimed.granted ? null : retryAfterMs(limit, claimed.inUseMs, 1);
}

/** @throws Problem `rate_limited` if no attempt is left */
export async function consumeAttempt(db: Database, { key, limit }: AttemptLimit): Promise<void> {
  const waitMs = await tryConsumeAttempt(db, key, limit);
  if (waitMs !== null) throw rateLimited(waitMs);
}

/** Returns an attempt that was consumed and has succeeded. */
export const refundAttempt = (db: Database, { key, limit }: AttemptLimit) => claimLimit(db, key, limit, -1);

/**
 * Runs an attempt that counts only if it fails: otherwise people who sign in often would lock themselves out. It is consumed
 * before and returned after, because concurrent guesses would all run before the first failure is counted.
 *
 * @throws Problem `rate_limited` if no attempt is left
 */
export async function limitFailures<Result>(db: Database, limit: AttemptLimit, attempt: () => Promise<Result>) {
  await consumeAttempt(db, limit);
  const result = await attempt();
  await refundAttempt(db, limit);
  return result;
}
