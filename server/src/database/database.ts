import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { relations } from './schema/relations.ts';

/** The statement timeout of large changes: twenty times what one of 100,000 articles takes. */
export const LONG_RUNNING_TIMEOUT_MS = 600_000;

/** The pool, or a transaction on one connection of it: every query takes one as its first argument. */
export type Database = NodePgDatabase<typeof relations> & {
  /**
   * The same pool, for statements that share connections. Absent in a transaction, which has one connection, and where
   * `PIPELINING` is off.
   */
  readonly pipelined?: NodePgDatabase<typeof relations>;
  /** The same for reads that can take some milliseconds, on other connections. See bounded-reads/bounded-reads.ts. */
  readonly ordinary?: NodePgDatabase<typeof relations>;
  /**
   * Connections for transactions that may take minutes, see docs/decisions/0019-large-changes.md. Absent in a transaction,
   * and in commands, whose statements have no time limit.
   */
  readonly longRunning?: NodePgDatabase<typeof relations>;
};

/** The injection token of the pool. */
export const DATABASE = Symbol('database');

/** The injection token of the connection for health checks and cancellations. */
export const CONTROL_DATABASE = Symbol('control database');

/** The injection token of the connection that numbers events. */
export const SEQUENCER_DATABASE = Symbol('sequencer database');

/** The injection token of the reads on one snapshot. */
export const SNAPSHOTS = Symbol('snapshots');

/** One transaction for all statements of a request, see driver/request-transaction.ts. */
export interface RequestTransaction {
  run<T>(work: () => Promise<T>): Promise<T>;
  commit(): Promise<void>;
  undo(): void;
}

export type NewRequestTransaction = (afterBegin: () => Promise<void>) => RequestTransaction;

/** The injection token of `NewRequestTransaction`. */
export const NEW_REQUEST_TRANSACTION = Symbol('new request transaction');
