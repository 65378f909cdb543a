import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { relations } from './schema/relations.ts';

/** The pool, or a transaction on one connection of it: every query takes one as its first argument. */
export type Database = NodePgDatabase<typeof relations> & {
  /**
   * The same pool, for statements that share connections. Absent in a transaction, which has one connection, and where
   * `PIPELINING` is off.
   */
  readonly pipelined?: NodePgDatabase<typeof relations>;
};

/** The token under which Nest injects the pool into services. */
export const DATABASE = Symbol('database');

/** The token of the connection for what has to be answered while all others are busy. */
export const CONTROL_DATABASE = Symbol('control database');

/** The token of the reads on one snapshot. */
export const SNAPSHOTS = Symbol('snapshots');
