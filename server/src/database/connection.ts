import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Database } from './database.ts';
import { clientWith } from './driver/client.ts';
import { Pipeline } from './driver/pipeline.ts';
import { leaveReadOnlyServers } from './driver/read-only.ts';
import { relations } from './schema/relations.ts';

export interface Connection {
  db: Database;
  pool: pg.Pool;
  close(): Promise<void>;
}

export interface ConnectionOptions {
  connectionString: string;
  poolSize: number;
  statementTimeoutMs: number;
  /** Named prepared statements: three times the throughput on short reads. */
  prepare: boolean;
  /** Fast reads share connections, see driver/README.md. Needs `prepare`. */
  pipeline: boolean;
  /**
   * Whether to end a connection on which PostgreSQL has sent nothing for twice the statement timeout, because the network
   * lost its response. PostgreSQL itself applies the timeout. False for commands, some of which lift it.
   */
  endSilent?: boolean;
  /** Shown in `pg_stat_activity`. Default `rubric`. */
  applicationName?: string;
  /** Called when an idle connection is lost. */
  onIdleError?: (error: Error) => void;
}

/** Opens a pool; connects on first use. */
export function connect(options: ConnectionOptions): Connection {
  const { prepare, statementTimeoutMs, endSilent = true, applicationName = 'rubric' } = options;
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    max: options.poolSize,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: statementTimeoutMs,
    application_name: applicationName,
    keepAlive: true,
    // Statements of a transaction that are sent together need not wait for one another.
    pipeline: true,
    ...(prepare && { options: `${GENERIC_PLANS} ${CHEAP_READS} ${PLAIN_TIMES}` }),
    Client: clientWith({ prepare, silenceLimitMs: endSilent ? 2 * statementTimeoutMs + 1_000 : undefined }),
  });
  // Without a listener, one idle connection that PostgreSQL ends would end the process.
  pool.on('error', (error) => options.onIdleError?.(error));
  const isPipelined = prepare && options.pipeline;
  const db = Object.assign(databaseOn(pool), isPipelined && { pipelined: databaseOn(new Pipeline(pool)) });
  leaveReadOnlyServers(pool);
  const sessions = trackSessions(pool);
  const close = async () => {
    await pool.end();
    await Promise.all(sessions);
  };
  return { db, pool, close };
}

/**
 * Returns a promise for each open connection, which resolves when PostgreSQL has closed it. `pool.end()` only sends the
 * goodbye; a PostgreSQL that is stopped before it has read that logs a FATAL error for each connection.
 */
function trackSessions(pool: pg.Pool): Set<Promise<void>> {
  const sessions = new Set<Promise<void>>();
  pool.on('connect', (client) => {
    const session = new Promise<void>((resolve) => client.once('end', resolve)).finally(() => sessions.delete(session));
    sessions.add(session);
  });
  return sessions;
}

/** Outside of transactions Drizzle calls only `query` of a pool. */
const databaseOn = (client: pg.Pool | Pipeline) => drizzle({ client: client as pg.Pool, relations, jit: true });

/**
 * Plans statements once, for any values: measured on a list, PostgreSQL otherwise spends 2 ms on planning each time what it
 * runs in 0.3 ms. The setting holds for all statements, so those that are `planned: 'each time'` are sent without parameters.
 */
const GENERIC_PLANS = '-c plan_cache_mode=force_generic_plan';
/**
 * By default PostgreSQL plans for spinning disks: for each article of a page it would read some hundred categories
 * sequentially instead of three through the index.
 */
const CHEAP_READS = '-c random_page_cost=1.1';
/** JavaScript cannot parse times of other zones and styles: `1800-01-01 00:19:32+00:19:32`. */
const PLAIN_TIMES = '-c timezone=UTC -c datestyle=ISO';
