import type { Database } from '../database/database.ts';
import { rateLimited } from '../http/problems.ts';
import type { Limit } from './limit.ts';
import { tryConsume } from './rate-limits.writer.ts';

/** @throws Problem `rate_limited` when nothing is left of it */
export async function consumeAttempt(db: Database, { key, limit }: { key: string; limit: Limit }): Promise<void> {
  const waitMs = await tryConsume(db, key, limit);
  if (waitMs !== null) throw rateLimited(waitMs);
}
