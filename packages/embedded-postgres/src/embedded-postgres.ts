import { chown, mkdir, realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { chooseAccount } from './account.ts';
import { findBinaries } from './binaries.ts';
import { claim } from './claim.ts';
import { assertNames, type Cluster, type ClusterNames } from './cluster.ts';
import { prepareDataDirectory } from './data-directory.ts';
import type { Instance } from './instance.ts';
import { PORT, prepareSocketDirectory } from './socket-directory.ts';
import { supervise } from './supervisor.ts';
import { describeError } from './system-errors.ts';

/** A PostgreSQL server that runs for as long as a process uses it. */
export interface EmbeddedPostgres {
  /**
   * Valid for `pg`, libpq and `new URL`; the same in every process and after every restart. The host in its query, the
   * directory of the Unix socket, takes precedence over `localhost`, which only makes it a valid URL. To use another
   * database, replace the path. Port and `sslmode` are included so that PGPORT and PGSSLMODE in the environment have no
   * effect.
   */
  readonly connectionString: string;
  readonly socketDirectory: string;
  readonly dataDirectory: string;
  /**
   * True if this process started PostgreSQL, false if it attached to one that another process had started. Becomes true
   * when this process starts it again after that one has ended.
   */
  readonly isOwner: boolean;
  /**
   * In the owner: stops PostgreSQL, within 15 seconds (10 of fast shutdown, 3 of immediate shutdown, then SIGKILL). With
   * `shutdown: 'smart'` it only releases the lease and waits for at most 1 second: PostgreSQL ends once no other process
   * uses it and all sessions have ended. In an attached process: releases the lease. Can be called more than once.
   */
  stop(): Promise<void>;
}

/** Options of `startEmbeddedPostgres`. */
export interface EmbeddedPostgresOptions {
  /** Created if it is missing. The data directory of PostgreSQL is its subdirectory `postgres`. */
  readonly directory: string;
  /** The superuser; `postgres` by default. The same in every process on the directory, now and later. */
  readonly user?: string;
  /** The database that is created with the data directory; named like the user by default. The same in every process. */
  readonly database?: string;
  /**
   * Begins the names of the lease in the data directory, of the socket directory if there has to be one, and of sessions
   * in `pg_stat_activity`; `embedded-postgres` by default. The same in every process: two processes with different names
   * would stop each other's PostgreSQL.
   */
  readonly applicationName?: string;
  /** `fast` (default) for a server, `smart` for a command that stops before others have finished. */
  readonly shutdown?: 'fast' | 'smart';
  /** Settings of PostgreSQL; no effect when attaching. `fsync: 'off'` also makes the first start faster. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Called with each line that PostgreSQL logs, and with each restart. */
  readonly onLog?: (line: string) => void;
}

/**
 * Starts PostgreSQL on a directory, or attaches to the one that another process runs there. From then on restarts it
 * whenever it ends.
 *
 * Every process that uses PostgreSQL holds a lease. PostgreSQL ends when its owner calls `stop()`, or when the last
 * process with a lease ends or is killed. It does not depend on any process to clean up.
 *
 * @throws Error of one sentence, followed by the last log lines of PostgreSQL where they help: no binaries for this
 *   platform, no permission to use the directory, a data directory of another major version, a full disk
 * @see https://www.postgresql.org/docs/18/server-shutdown.html
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  try {
    const cluster = await prepareCluster(options);
    const instance = await claim(cluster, new AbortController().signal);
    return handleOf(cluster, instance);
  } catch (error) {
    throw describeError(error, options.directory);
  }
}

async function prepareCluster(options: EmbeddedPostgresOptions): Promise<Cluster> {
  const names = namesOf(options);
  assertNames(names);
  const directory = await makeDirectory(resolve(options.directory));
  const dataDirectory = join(directory, 'postgres');
  const binaries = await findBinaries(directory);
  const cluster = {
    dataDirectory,
    binaries,
    account: await chooseAccount(binaries, directory, dataDirectory),
    names,
    settings: options.settings ?? {},
    shutdown: options.shutdown ?? 'fast',
    log: options.onLog ?? (() => undefined),
  };
  await prepareDataDirectory(cluster);
  return { ...cluster, socketDirectory: await prepareSocketDirectory(cluster) };
}

function namesOf({ user = 'postgres', database = user, applicationName }: EmbeddedPostgresOptions): ClusterNames {
  return { user, database, application: applicationName ?? 'embedded-postgres' };
}

/** Returns the real path, because every process must derive the same names from it. */
async function makeDirectory(directory: string): Promise<string> {
  const isRoot = process.getuid?.() === 0;
  // If root creates it, another user may have to run PostgreSQL in it: that user can enter the directory, not list it.
  const first = await mkdir(directory, { recursive: true, mode: isRoot ? 0o711 : 0o700 });
  if (first !== undefined && isRoot) {
    // Created with sudo in a home directory, it must belong to the owner of the home, who could not use it otherwise.
    const { uid, gid } = await stat(dirname(first));
    for (let path = directory; path !== dirname(first); path = dirname(path)) await chown(path, uid, gid);
  }
  return realpath(directory);
}

function handleOf(cluster: Cluster, instance: Instance): EmbeddedPostgres {
  const { dataDirectory, names, socketDirectory } = cluster;
  const supervisor = supervise(cluster, instance);
  const host = encodeURIComponent(socketDirectory);
  let stopped: Promise<void> | undefined;
  return {
    connectionString: `postgresql://${names.user}@localhost:${PORT}/${names.database}?host=${host}&sslmode=disable`,
    socketDirectory,
    dataDirectory,
    get isOwner() {
      return supervisor.isOwner();
    },
    stop: () => (stopped ??= supervisor.stop()),
  };
}
