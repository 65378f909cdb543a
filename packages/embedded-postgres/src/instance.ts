import { closeSync } from 'node:fs';
import { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type { Cluster } from './cluster.ts';
import { type Guard, spawnGuard } from './guard.ts';
import { createLease, type Release } from './lease.ts';
import { readLockFile } from './lock-file.ts';
import { settlesWithin } from './settles-within.ts';
import { PORT } from './socket-directory.ts';

/** One run of PostgreSQL, from its start to its end, as this process sees it. */
export interface Instance {
  /** Whether this process started it. */
  readonly isOwner: boolean;
  /** Resolves when PostgreSQL has ended for any reason. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

// What PostgreSQL logs if the previous one has not quite ended. In English, because it runs with LC_ALL=C.
const BUSY = /lock file ".*" (already exists|is empty)|bogus data in lock file|pre-existing shared memory block/;
const FAST_STOP = [
  { signal: 'SIGINT', limitMs: 10_000 },
  { signal: 'SIGQUIT', limitMs: 3_000 },
  { signal: 'SIGKILL', limitMs: 2_000 },
] as const;
const SMART_LIMIT_MS = 1_000;
const CONNECT_LIMIT_MS = 5_000;

/**
 * Attaches to a PostgreSQL that runs. Keeps the lease if it succeeds. If PostgreSQL does not accept a connection (yet, or
 * any more), releases the lease and returns undefined.
 */
export async function attach(cluster: Cluster, release: Release): Promise<Instance | undefined> {
  const socket = new Socket();
  const client = new Client({
    host: cluster.socketDirectory,
    port: PORT,
    user: cluster.names.user,
    // A session in the application's database would keep it from being used as a template.
    database: 'postgres',
    ssl: false,
    application_name: `${cluster.names.application}: attached`,
    stream: () => socket,
  });
  const ended = new Promise<void>((resolve) => client.on('end', resolve));
  client.on('error', () => undefined);
  const stop = async (): Promise<void> => {
    release();
    socket.destroy();
  };
  if ((await isReady(cluster)) && (await connects(client))) {
    socket.unref();
    return { isOwner: false, ended, stop };
  }
  await stop();
  return undefined;
}

async function isReady({ dataDirectory }: Cluster): Promise<boolean> {
  return (await readLockFile(dataDirectory))?.status === 'ready';
}

async function connects(client: Client): Promise<boolean> {
  const connected = client.connect().then(
    () => true,
    () => false,
  );
  return (await settlesWithin(connected, CONNECT_LIMIT_MS)) && connected;
}

/**
 * Starts PostgreSQL. Returns undefined if another PostgreSQL on the data directory is starting or ending.
 *
 * @throws Error with the last log lines when PostgreSQL exits instead of starting
 */
export async function launch(cluster: Cluster, signal: AbortSignal): Promise<Instance | undefined> {
  const { reader, release } = await createLease(cluster);
  const guard = spawnGuard(cluster, reader);
  closeSync(reader);
  try {
    while (!guard.hasExited()) {
      const lockFile = await readLockFile(cluster.dataDirectory);
      if (lockFile?.status === 'ready' && lockFile.pid === guard.postmasterPid()) {
        return { isOwner: true, ended: guard.exited, stop: () => stopGuarded(cluster.shutdown, guard, release) };
      }
      await Promise.race([guard.exited, delay(20, undefined, { signal })]);
    }
  } catch (error) {
    await stopGuarded('fast', guard, release);
    throw error;
  }
  release();
  const log = guard.lastLogLines();
  if (BUSY.test(log)) return undefined;
  throw new Error(`PostgreSQL did not start on ${cluster.dataDirectory}.\n${log}`);
}

async function stopGuarded(shutdown: 'fast' | 'smart', guard: Guard, release: Release): Promise<void> {
  // With `smart` the guard does the rest, once no other process holds the lease.
  release();
  if (guard.hasExited()) return;
  if (shutdown === 'smart') return void (await settlesWithin(guard.exited, SMART_LIMIT_MS));
  for (const { signal, limitMs } of FAST_STOP) {
    guard.kill(signal);
    if (await settlesWithin(guard.exited, limitMs)) return;
  }
}
