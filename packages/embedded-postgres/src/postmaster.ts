import { closeSync } from 'node:fs';
import { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { NAME, PORT, readLock, type Site } from './cluster.ts';
import { createLease, type Guard, type Release, settles, spawnGuard } from './guard.ts';

/** One life of PostgreSQL as this process sees it. */
export interface Instance {
  readonly owner: boolean;
  /** Resolves when PostgreSQL is gone, for whatever reason. */
  readonly gone: Promise<void>;
  stop(): Promise<void>;
}

// What PostgreSQL says when the one before it has not quite ended (English, as it runs with LC_ALL=C).
const BUSY = /lock file ".*" (already exists|is empty)|bogus data in lock file|pre-existing shared memory block/;
const FAST_STOP = [
  { signal: 'SIGINT', limitMs: 10_000 },
  { signal: 'SIGQUIT', limitMs: 3_000 },
  { signal: 'SIGKILL', limitMs: 2_000 },
] as const;
const SMART_LIMIT_MS = 1_000;
const ANSWER_LIMIT_MS = 5_000;

/** Holds the lease from now on; undefined, and the lease given up, when PostgreSQL does not answer (yet, or any more). */
export async function attach(site: Site, release: Release): Promise<Instance | undefined> {
  const socket = new Socket();
  // Not the database of the articles: a session there would be in the way of making a copy of it.
  const place = { host: site.socketDirectory, port: PORT, user: NAME, database: 'postgres', ssl: false };
  const client = new Client({ ...place, application_name: 'rubric: attached', stream: () => socket });
  const gone = new Promise<void>((resolve) => client.on('end', resolve));
  client.on('error', () => undefined);
  const stop = async (): Promise<void> => {
    release();
    socket.destroy();
  };
  if ((await isReady(site)) && (await answers(client))) {
    socket.unref();
    return { owner: false, gone, stop };
  }
  await stop();
  return undefined;
}

async function isReady(site: Site): Promise<boolean> {
  return (await readLock(site.dataDirectory))?.status === 'ready';
}

async function answers(client: Client): Promise<boolean> {
  const connected = client.connect().then(
    () => true,
    () => false,
  );
  return (await settles(connected, ANSWER_LIMIT_MS)) && connected;
}

/**
 * Starts PostgreSQL; undefined when another one, or the end of one, is in the way.
 * @throws Error with the last log lines when it ends instead of starting
 */
export async function launch(site: Site, signal: AbortSignal): Promise<Instance | undefined> {
  const { reader, release } = await createLease(site);
  const guard = spawnGuard(site, reader);
  closeSync(reader);
  try {
    while (!guard.ended()) {
      const lock = await readLock(site.dataDirectory);
      if (lock?.status === 'ready' && lock.pid === guard.postmaster()) {
        return { owner: true, gone: guard.gone, stop: () => stopGuarded(site.shutdown, guard, release) };
      }
      await Promise.race([guard.gone, delay(20, undefined, { signal })]);
    }
  } catch (error) {
    await stopGuarded('fast', guard, release);
    throw error;
  }
  release();
  const log = guard.lastLines();
  if (BUSY.test(log)) return undefined;
  throw new Error(`PostgreSQL did not start on ${site.dataDirectory}.\n${log}`);
}

async function stopGuarded(shutdown: 'fast' | 'smart', guard: Guard, release: Release): Promise<void> {
  // For smart this is all: once no other Rubric process holds the lease, the guard lets PostgreSQL finish.
  release();
  if (guard.ended()) return;
  if (shutdown === 'smart') return void (await settles(guard.gone, SMART_LIMIT_MS));
  for (const { signal, limitMs } of FAST_STOP) {
    guard.kill(signal);
    if (await settles(guard.gone, limitMs)) return;
  }
}
