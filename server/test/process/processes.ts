import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { expect, onTestFinished, vi } from 'vitest';
import { alivePids, pidsOn, processTrees } from '../../../packages/embedded-postgres/test/processes.ts';
import { DATA_ROOT } from '../harness/data-root.ts';
import { cloneDatabase, TEST_SETTINGS } from '../harness/server.ts';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Leaves room for a slow machine: the limits only end a test that would wait forever. */
const LIMIT_MS = 60_000;

type Environment = Record<string, string>;

/** As `npm start` has it: without it, each server compiles its 20 MB of libraries again. */
const NODE_COMPILE_CACHE = join(ROOT, 'server/dist/.compile-cache');

/** Starts a process in its own process group, as a terminal does, with only these settings. */
export function launch(command: string, args: string[], settings: Environment, input?: string): ChildProcess {
  const PATH = [join(ROOT, 'node_modules/.bin'), process.env['PATH']].join(delimiter);
  const home = process.env['HOME'] ?? '/';
  const env = { PATH, HOME: home, NODE_COMPILE_CACHE, LOG_LEVEL: 'warn', ...TEST_SETTINGS, ...settings };
  const stdin = input === undefined ? 'ignore' : 'pipe';
  const child = spawn(command, args, { cwd: ROOT, env, detached: true, stdio: [stdin, 'pipe', 'pipe'] });
  child.stdin?.end(input);
  return child;
}

/** Creates a data folder, which is deleted after the test when no process uses it any more. */
export function newDataFolder(): string {
  const folder = mkdtempSync(join(DATA_ROOT, 'rubric-process-'));
  // PostgreSQL can run as a different user than the test, which needs to traverse the folder.
  chmodSync(folder, 0o711);
  onTestFinished(async () => {
    await vi.waitFor(() => expect(pidsOn(folder)).toEqual([]), LIMIT_MS);
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Creates a migrated database in the PostgreSQL of the test run and returns its settings. */
export async function newDatabaseSettings(): Promise<{ DATABASE_URL: string }> {
  const { url, drop } = await cloneDatabase();
  onTestFinished(drop);
  return { DATABASE_URL: url };
}

export interface Server {
  /** The started process. */
  child: ChildProcess;
  /** The process id of the server, which can be a child of npm. */
  pid: number;
  origin: string;
  /** Returns the output so far. */
  output: () => string;
  /** All its processes, including those of PostgreSQL. */
  processes: number[];
  /** Resolves with the exit status, or the signal that killed it, and the milliseconds until then. */
  ended: () => Promise<{ status: number | string | null; ms: number }>;
}

/**
 * Starts a server and waits until it is ready.
 *
 * @param how with `npm start`, or directly with Node
 */
export async function startServer(settings: Environment, how: 'npm' | 'node' = 'node'): Promise<Server> {
  const [command, ...args] = how === 'npm' ? ['npm', 'start'] : ['node', 'server/dist/main.js'];
  const child = launch(command ?? '', args, { PORT: '0', ...settings });
  const exited = once(child, 'exit');
  const text = collect(child);
  onTestFinished(() => killGroup(child));
  const running = vi.waitFor(() => {
    const origin = /API +(http:\S+)/.exec(text())?.[1];
    if (!origin) throw new Error(`not running yet: ${text()}`);
    return origin;
  }, LIMIT_MS);
  const origin = await Promise.race([
    running,
    exited.then(() => Promise.reject(new Error(`the server exited: ${text()}`))),
  ]);
  const folder = settings['RUBRIC_DATA'];
  const tree = processTrees((process) => process.pid === child.pid);
  const pid = tree.find(({ command }) => command.endsWith('dist/main.js'))?.pid ?? 0;
  const processes = [...tree.map((each) => each.pid), ...(folder ? pidsOn(folder) : [])];
  const ended = async () => {
    const since = Date.now();
    const [code, signal] = (await exited) as [number | null, string | null];
    return { status: code ?? signal, ms: Date.now() - since };
  };
  return { child, pid, origin, output: text, processes, ended };
}

function collect(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  return () => text;
}

export interface Finished {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a program until it exits. @param input its standard input */
export async function run(command: string, args: string[], settings: Environment, input?: string): Promise<Finished> {
  const child = launch(command, args, settings, input);
  onTestFinished(() => killGroup(child));
  const finished = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (finished.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (finished.stderr += text));
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, ...finished };
}

/** Runs `rubric` as `npx rubric` does. */
export const rubric = (args: string[], settings: Environment, input?: string) =>
  run('node', ['server/bin/rubric.js', ...args], settings, input);

/** Starts `rubric` without waiting for it to exit. */
export function startRubric(args: string[], settings: Environment): ChildProcess {
  const child = launch('node', ['server/bin/rubric.js', ...args], settings);
  onTestFinished(() => killGroup(child));
  return child;
}

/** Creates a token with `rubric token create`. */
export async function newToken(role: string, settings: Environment): Promise<string> {
  const { status, stdout, stderr } = await rubric(['token', 'create', '--name', role, '--role', role], settings);
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
}

/** Sends a signal to the process group, as a terminal does. */
export function killGroup(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL') {
  try {
    process.kill(-(child.pid ?? 0), signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** Waits until no process of the server runs: PostgreSQL can exit shortly after the server. @param limitMs 0 to check once */
export const expectNothingLeft = (server: Server, limitMs = LIMIT_MS) =>
  vi.waitFor(() => expect(alivePids(server.processes)).toEqual([]), limitMs);

/** Connects to the embedded PostgreSQL of a running server, with the address that the server prints. */
export async function connectTo(server: Server): Promise<pg.Client> {
  const folder = /psql -h (\S+) -U rubric rubric/.exec(server.output())?.[1];
  const client = new pg.Client({ host: folder, user: 'rubric', database: 'rubric' });
  client.on('error', () => undefined);
  await client.connect();
  onTestFinished(() => client.end().catch(() => undefined));
  return client;
}
