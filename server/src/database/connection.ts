import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { type Database, LONG_RUNNING_TIMEOUT_MS } from './database.ts';
import { clientWith } from './driver/client.ts';
import { Pipeline } from './driver/pipeline.ts';
import { relations } from './schema/relations.ts';

export interface Connection {
  db: Database;
  pool: pg.Pool;
  close(): Promise<void>;
}

export interface ConnectionOptions {
  connectionString: string;
  poolSize: number;
  /** PostgreSQL cancels a statement that takes longer. 0 is no limit, which commands have. */
  statementTimeoutMs: number;
  /** PostgreSQL cancels a statement that waits longer for a lock. 0 is no limit. */
  lockTimeoutMs: number;
  /** Named prepared statements: three times the throughput on short reads. */
  prepare: boolean;
  /** Fast reads share connections, see driver/README.md. Needs `prepare`. */
  pipeline: boolean;
  /** Shown in `pg_stat_activity`. Default `rubric`. */
  applicationName?: string;
  /** Called when an idle connection is lost. */
  onIdleError?: (error: Error) => void;
}

/** What large changes get: a pool of their own, so that those which wait for their turn hold up no other request. */
const LONG_RUNNING = { poolSize: 4, statementTimeoutMs: LONG_RUNNING_TIMEOUT_MS };

/** Opens a pool; connects on first use. */
export function connect(options: ConnectionOptions): Connection {
  const sessions = new Set<Promise<void>>();
  const pool = openPool(options, sessions);
  const longRunningPool = options.statementTimeoutMs > 0 && openPool({ ...options, ...LONG_RUNNING }, sessions);
  const isPipelined = options.prepare && options.pipeline;
  const db = Object.assign(
    databaseOn(pool),
    isPipelined && { pipelined: databaseOn(new Pipeline(pool)) },
    longRunningPool && { longRunning: databaseOn(longRunningPool) },
  );
  const close = async () => {
    await Promise.all([pool.end(), longRunningPool && longRunningPool.end()]);
    await Promise.all(sessions);
  };
  return { db, pool, close };
}

function openPool(options: ConnectionOptions, sessions: Set<Promise<void>>): pg.Pool {
  const { prepare, statementTimeoutMs, lockTimeoutMs, applicationName = 'rubric' } = options;
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    max: options.poolSize,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: statementTimeoutMs,
    lock_timeout: lockTimeoutMs,
    application_name: applicationName,
    keepAlive: true,
    // Statements of a transaction that are sent together need not wait for one another.
    pipeline: true,
    ...(prepare && { options: `${GENERIC_PLANS} ${CHEAP_READS} ${PLAIN_TIMES}` }),
    Client: clientWith({ prepare, silenceLimitMs: silenceLimitMs(statementTimeoutMs) }),
  });
  // Without a listener, one idle connection that PostgreSQL ends would end the process.
  pool.on('error', (error) => options.onIdleError?.(error));
  trackSessions(pool, sessions);
  return pool;
}

/**
 * How long PostgreSQL may send nothing before a connection is ended, because the network lost its response: twice the
 * statement timeout, which PostgreSQL itself applies. Without a statement timeout, no silence is too long.
 */
const silenceLimitMs = (statementTimeoutMs: number) =>
  statementTimeoutMs > 0 ? 2 * statementTimeoutMs + 1_000 : undefined;

/**
 * Keeps a promise for each open connection, which resolves when PostgreSQL has closed it. `pool.end()` only sends the
 * goodbye; a PostgreSQL that is stopped before it has read that logs a FATAL error for each connection.
 */
function trackSessions(pool: pg.Pool, sessions: Set<Promise<void>>) {
  pool.on('connect', (client) => {
    const session = new Promise<void>((resolve) => client.once('end', resolve)).finally(() => sessions.delete(session));
    sessions.add(session);
  });
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
