import { drizzle } from 'drizzle-orm/node-postgres';
import type pg from 'pg';
import type { Database } from './database.ts';
import { clientThatPrepares } from './driver/client.ts';
import { Pool } from './driver/pool.ts';
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
  /** Called when a connection dies while nobody uses it. */
  onIdleError?: (error: Error) => void;
}

/** Opens a pool; connects on first use. */
export function connect(options: ConnectionOptions): Connection {
  const pool = new Pool({
    connectionString: options.connectionString,
    max: options.poolSize,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: options.statementTimeoutMs,
    application_name: 'rubric',
    keepAlive: true,
    // What is sent goes out at once; `Pool` decides what stands behind what.
    pipeline: true,
    ...(options.prepare && { options: `${GENERIC_PLANS} ${CHEAP_READS} ${PLAIN_TIMES}` }),
    // PostgreSQL keeps the time above; this one is for a network that swallows its answer, and frees the connection.
    Client: clientThatPrepares(options.prepare, 2 * options.statementTimeoutMs + 1_000),
  });
  // Without a listener, one idle connection that PostgreSQL ends would end the process.
  pool.on('error', (error) => options.onIdleError?.(error));
  const sessions = trackSessions(pool);
  const close = async () => {
    await pool.end();
    await Promise.all(sessions);
  };
  return { db: drizzle({ client: pool, relations, jit: true }), pool, close };
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

/**
 * Statements with a name are planned once, for any value: measured on a list, PostgreSQL otherwise plans each time (2 ms)
 * what it runs in 0.3 ms. Those without one are planned each time, for the values that they are sent with, so these are
 * written into them.
 */
const GENERIC_PLANS = '-c plan_cache_mode=force_generic_plan';
/**
 * By default PostgreSQL plans for a disk that turns, and reads all of some hundred categories for each article of a page
 * sooner than look three of them up.
 */
const CHEAP_READS = '-c random_page_cost=1.1';
/** JavaScript cannot read times as other zones and styles write them: `1800-01-01 00:19:32+00:19:32`. */
const PLAIN_TIMES = '-c timezone=UTC -c datestyle=ISO';
