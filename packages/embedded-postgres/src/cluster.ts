import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';

/** What stays the same each time PostgreSQL is started on a data directory. */
export interface Cluster {
  readonly dataDirectory: string;
  readonly socketDirectory: string;
  readonly binaries: Binaries;
  readonly account: Account;
  readonly names: ClusterNames;
  readonly settings: Readonly<Record<string, string>>;
  readonly shutdown: 'fast' | 'smart';
  readonly log: (line: string) => void;
}

/** Names that every process on a data directory must agree on. */
export interface ClusterNames {
  /** The superuser. */
  readonly user: string;
  readonly database: string;
  /** Begins the name of the lease, of the socket directory and of sessions in `pg_stat_activity`. */
  readonly application: string;
}

/**
 * Checks names before they become part of paths, URLs and SQL.
 *
 * @throws Error when a name contains other characters than lower-case letters, digits, `-` and `_`
 */
export function assertNames(names: ClusterNames): void {
  for (const name of [names.user, names.database, names.application]) {
    if (!/^[a-z][a-z0-9_-]{0,62}$/.test(name)) {
      throw new Error(
        `"${name}" cannot be a name of the embedded PostgreSQL: use lower-case letters, digits, "-" and "_".`,
      );
    }
  }
}
