import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest';
import {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from '../src/embedded-postgres.ts';
import { alivePids, pidsOn, processTrees } from './processes.ts';

/** Settings that make a start fast. */
const FAST = { fsync: 'off', shared_buffers: '16MB' };
const MODULE = new URL('../src/embedded-postgres.ts', import.meta.url).href;
/** Leaves room for a slow machine: the limits only end a test that would wait forever. */
export const LIMIT_MS = 60_000;
const started: EmbeddedPostgres[] = [];
const children: ChildProcess[] = [];

export interface Scratch {
  /** The parent of all directories of a test file. */
  path: string;
  /** A directory with a cluster, which is not running. Initializing or copying one takes up to a second. */
  cluster: string;
  /** Returns the path of a directory that does not exist. */
  newDirectory: () => string;
}

/** Creates a directory for a test file, and stops and deletes everything in it. */
export function useScratch(): Scratch {
  const path = fs.mkdtempSync(join(tmpdir(), 'embedded-postgres-'));
  const cluster = join(path, 'cluster');
  let directories = 0;
  beforeAll(async () => {
    // If the tests run as root, PostgreSQL runs as another user, who must be able to enter.
    fs.chmodSync(path, 0o711);
    await start(cluster);
    await stopAll();
  });
  afterEach(async () => {
    await stopAll();
    await killChildren();
    await vi.waitFor(() => expect(pidsOn(path)).toEqual([]), LIMIT_MS);
  });
  afterAll(() => fs.rmSync(path, { recursive: true, force: true }));
  return { path, cluster, newDirectory: () => join(path, `data-${++directories}`) };
}

/** Starts PostgreSQL from this process, until the end of the test. */
export async function start(
  directory: string,
  options: Partial<EmbeddedPostgresOptions> = {},
): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ directory, settings: FAST, ...options });
  started.push(postgres);
  return postgres;
}

async function stopAll(): Promise<void> {
  await Promise.all(started.splice(0).map((postgres) => postgres.stop()));
}

export interface Child {
  process: ChildProcess;
  role: 'owner' | 'attached';
}

/**
 * Starts PostgreSQL from a new process. Resolves once PostgreSQL runs and the process has executed `body`.
 *
 * @param body what the process does with `postgres`; by default it stays alive
 */
export async function startChild(
  options: EmbeddedPostgresOptions,
  body = 'setInterval(() => {}, 1000)',
): Promise<Child> {
  const source = `
    import { startEmbeddedPostgres } from ${JSON.stringify(MODULE)};
    const postgres = await startEmbeddedPostgres(JSON.parse(process.env.OPTIONS));
    ${body}
    console.log(postgres.isOwner ? 'owner' : 'attached');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], {
    env: { ...process.env, OPTIONS: JSON.stringify({ settings: FAST, ...options }) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [line] = await once(child.stdout, 'data');
  return { process: child, role: String(line).trim() === 'owner' ? 'owner' : 'attached' };
}

/** Waits until a process has exited, or returns at once if it has. */
export async function exited(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

/** Sends SIGKILL and waits for the exit. */
export async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await exited(child);
}

/** Kills every process that `startChild` started. */
export async function killChildren(): Promise<void> {
  await Promise.all(children.splice(0).map(kill));
}

/** Returns the rows of one statement as arrays. Connects for this statement only. */
export async function query(postgres: EmbeddedPostgres, sql: string): Promise<unknown[][]> {
  const client = new Client({ connectionString: postgres.connectionString });
  await client.connect();
  try {
    return (await client.query<unknown[]>({ text: sql, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
}

/** Returns the process ids of the shells that read the lease. */
export function guardPids(directory: string): number[] {
  const onDirectory = processTrees(({ command }) => command.includes(directory));
  return onDirectory.flatMap(({ pid, command }) => (/^\S*sh /.test(command) ? pid : []));
}

/** Returns the process id in the lock file. */
export function postmasterPid(directory: string): number {
  return Number.parseInt(fs.readFileSync(join(directory, 'postgres', 'postmaster.pid'), 'utf8'), 10);
}

/** Waits until these processes, and all others on the directory, have ended. @param limitMs 0 to check once */
export async function expectAllEnded(directory: string, pids: number[], limitMs = LIMIT_MS): Promise<void> {
  await vi.waitFor(
    () => {
      expect(alivePids(pids)).toEqual([]);
      expect(pidsOn(directory)).toEqual([]);
    },
    { timeout: limitMs, interval: 20 },
  );
}
