import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { expect } from 'vitest';
import { type EmbeddedPostgres, type EmbeddedPostgresOptions, startEmbeddedPostgres } from '../src/embedded.ts';

const QUICK = { fsync: 'off', shared_buffers: '16MB' };
const MODULE = new URL('../dist/embedded.js', import.meta.url).href;
const started: EmbeddedPostgres[] = [];
const children: ChildProcess[] = [];

/** Starts PostgreSQL from this process, quick unless told otherwise. */
export async function start(
  directory: string,
  options: Partial<EmbeddedPostgresOptions> = {},
): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ directory, settings: QUICK, ...options });
  started.push(postgres);
  return postgres;
}

/** Stops everything `start` started. */
export async function stopAll(): Promise<void> {
  await Promise.all(started.splice(0).map((postgres) => postgres.stop()));
}

/** A process that runs `body` with `postgres`, and whether it owns or attached. */
export interface Started {
  readonly child: ChildProcess;
  readonly role: string;
}

/** Starts PostgreSQL in a process of its own; by default one that stays. Resolves once PostgreSQL runs. */
export async function startChild(
  options: EmbeddedPostgresOptions,
  body = 'setInterval(() => {}, 1000)',
): Promise<Started> {
  const source = `
    import { startEmbeddedPostgres } from ${JSON.stringify(MODULE)};
    const postgres = await startEmbeddedPostgres(JSON.parse(process.env.OPTIONS));
    console.log(postgres.owner ? 'owner' : 'attached');
    ${body}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], {
    env: { ...process.env, OPTIONS: JSON.stringify({ settings: QUICK, ...options }) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [first] = await once(child.stdout, 'data');
  return { child, role: String(first).trim() };
}

/** Waits for the end of a process that may have ended already. */
export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

/** kill -9. */
export async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await ended(child);
}

/** kill -9 for every process `startChild` started. */
export async function killChildren(): Promise<void> {
  await Promise.all(children.splice(0).map(kill));
}

/** The rows of one statement as arrays, over a connection of its own. */
export async function query(postgres: EmbeddedPostgres, sql: string): Promise<unknown[][]> {
  const client = new Client({ connectionString: postgres.connectionString });
  await client.connect();
  try {
    return (await client.query<unknown[]>({ text: sql, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
}

/** Zombies are left out: it is for the system to bury those whose parent was killed, and some take seconds. */
function listProcesses(): { pid: number; parent: number; args: string }[] {
  const lines = execFileSync('ps', ['-axww', '-o', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' }).split('\n');
  const rows = lines.map((line) => /^ *(\d+) +(\d+) +[^Z ]+ +(.*)$/.exec(line) ?? []);
  return rows.map(([, pid, parent, args = '']) => ({ pid: Number(pid), parent: Number(parent), args }));
}

/** The postmaster and the guard on a data folder, and their children. */
export function processesOf(directory: string): number[] {
  const rows = listProcesses();
  const found = new Set(rows.filter(({ args }) => args.includes(directory)).map(({ pid }) => pid));
  for (const { pid, parent } of rows) if (found.has(parent)) found.add(pid);
  return [...found];
}

/** The shells that hold the lease. */
export function guardsOf(directory: string): number[] {
  return listProcesses().flatMap(({ pid, args }) => (/^\S*sh /.test(args) && args.includes(directory) ? pid : []));
}

/** Those that have not ended. */
export function livingOf(pids: number[]): number[] {
  const living = new Set(listProcesses().map(({ pid }) => pid));
  return pids.filter((pid) => living.has(pid));
}

/** The process id in the lock file. */
export function postmasterOf(directory: string): number {
  return Number.parseInt(readFileSync(join(directory, 'postgres', 'postmaster.pid'), 'utf8'), 10);
}

/** Repeats a check until it throws no more, or throws what it throws last. */
export async function until<T>(limitMs: number, check: () => T | Promise<T>): Promise<T> {
  for (const end = Date.now() + limitMs; ; ) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await delay(20);
  }
}

/** Neither these processes nor any other of the data folder, within the limit. */
export async function expectNothingLeft(directory: string, before: number[], limitMs: number): Promise<void> {
  await until(limitMs, () => {
    expect(livingOf(before)).toEqual([]);
    expect(processesOf(directory)).toEqual([]);
  });
}
