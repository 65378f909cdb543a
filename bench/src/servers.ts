import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { BENCH } from './options.ts';

export const SERVERS = ['rubric', 'floor', 'textbook'] as const;
export type ServerName = (typeof SERVERS)[number];

export interface Server {
  name: ServerName;
  port: number;
  pid: number;
  process: ChildProcess;
}

const OXC = ['--import', '@oxc-node/core/register'];
/** Rubric runs as with `npm start`. The textbook's decorators need a compiler, which runs only at its start. */
const COMMANDS: Record<ServerName, string[]> = {
  rubric: ['--max-semi-space-size=16', '--no-allocation-site-pretenuring', `${BENCH}../server/dist/main.js`],
  floor: [`${BENCH}src/floor/main.ts`],
  textbook: [...OXC, `${BENCH}src/textbook/lists/main.ts`],
};
/** The default pool size of Rubric, and of `pg`. */
export const POOL = 10;

/**
 * Starts a server on a free port and waits until it prints which.
 *
 * @param database a running PostgreSQL, or the folder in which Rubric starts its own, as with `npm start`
 * @param variant settings that differ from the defaults, and another build's `main.js`
 */
export async function startServer(
  name: ServerName,
  database: { DATABASE_URL: string } | { RUBRIC_DATA: string },
  variant: { settings?: Record<string, string>; main?: string | undefined } = {},
): Promise<Server> {
  const flags = process.env['BENCH_PROFILE'] === name ? ['--cpu-prof', `--cpu-prof-dir=${BENCH}.data/profiles`] : [];
  const command = variant.main === undefined ? COMMANDS[name] : [...COMMANDS[name].slice(0, -1), variant.main];
  const fixed = { DATABASE_URL: undefined, ...database, PORT: '0', HOST: '127.0.0.1', NODE_ENV: 'production' };
  const child = spawn(process.execPath, [...flags, ...command], {
    cwd: BENCH,
    env: { ...process.env, ...variant.settings, ...fixed },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const port = /http:\/\/[^ ]*?:(\d+)/.exec(line)?.[1];
      if (port === undefined) continue;
      child.stdout.resume();
      return { name, port: Number(port), pid: child.pid ?? 0, process: child };
    }
  } catch (error) {
    child.kill();
    throw error;
  }
  throw new Error(`The server ${name} ended before it listened.`);
}

export async function stopServer({ process: child }: Server): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

/** Creates an API token of Rubric with its command. */
export function createToken(databaseUrl: string): string {
  const command = [`${BENCH}../server/bin/rubric.js`, 'token', 'create', '--name', 'bench', '--role', 'admin'];
  const env = { ...process.env, DATABASE_URL: databaseUrl };
  return execFileSync(process.execPath, command, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}
