import pg from 'pg';
import { READ_ONLY } from '../errors.ts';

/** While PostgreSQL stays read-only, connections are replaced at most this often. */
const INTERVAL_MS = 1_000;

/**
 * Replaces all connections of all pools when PostgreSQL refuses a write because it is read-only. After a failover they can
 * lead to the former primary, through a proxy that keeps them open; new connections lead to the primary.
 */
export function leaveReadOnlyServers(pools: readonly pg.Pool[]): void {
  let current = new WeakSet<pg.PoolClient>();
  let replacedAt = Number.NEGATIVE_INFINITY;
  const replaceAll = () => {
    if (performance.now() - replacedAt < INTERVAL_MS) return;
    replacedAt = performance.now();
    current = new WeakSet();
    pools.forEach(releaseIdle);
  };
  for (const pool of pools) {
    pool.on('connect', (client) => {
      current.add(client);
      client.connection.on('errorMessage', ({ code }: pg.DatabaseError) => code === READ_ONLY && replaceAll());
    });
    // The pool drops a connection that has ended instead of keeping it.
    pool.on('release', (_error, client) => {
      if (!current.has(client)) void client.end().catch(() => undefined);
    });
  }
}

/** Takes the idle connections out of a pool and releases them, as the others are when their statements have ended. */
function releaseIdle(pool: pg.Pool) {
  for (let idle = pool.idleCount; idle > 0; idle -= 1) pool.connect((_error, _client, release) => release());
}
