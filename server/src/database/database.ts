import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import type pg from 'pg';
import { clientThatPrepares } from './client.ts';
import { isRetryable } from './errors.ts';
import { Pool } from './pool.ts';
import { relations } from './relations.ts';

/** The pool, or a transaction on one connection of it: every query takes one as its first argument. */
export type Database = NodePgDatabase<typeof relations>;

/** The token under which Nest injects the pool into services. */
export const DATABASE = Symbol('database');

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
  return { db: drizzle({ client: pool, relations, jit: true }), pool, close: () => pool.end() };
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

const ATTEMPTS = 10;

/**
 * Runs `work`, again when PostgreSQL chose it as the victim of a deadlock or when `again` says so, with a short random
 * pause in between, so that two that met do not meet again.
 */
export async function withRetry<T>(
  work: () => Promise<T>,
  again: (error: unknown) => boolean = () => false,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS || !(isRetryable(error) || again(error))) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * attempt));
    }
  }
}
