import { setTimeout as delay } from 'node:timers/promises';
import type { Cluster } from './cluster.ts';
import { attach, type Instance, launch } from './instance.ts';
import { acquireLease } from './lease.ts';
import { isPostmaster, readLockFile, removeStaleLockFiles } from './lock-file.ts';
import { prepareSocketDirectory } from './socket-directory.ts';
import { errorCode } from './system-errors.ts';

const INTERRUPT_AFTER_MS = 10_000;
const GIVE_UP_AFTER_MS = 60_000;

/**
 * Attaches to the PostgreSQL that runs on this data directory, or starts one. Waits for one that is starting or stopping.
 *
 * @throws Error when it does not start, or when the process that holds the data directory neither accepts connections nor
 *   ends
 */
export async function claim(cluster: Cluster, signal: AbortSignal): Promise<Instance> {
  const since = Date.now();
  for (;;) {
    const release = acquireLease(cluster);
    const instance = release === undefined ? await claimUnguarded(cluster, signal) : await attach(cluster, release);
    if (instance) return instance;
    const lockFile = await readLockFile(cluster.dataDirectory);
    const waited = Date.now() - since;
    // A session of another program (a psql that was left open) can delay a smart shutdown for ever.
    if (waited > INTERRUPT_AFTER_MS && lockFile?.status === 'stopping') await interrupt(cluster, lockFile.pid);
    if (waited > GIVE_UP_AFTER_MS && lockFile?.status !== 'starting') {
      throw new Error(
        `PostgreSQL on ${cluster.dataDirectory} is held by process ${lockFile?.pid ?? 'unknown'}, which accepts no connections on ${cluster.socketDirectory} and does not end.`,
      );
    }
    await delay(50, undefined, { signal });
  }
}

/**
 * Starts PostgreSQL if it is not running. One that runs without a guard, because the guard was killed, would outlive all
 * processes that use it: it is told to stop.
 */
async function claimUnguarded(cluster: Cluster, signal: AbortSignal): Promise<Instance | undefined> {
  const lockFile = await readLockFile(cluster.dataDirectory);
  if (lockFile && (await isPostmaster(lockFile.pid, cluster.dataDirectory))) {
    await interrupt(cluster, lockFile.pid);
    return undefined;
  }
  await removeStaleLockFiles(cluster);
  // The system can have deleted the directory: it cleans up its temporary files.
  await prepareSocketDirectory(cluster);
  return launch(cluster, signal);
}

/** Tells PostgreSQL to end its sessions and stop. */
export async function interrupt({ dataDirectory }: Pick<Cluster, 'dataDirectory'>, pid: number): Promise<void> {
  if (!(await isPostmaster(pid, dataDirectory))) return;
  try {
    process.kill(pid, 'SIGINT');
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}
