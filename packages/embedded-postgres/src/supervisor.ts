import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { claim, interrupt } from './claim.ts';
import type { Cluster } from './cluster.ts';
import type { Instance } from './instance.ts';
import { readLockFile } from './lock-file.ts';
import { describeError } from './system-errors.ts';

const MIN_DELAY_MS = 100;
const MAX_DELAY_MS = 10_000;
const STATUS_INTERVAL_MS = 500;

/** Keeps PostgreSQL running until it is stopped. */
export interface Supervisor {
  isOwner(): boolean;
  stop(): Promise<void>;
}

/**
 * Stops PostgreSQL at once after another process has told it to stop. A SIGTERM, by an operator or a process manager, is a
 * smart shutdown: PostgreSQL accepts no new connection and waits for the end of all sessions, which the pools of the
 * processes that use it keep open for ever.
 */
async function hastenShutdown(cluster: Cluster, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await delay(STATUS_INTERVAL_MS, undefined, { ref: false, signal }).catch(() => undefined);
    const lockFile = await readLockFile(cluster.dataDirectory);
    if (!signal.aborted && lockFile?.status === 'stopping') await interrupt(cluster, lockFile.pid);
  }
}

/** Replaces the instance each time it ends, with delays that double from 0.1 to 10 seconds. */
export function supervise(cluster: Cluster, first: Instance): Supervisor {
  const abort = new AbortController();
  const current = { instance: first };
  const watching = Promise.all([watch(cluster, current, abort.signal), hastenShutdown(cluster, abort.signal)]);
  return {
    isOwner: () => current.instance.isOwner,
    stop: async () => {
      abort.abort();
      await current.instance.stop();
      await watching;
    },
  };
}

async function watch(cluster: Cluster, current: { instance: Instance }, signal: AbortSignal): Promise<void> {
  const aborted = once(signal, 'abort');
  for (let delayMs = MIN_DELAY_MS; ; delayMs = nextDelay(delayMs)) {
    const since = Date.now();
    await Promise.race([current.instance.ended, aborted]);
    if (signal.aborted) return;
    await current.instance.stop();
    cluster.log(`PostgreSQL on ${cluster.dataDirectory} has ended: restarting it`);
    if (Date.now() - since > MAX_DELAY_MS) delayMs = MIN_DELAY_MS;
    const next = await reclaim(cluster, delayMs, signal);
    if (!next) return;
    current.instance = next;
  }
}

/** Retries until PostgreSQL runs again. Returns undefined once aborted. */
async function reclaim(cluster: Cluster, firstDelayMs: number, signal: AbortSignal): Promise<Instance | undefined> {
  for (let delayMs = firstDelayMs; ; delayMs = nextDelay(delayMs)) {
    try {
      await delay(delayMs, undefined, { signal });
      const instance = await claim(cluster, signal);
      if (!signal.aborted) return instance;
      await instance.stop();
    } catch (error) {
      if (!signal.aborted) cluster.log(describeError(error, cluster.dataDirectory).message);
    }
    if (signal.aborted) return undefined;
  }
}

const nextDelay = (delayMs: number) => Math.min(delayMs * 2, MAX_DELAY_MS);
