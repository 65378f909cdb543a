import type { Database } from '../database/database.ts';
import { type Limit, retryAfterMs } from './limit.ts';
import { claimLimit } from './rate-limits.queries.ts';

/**
 * Claims one of what a limit allows to `key`, shared by all servers on this database and by PostgreSQL's clock.
 *
 * @returns null when it is granted, or the milliseconds to wait before the next try
 */
export async function tryConsume(db: Database, key: string, limit: Limit): Promise<number | null> {
  const [claimed] = await claimLimit(db, key, limit, 1);
  if (!claimed) throw new Error('the claim returned nothing');
  return claimed.granted ? null : retryAfterMs(limit, claimed.inUseMs, 1);
}
