import { once } from 'node:events';
import { chown, mkdir, realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { getSystemErrorMessage } from 'node:util';
import { chooseAccount, errorCode, findBinaries } from './binaries.ts';
import {
  isPostmaster,
  NAME,
  PORT,
  prepareCluster,
  prepareSocketDirectory,
  readLock,
  removeStaleLocks,
  type Site,
} from './cluster.ts';
import { openLease } from './guard.ts';
import { attach, type Instance, launch } from './postmaster.ts';

/** A PostgreSQL that lives while Rubric processes use it. */
export interface EmbeddedPostgres {
  /**
   * For `pg`, libpq and `new URL` alike; the same for every process and after every recovery. The host in its query, a
   * Unix socket, goes before `localhost`, which only makes it a URL (change the database by its path). Port and sslmode
   * are there so that PGPORT or PGSSLMODE in the environment change nothing.
   */
  readonly connectionString: string;
  readonly socketDirectory: string;
  readonly dataDirectory: string;
  /**
   * True when this process started it, false when it attached to the one of another Rubric process. Becomes true when
   * this process starts it again after that one went away.
   */
  readonly owner: boolean;
  /**
   * Owner: ends PostgreSQL, at most after 15 seconds (10 of fast shutdown, then an immediate one, then kill). With
   * `shutdown: 'smart'` it only lets go of it and waits at most 1 second: PostgreSQL ends by itself once no other Rubric
   * process uses it and the sessions of others have ended. Attached: lets go of it. May be called twice.
   */
  stop(): Promise<void>;
}

/** What `startEmbeddedPostgres` needs to know. */
export interface EmbeddedPostgresOptions {
  /** The data folder of Rubric (RUBRIC_DATA); the cluster goes into its `postgres`. Made when missing. */
  readonly directory: string;
  /** `fast` (default) for a server, `smart` for a command that others may outlive. */
  readonly shutdown?: 'fast' | 'smart';
  /** More settings of PostgreSQL; without effect when attaching. `fsync: 'off'` also speeds up the first start. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Every line PostgreSQL logs, and what the supervision does. */
  readonly onLog?: (line: string) => void;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;
const HURRY_AFTER_MS = 10_000;
const GIVE_UP_AFTER_MS = 60_000;

/**
 * Starts PostgreSQL on a data folder, or attaches to the one another Rubric process runs there, and from then on
 * starts it again whenever it goes away.
 *
 * Every Rubric process that uses it holds a lease. PostgreSQL ends when the owner calls `stop()`, or when the last
 * process that holds a lease ends or is killed; it does not depend on any process tidying up.
 * @throws Error of one sentence, then PostgreSQL's last log lines where they help: no binaries for this platform, no
 *   right to use the folder, a folder of another major version, a full disk
 * @see https://www.postgresql.org/docs/18/server-shutdown.html
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const abort = new AbortController();
  try {
    const site = await prepareSite(options);
    return supervise(site, await claim(site, abort.signal), abort);
  } catch (error) {
    throw explain(error, options.directory);
  }
}

async function prepareSite(options: EmbeddedPostgresOptions): Promise<Site> {
  const directory = await makeDirectory(resolve(options.directory));
  const dataDirectory = join(directory, 'postgres');
  const binaries = await findBinaries(directory);
  const site = {
    dataDirectory,
    binaries,
    account: await chooseAccount(binaries, directory, dataDirectory),
    settings: options.settings ?? {},
    shutdown: options.shutdown ?? 'fast',
    log: options.onLog ?? (() => undefined),
  };
  await prepareCluster(site);
  return { ...site, socketDirectory: await prepareSocketDirectory(dataDirectory, site.account) };
}

/** Returns its real path, as every process must derive the same names from it. */
async function makeDirectory(directory: string): Promise<string> {
  const root = process.getuid?.() === 0;
  // For root another user may have to run PostgreSQL in it: that user may enter, not look around.
  const first = await mkdir(directory, { recursive: true, mode: root ? 0o711 : 0o700 });
  if (first !== undefined && root) {
    // Made with sudo in somebody's home, it has to be theirs, or they could not use it without sudo.
    const { uid, gid } = await stat(dirname(first));
    for (let path = directory; path !== dirname(first); path = dirname(path)) await chown(path, uid, gid);
  }
  return realpath(directory);
}

/**
 * Attaches to the PostgreSQL that runs on this data folder, else starts it. Waits for one that is still starting or
 * stopping.
 * @throws Error when it does not start, or when the one that holds the folder neither answers nor ends
 */
async function claim(site: Site, signal: AbortSignal): Promise<Instance> {
  const since = Date.now();
  for (;;) {
    const lease = openLease(site.dataDirectory);
    const instance = lease === undefined ? await claimUnguarded(site, signal) : await attach(site, lease);
    if (instance) return instance;
    const lock = await readLock(site.dataDirectory);
    const waited = Date.now() - since;
    // Sessions that are not Rubric's (a psql left open) can hold a smart shutdown up for ever.
    if (waited > HURRY_AFTER_MS && lock?.status === 'stopping') await interrupt(site, lock.pid);
    if (waited > GIVE_UP_AFTER_MS && lock?.status !== 'starting') {
      throw new Error(
        `PostgreSQL on ${site.dataDirectory} is held by process ${lock?.pid ?? 'unknown'}, which does not answer on ${site.socketDirectory} and does not end.`,
      );
    }
    await delay(50, undefined, { signal });
  }
}

/** Nobody guards it: it does not run, or somebody killed its guard and it would outlive every Rubric process. */
async function claimUnguarded(site: Site, signal: AbortSignal): Promise<Instance | undefined> {
  const lock = await readLock(site.dataDirectory);
  if (lock && (await isPostmaster(lock.pid, site.dataDirectory))) {
    await interrupt(site, lock.pid);
    return undefined;
  }
  await removeStaleLocks(site);
  // Temporary folders get cleaned.
  await prepareSocketDirectory(site.dataDirectory, site.account);
  return launch(site, signal);
}

async function interrupt(site: Site, pid: number): Promise<void> {
  if (!(await isPostmaster(pid, site.dataDirectory))) return;
  try {
    process.kill(pid, 'SIGINT');
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}

function supervise(site: Site, first: Instance, abort: AbortController): EmbeddedPostgres {
  const held = { instance: first };
  const supervision = watch(site, held, abort.signal);
  let stopped: Promise<void> | undefined;

  async function stop(): Promise<void> {
    abort.abort();
    await held.instance.stop();
    await supervision;
  }

  return {
    connectionString: `postgresql://${NAME}@localhost:${PORT}/${NAME}?host=${encodeURIComponent(site.socketDirectory)}&sslmode=disable`,
    socketDirectory: site.socketDirectory,
    dataDirectory: site.dataDirectory,
    get owner() {
      return held.instance.owner;
    },
    stop: () => (stopped ??= stop()),
  };
}

/** Puts a new instance in the place of one that went away, until aborted. */
async function watch(site: Site, held: { instance: Instance }, signal: AbortSignal): Promise<void> {
  const aborted = once(signal, 'abort');
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    const since = Date.now();
    await Promise.race([held.instance.gone, aborted]);
    if (signal.aborted) return;
    await held.instance.stop();
    site.log(`PostgreSQL on ${site.dataDirectory} went away: starting it again`);
    if (Date.now() - since > LONGEST_PAUSE_MS) pause = FIRST_PAUSE_MS;
    const next = await reclaim(site, pause, signal);
    if (!next) return;
    held.instance = next;
  }
}

/** Tries until it runs again; undefined once aborted. */
async function reclaim(site: Site, firstPause: number, signal: AbortSignal): Promise<Instance | undefined> {
  for (let pause = firstPause; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      await delay(pause, undefined, { signal });
      const instance = await claim(site, signal);
      if (!signal.aborted) return instance;
      await instance.stop();
    } catch (error) {
      if (!signal.aborted) site.log(explain(error, site.dataDirectory).message);
    }
    if (signal.aborted) return undefined;
  }
}

/** Gives a system error the sentence it lacks. */
function explain(error: unknown, directory: string): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  if (!('errno' in error) || typeof error.errno !== 'number') return error;
  const path = 'path' in error ? String(error.path) : directory;
  return new Error(`PostgreSQL cannot use ${path}: ${getSystemErrorMessage(error.errno)}.`, { cause: error });
}
