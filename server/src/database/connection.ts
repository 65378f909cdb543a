import { drizzle } from 'drizzle-orm/node-postgres';
import type pg from 'pg';
import { type Database, LONG_RUNNING_TIMEOUT_MS, type NewRequestTransaction } from './database.ts';
import { clientWith } from './driver/client.ts';
import { MAX_PIPELINE_DEPTH, Pipeline } from './driver/pipeline.ts';
import { Pool } from './driver/pool.ts';
import { leaveReadOnlyServers } from './driver/read-only.ts';
import { RequestTransaction } from './driver/request-transaction.ts';
import type { SnapshotClient } from './driver/snapshot-client.ts';
import { relations } from './schema/relations.ts';
import { SnapshotReads } from './snapshot-reads.ts';

export interface Connection {
  db: Database;
  pool: pg.Pool;
  /** Reads on one snapshot: on the connections of the pool, and expensive ones on two of their own. */
  snapshots: Record<'ordinary' | 'expensive', SnapshotReads>;
  /** One connection for statements that must not wait for others: health checks and cancellations. */
  control: Database;
  newRequestTransaction: NewRequestTransaction;
  /** One connection that numbers events, so that events do not wait for requests. */
  sequencer: Database;
  close(): Promise<void>;
}

export interface ConnectionOptions {
  connectionString: string;
  poolSize: number;
  /** PostgreSQL cancels a statement that takes longer. 0 is no limit, which commands have. */
  statementTimeoutMs: number;
  /** PostgreSQL cancels a statement that waits longer for a lock. 0 is no limit. */
  lockTimeoutMs: number;
  /** The statement timeout of expensive reads. Default: `statementTimeoutMs`. */
  expensiveTimeoutMs?: number;
  /** Named prepared statements: three times the throughput on short reads. */
  prepare: boolean;
  /** Fast reads share connections, see driver/README.md. Needs `prepare`. */
  pipeline: boolean;
  /** Shown in `pg_stat_activity`. Default `rubric`. */
  applicationName?: string;
  /** Called when an idle connection is lost. */
  onIdleError?: (error: Error) => void;
}

/** Enough to keep one Node process busy, few enough to be shared. With two, Node waits if a statement takes 0.4 ms. */
const FAST_CONNECTIONS = 4;
/**
 * The connections of a pool that ordinary reads get: a third. With half of them, 32 clients got no more lists per second,
 * and other requests waited longer for the cores.
 */
export const ordinaryConnections = (poolSize: number) => Math.max(1, Math.floor(poolSize / 3));
/** The smallest share of such a connection that a statement takes. */
export const LEAST_SHARE = 1 / MAX_PIPELINE_DEPTH;
/** Expensive reads have these connections, and no parallel workers: two of them leave the cores to others. */
export const EXPENSIVE_CONNECTIONS = 2;
const EXPENSIVE = { poolSize: EXPENSIVE_CONNECTIONS, settings: '-c max_parallel_workers_per_gather=0' };
/** The pool of large changes: while they wait for their turn, they delay no other request. */
const LONG_RUNNING = { poolSize: 4, statementTimeoutMs: LONG_RUNNING_TIMEOUT_MS };

/**
 * Numbering the events of an import of a million articles takes longer than a request may take. It is limited nevertheless:
 * if the network drops all packets, a stop waits for it.
 */
const SEQUENCER_TIMEOUT_FACTOR = 6;

/** Opens the pools; connects on first use. */
export function connect(options: ConnectionOptions): Connection {
  const sessions = new Set<Promise<void>>();
  // The third writer of a row waits for two locks in turn: half of the time for each.
  const pool = openPool({ ...options, lockTimeoutMs: Math.ceil(options.lockTimeoutMs / 2) }, sessions);
  const expensiveTimeoutMs = options.expensiveTimeoutMs ?? options.statementTimeoutMs;
  const expensivePool = openPool({ ...options, ...EXPENSIVE, statementTimeoutMs: expensiveTimeoutMs }, sessions);
  const controlPool = openPool({ ...options, poolSize: 1 }, sessions);
  const longRunningPool = options.statementTimeoutMs > 0 ? openPool({ ...options, ...LONG_RUNNING }, sessions) : null;
  const sequencerTimeoutMs = SEQUENCER_TIMEOUT_FACTOR * options.statementTimeoutMs;
  const sequencerPool = openPool({ ...options, poolSize: 1, statementTimeoutMs: sequencerTimeoutMs }, sessions);
  const pools = [pool, expensivePool, controlPool, sequencerPool, ...(longRunningPool ? [longRunningPool] : [])];
  leaveReadOnlyServers(pools);
  const isPipelined = options.prepare && options.pipeline;
  const db = Object.assign(
    databaseOn(pool),
    isPipelined && {
      pipelined: databaseOn(new Pipeline(pool, FAST_CONNECTIONS)),
      ordinary: databaseOn(new Pipeline(pool, ordinaryConnections(options.poolSize))),
    },
    longRunningPool && { longRunning: databaseOn(longRunningPool) },
  );
  const cancelBackend = (processId: number) => controlPool.query('select pg_cancel_backend($1)', [processId]);
  return {
    db,
    pool,
    snapshots: {
      ordinary: new SnapshotReads(pool, databaseOn, cancelBackend),
      expensive: new SnapshotReads(expensivePool, databaseOn, cancelBackend),
    },
    control: databaseOn(controlPool),
    newRequestTransaction: (afterBegin) => new RequestTransaction(pool, afterBegin),
    sequencer: databaseOn(sequencerPool),
    close: async () => {
      await Promise.all(pools.map((each) => each.end()));
      await Promise.all(sessions);
    },
  };
}

/** @param sessions receives a promise for each open connection, see `trackSessions` */
function openPool(options: ConnectionOptions & { settings?: string }, sessions: Set<Promise<void>>): pg.Pool {
  const { prepare, statementTimeoutMs, lockTimeoutMs, applicationName = 'rubric', settings = '' } = options;
  const pool = new Pool({
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
    ...(prepare && { options: `${GENERIC_PLANS} ${CHEAP_READS} ${PLAIN_TIMES} ${settings}` }),
    Client: clientWith({ prepare, silenceLimitMs: silenceLimitMs(statementTimeoutMs) }),
  });
  // Without a listener, the end of an idle connection would end the process.
  pool.on('error', (error) => options.onIdleError?.(error));
  // The same for a connection in use: its statements fail, and `release` closes it.
  pool.on('connect', (client) => client.on('error', () => undefined));
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
 * Adds a promise for each open connection, which resolves when PostgreSQL has closed it. `pool.end()` only sends the
 * goodbye; a PostgreSQL that is stopped before it has read that logs a FATAL error for each connection.
 */
function trackSessions(pool: pg.Pool, sessions: Set<Promise<void>>) {
  pool.on('connect', (client) => {
    const session = new Promise<void>((resolve) => client.once('end', resolve)).finally(() => sessions.delete(session));
    sessions.add(session);
  });
}

/** Outside of transactions Drizzle calls only `query` of a pool. */
const databaseOn = (client: pg.Pool | Pipeline | SnapshotClient): Database =>
  drizzle({ client: client as pg.Pool, relations, jit: true });

/**
 * Plans statements once, for any values. Otherwise PostgreSQL spends 2 ms on planning a list each time, which runs in 0.3
 * ms. The setting applies to all statements, so those with `planned: 'each time'` are sent without parameters.
 */
const GENERIC_PLANS = '-c plan_cache_mode=force_generic_plan';
/**
 * By default PostgreSQL plans for spinning disks: for each article of a page it would read some hundred categories
 * sequentially instead of three through the index.
 */
const CHEAP_READS = '-c random_page_cost=1.1';
/** JavaScript cannot parse times of other zones and styles: `1800-01-01 00:19:32+00:19:32`. */
const PLAIN_TIMES = '-c timezone=UTC -c datestyle=ISO';
