import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { isRetryable } from './errors.ts';
import { UNNAMED } from './prepared.ts';
import { relations } from './relations.ts';

/** The pool, or a transaction on one connection of it: every query takes one as its first argument. */
export type Database = NodePgDatabase<typeof relations>;
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];

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
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    max: options.poolSize,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: options.statementTimeoutMs,
    application_name: 'rubric',
    keepAlive: true,
    Client: clientThatNames(options.prepare),
  });
  // Without a listener, one idle connection that PostgreSQL ends would end the process.
  pool.on('error', (error) => options.onIdleError?.(error));
  return { db: drizzle({ client: pool, relations, jit: true }), pool, close: () => pool.end() };
}

/** A client that leaves out the names of some statements: of all for a pooler that hands each to another connection. */
const clientThatNames = (all: boolean) =>
  class extends pg.Client {
    override query(...parameters: unknown[]): never {
      const [first, ...rest] = parameters as [{ name?: string }, ...unknown[]];
      if (first?.name !== undefined && (!all || first.name.startsWith(UNNAMED))) delete first.name;
      return (super.query as (...all: unknown[]) => never)(first, ...rest);
    }
  };

const ATTEMPTS = 10;

/**
 * Runs `work`, again when PostgreSQL chose it as the victim of a deadlock or when `again` says so, with a short random
 * pause in between, so that two that met do not meet again.
 */
export async function withRetry<T>(work: () => Promise<T>, again: (error: unknown) => boolean = () => false): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS || !(isRetryable(error) || again(error))) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * attempt));
    }
  }
}
