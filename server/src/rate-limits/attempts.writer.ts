import type { Database } from '../database/database.ts';
import { rateLimited } from '../http/problems.ts';
import { type Limit, retryAfterMs } from './limit.ts';
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
export async function consumeAttempt(db: Database, { key, limit }: { key: string; limit: Limit }): Promise<void> {
  const waitMs = await tryConsumeAttempt(db, key, limit);
  if (waitMs !== null) throw rateLimited(waitMs);
}
