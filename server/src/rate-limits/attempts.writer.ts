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

/** What this process does under one key. */
interface Progress {
  /** Attempts that were granted and have not ended. */
  running: Set<Promise<unknown>>;
  /** Claims take turns, so that each knows all attempts that were granted before it. */
  lastClaim: Promise<unknown>;
  /** Callers that use this object; without any it is deleted. */
  callers: number;
}
const progressByKey = new Map<string, Progress>();

/**
 * Runs an attempt that counts only if it fails: otherwise people who sign in often would lock themselves out. It is consumed
 * before and returned after, because concurrent guesses would all run before the first failure is counted. So more than a
 * burst at once, such as the workers of a test suite that all sign in, find no attempt left although none has failed. They
 * wait for those of this process, one after another, until one succeeds or all have failed.
 *
 * @param attempt gets null, or the milliseconds until an attempt is allowed; then it has to fail
 */
export async function countFailures<Result>(
  db: Database,
  limit: AttemptLimit,
  attempt: (waitMs: number | null) => Promise<Result>,
): Promise<Result> {
  const progress = progressByKey.get(limit.key) ?? { running: new Set(), lastClaim: Promise.resolve(), callers: 0 };
  progressByKey.set(limit.key, progress);
  progress.callers += 1;
  const begun = progress.lastClaim.then(() => beginAttempt(db, limit, progress.running, attempt));
  progress.lastClaim = begun.catch(() => undefined);
  try {
    return await (await begun).result;
  } finally {
    progress.callers -= 1;
    if (progress.callers === 0) progressByKey.delete(limit.key);
  }
}

/** @returns the result in an object, so that the next claim does not wait for it */
async function beginAttempt<Result>(
  db: Database,
  { key, limit }: AttemptLimit,
  running: Set<Promise<unknown>>,
  attempt: (waitMs: number | null) => Promise<Result>,
): Promise<{ result: Promise<Result> }> {
  for (;;) {
    const others = [...running];
    const waitMs = await tryConsumeAttempt(db, key, limit);
    if (waitMs !== null && others.length === 0) return { result: attempt(waitMs) };
    if (waitMs === null) {
      const result = attempt(null).then(async (value) => {
        await claimLimit(db, key, limit, -1);
        return value;
      });
      const ended: Promise<unknown> = result.then(
        () => running.delete(ended),
        () => running.delete(ended),
      );
      running.add(ended);
      return { result };
    }
    await Promise.race(others);
  }
}

/** @throws Problem `rate_limited` if no attempt is left */
export const limitFailures = <Result>(db: Database, limit: AttemptLimit, attempt: () => Promise<Result>) =>
  countFailures(db, limit, async (waitMs) => {
    if (waitMs !== null) throw rateLimited(waitMs);
    return attempt();
  });
