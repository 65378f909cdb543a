import { execFile, spawn } from 'node:child_process';
import { chown, lstat, mkdir, mkdtemp, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Account, Binaries } from './binaries.ts';
import { errorCode, shortHash } from './binaries.ts';

/** Everything that stays the same however often PostgreSQL is started again. */
export interface Site {
  readonly dataDirectory: string;
  readonly socketDirectory: string;
  readonly binaries: Binaries;
  readonly account: Account;
  readonly settings: Readonly<Record<string, string>>;
  readonly shutdown: 'fast' | 'smart';
  readonly log: (line: string) => void;
}

/** What a running PostgreSQL says of itself in `postmaster.pid`. */
export interface Lock {
  readonly pid: number;
  /** `starting`, `ready`, `stopping`, or '' when it has not come that far. */
  readonly status: string;
}

/** The superuser and the database that every cluster has. */
export const NAME = 'rubric';
/** Only names the socket's file, as no TCP port is opened. */
export const PORT = 5432;
// The limit is 107 bytes on Linux and 103 on macOS; one number for both keeps a data folder portable.
const LONGEST_SOCKET_PATH = 103;
const SOCKET_FILE = `.s.PGSQL.${PORT}`;
const ABANDONED_AFTER_MS = 600_000;
const UNREADABLE_AFTER_MS = 2_000;

/** The FIFO whose writers keep PostgreSQL alive. */
export function leasePath(dataDirectory: string): string {
  return join(dataDirectory, 'rubric.lease');
}

/**
 * Makes the data folder when there is none. All of it happens in a sibling that is then renamed: killed at any moment,
 * it leaves either nothing or a whole cluster, and of two processes one rename wins.
 * @throws Error when the folder is of another major version, another user's, or something else
 */
export async function prepareCluster(site: Omit<Site, 'socketDirectory'>): Promise<void> {
  const { dataDirectory, account } = site;
  await removeAbandoned(dataDirectory);
  if (!(await hasCluster(dataDirectory))) await createCluster(site);
  const version = (await readFile(join(dataDirectory, 'PG_VERSION'), 'utf8')).trim();
  if (version !== site.binaries.major) {
    throw new Error(
      `The data folder ${dataDirectory} was made by PostgreSQL ${version} and cannot be opened by PostgreSQL ${site.binaries.major}: dump it with the older Rubric and load it with this one.`,
    );
  }
  const { uid } = await stat(dataDirectory);
  const user = account.uid ?? process.getuid?.();
  if (uid === user) return;
  if (uid !== 0 || process.getuid?.() !== 0) {
    throw new Error(
      `The data folder ${dataDirectory} belongs to user ${uid}, not to user ${user}: run Rubric as that user.`,
    );
  }
  await promisify(execFile)('chown', ['-R', `${account.uid}:${account.gid}`, dataDirectory]);
}

async function hasCluster(dataDirectory: string): Promise<boolean> {
  try {
    const files = await readdir(dataDirectory);
    if (files.length > 0 && !files.includes('PG_VERSION')) {
      throw new Error(`The folder ${dataDirectory} is not a PostgreSQL data folder: empty it or choose another one.`);
    }
    return files.length > 0;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    if (errorCode(error) !== 'EACCES') throw error;
    const { uid } = await stat(dataDirectory);
    throw new Error(`The data folder ${dataDirectory} belongs to user ${uid}: run Rubric as that user.`, {
      cause: error,
    });
  }
}

async function createCluster(site: Omit<Site, 'socketDirectory'>): Promise<void> {
  const { account, binaries, dataDirectory } = site;
  const fresh = await mkdtemp(`${dataDirectory}.new-`);
  const fsync = site.settings['fsync'] === 'off' ? ['--no-sync'] : [];
  try {
    if (account.uid !== undefined && account.gid !== undefined) await chown(fresh, account.uid, account.gid);
    await runTool(site, [binaries.initdb, ...INITDB_OPTIONS, ...fsync, '-D', fresh]);
    await runTool(site, [binaries.postgres, '--single', '-D', fresh, 'postgres'], `create database ${NAME}\n`);
    await rename(fresh, dataDirectory);
    await using parent = await open(dirname(dataDirectory));
    await parent.sync();
  } catch (error) {
    // Another process was first: its cluster is as good.
    if (!['ENOTEMPTY', 'EEXIST'].includes(errorCode(error))) throw error;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

// The built-in provider sorts and folds case the same on every machine and in every version of its C library.
const INITDB_OPTIONS = [
  `--username=${NAME}`,
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--auth-local=trust',
  '--auth-host=reject',
  '--no-instructions',
];

/** A first start that was killed leaves a folder behind. Age decides, as a process id means nothing to another container. */
async function removeAbandoned(dataDirectory: string): Promise<void> {
  const parent = dirname(dataDirectory);
  for (const name of await readdir(parent)) {
    if (!name.startsWith(`${basename(dataDirectory)}.new-`)) continue;
    const path = join(parent, name);
    const age = Date.now() - (await stat(path).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs;
    if (age > ABANDONED_AFTER_MS) await rm(path, { recursive: true, force: true });
  }
}

async function runTool(site: Pick<Site, 'account' | 'binaries'>, command: string[], input = ''): Promise<void> {
  const { prefix, uid, gid } = site.account;
  const [file = '', ...args] = [...prefix, ...command];
  const output: string[] = [];
  const child = spawn(file, args, { cwd: '/', env: site.binaries.environment, uid, gid, detached: true });
  child.stdout.setEncoding('utf8').on('data', (text: string) => output.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => output.push(text));
  child.stdin.on('error', () => undefined).end(input);
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  const lines = output.join('').trim().split('\n');
  const cause = lines.findIndex((line) => /\b(ERROR|FATAL|PANIC|error):/.test(line));
  // A standalone server ends with 0 although a statement failed.
  if (code === 0 && cause < 0) return;
  const told = (cause < 0 ? lines.slice(-5) : lines.slice(cause, cause + 5)).join('\n');
  throw new Error(
    `PostgreSQL could not make its data folder: ${basename(command[0] ?? '')} ended with ${code}.\n${told}`,
  );
}

/**
 * Where the socket goes: into the data folder, or when that path is too long into a private folder of the system's
 * temporary one. Every process must find the same place, so it depends on the data folder's path alone.
 * @throws Error when somebody else made that folder
 */
export async function prepareSocketDirectory(dataDirectory: string, account: Account): Promise<string> {
  if (isShort(dataDirectory)) return dataDirectory;
  const name = `rubric-${shortHash(dataDirectory)}`;
  const path = [join(tmpdir(), name), join('/tmp', name)].find(isShort) ?? join('/tmp', name);
  const owner = account.uid ?? process.getuid?.();
  await mkdir(path, { mode: 0o700 }).catch((error: unknown) => {
    if (errorCode(error) !== 'EEXIST') throw error;
  });
  const made = (await lstat(path)).uid === process.getuid?.();
  if (made && account.uid !== undefined && account.gid !== undefined) await chown(path, account.uid, account.gid);
  const found = await lstat(path);
  if (!found.isDirectory() || found.uid !== owner || (found.mode & 0o077) !== 0) {
    throw new Error(`The folder ${path} for PostgreSQL's socket is not a private folder of user ${owner}: remove it.`);
  }
  return path;
}

function isShort(directory: string): boolean {
  return Buffer.byteLength(join(directory, SOCKET_FILE)) <= LONGEST_SOCKET_PATH;
}

/** Reads `postmaster.pid`; undefined when there is none or it is not whole. */
export async function readLock(dataDirectory: string): Promise<Lock | undefined> {
  const lines = (await readFile(join(dataDirectory, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const pid = Math.abs(Number.parseInt(lines[0] ?? '', 10));
  return pid > 0 ? { pid, status: lines[7]?.trim() ?? '' } : undefined;
}

/**
 * Removes lock files that PostgreSQL itself would trip over for ever: those whose process id now belongs to another
 * program (in a container the same few ids come back at every start), and those a power cut left empty. Should this
 * ever remove a living server's, PostgreSQL's shared memory still keeps a second one out.
 */
export async function removeStaleLocks(site: Site): Promise<void> {
  for (const path of [join(site.dataDirectory, 'postmaster.pid'), join(site.socketDirectory, `${SOCKET_FILE}.lock`)]) {
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    const pid = Math.abs(Number.parseInt(text, 10));
    const age = Date.now() - (await stat(path).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs;
    const stale = pid > 0 ? isAlive(pid) && !(await isPostmaster(pid, site.dataDirectory)) : age > UNREADABLE_AFTER_MS;
    if (stale && (await readFile(path, 'utf8').catch(() => '')) === text) await rm(path, { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Whether the process is a PostgreSQL started on this data folder. */
export async function isPostmaster(pid: number, dataDirectory: string): Promise<boolean> {
  if (process.platform === 'linux') {
    const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0');
    return basename(words[0] ?? '') === 'postgres' && words.includes(dataDirectory);
  }
  const found = await promisify(execFile)('ps', ['-p', String(pid), '-o', 'comm=']).catch(() => ({ stdout: '' }));
  return basename(found.stdout.trim()) === 'postgres';
}
