import { execFile } from 'node:child_process';
import { readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import type { Cluster } from './cluster.ts';
import { SOCKET_FILE } from './socket-directory.ts';

/** What a running PostgreSQL writes into `postmaster.pid`. */
export interface LockFile {
  readonly pid: number;
  /** `starting`, `ready`, `stopping`, or an empty string before the first of them. */
  readonly status: string;
}

const UNREADABLE_AFTER_MS = 2_000;

/** Reads `postmaster.pid`. Returns undefined if it is missing or incomplete. */
export async function readLockFile(dataDirectory: string): Promise<LockFile | undefined> {
  const lines = (await readFile(join(dataDirectory, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const pid = Math.abs(Number.parseInt(lines[0] ?? '', 10));
  return pid > 0 ? { pid, status: lines[7]?.trim() ?? '' } : undefined;
}

/**
 * Deletes lock files that would stop PostgreSQL from ever starting: those whose process id now belongs to another
 * program (a container assigns the same few ids at every start), and those that a power failure left empty. Should this
 * delete the file of a live server, PostgreSQL's shared memory still keeps a second one out.
 */
export async function removeStaleLockFiles({ dataDirectory, socketDirectory }: Cluster): Promise<void> {
  for (const path of [join(dataDirectory, 'postmaster.pid'), join(socketDirectory, `${SOCKET_FILE}.lock`)]) {
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    const pid = Math.abs(Number.parseInt(text, 10));
    const age = Date.now() - (await stat(path).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs;
    const isStale = pid > 0 ? isAlive(pid) && !(await isPostmaster(pid, dataDirectory)) : age > UNREADABLE_AFTER_MS;
    if (isStale && (await readFile(path, 'utf8').catch(() => '')) === text) await rm(path, { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Returns whether the process is a PostgreSQL server on this data directory. */
export async function isPostmaster(pid: number, dataDirectory: string): Promise<boolean> {
  if (process.platform === 'linux') {
    const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0');
    return basename(words[0] ?? '') === 'postgres' && words.includes(dataDirectory);
  }
  const { stdout } = await promisify(execFile)('ps', ['-p', String(pid), '-o', 'comm=']).catch(() => ({ stdout: '' }));
  return basename(stdout.trim()) === 'postgres';
}
