import { execFile, spawn } from 'node:child_process';
import { chown, mkdtemp, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Cluster } from './cluster.ts';
import { errorCode } from './system-errors.ts';

type NewCluster = Omit<Cluster, 'socketDirectory'>;

const ABANDONED_AFTER_MS = 600_000;

/**
 * Creates the data directory if it is missing, and checks that this PostgreSQL can use it. The directory is created under
 * a temporary name and then renamed. A process that is killed leaves either nothing or a complete cluster, and of two
 * processes that create it at once, one rename succeeds.
 *
 * @throws Error when the directory belongs to another major version or another user, or is not a data directory
 */
export async function prepareDataDirectory(cluster: NewCluster): Promise<void> {
  const { dataDirectory, account, binaries } = cluster;
  await removeAbandoned(dataDirectory);
  if (!(await isInitialized(dataDirectory))) await initialize(cluster);
  const version = (await readFile(join(dataDirectory, 'PG_VERSION'), 'utf8')).trim();
  if (version !== binaries.major) {
    throw new Error(
      `The data directory ${dataDirectory} was created by PostgreSQL ${version} and cannot be opened by PostgreSQL ${binaries.major}: dump it with version ${version} and restore it into a new one.`,
    );
  }
  const { uid } = await stat(dataDirectory);
  const user = account.uid ?? process.getuid?.();
  if (uid === user) return;
  if (uid !== 0 || process.getuid?.() !== 0) throw new Error(ownedByAnother(dataDirectory, uid));
  await promisify(execFile)('chown', ['-R', `${account.uid}:${account.gid}`, dataDirectory]);
}

function ownedByAnother(dataDirectory: string, uid: number): string {
  return `The data directory ${dataDirectory} belongs to user ${uid}: run this program as that user.`;
}

async function isInitialized(dataDirectory: string): Promise<boolean> {
  try {
    const files = await readdir(dataDirectory);
    if (files.length > 0 && !files.includes('PG_VERSION')) {
      throw new Error(
        `The directory ${dataDirectory} is not a PostgreSQL data directory: empty it or choose another one.`,
      );
    }
    return files.length > 0;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    if (errorCode(error) !== 'EACCES') throw error;
    throw new Error(ownedByAnother(dataDirectory, (await stat(dataDirectory)).uid), { cause: error });
  }
}

async function initialize(cluster: NewCluster): Promise<void> {
  const { account, binaries, dataDirectory, names } = cluster;
  const fresh = await mkdtemp(`${dataDirectory}.new-`);
  const noSync = cluster.settings['fsync'] === 'off' ? ['--no-sync'] : [];
  try {
    if (account.uid !== undefined && account.gid !== undefined) await chown(fresh, account.uid, account.gid);
    await execute(cluster, [binaries.initdb, `--username=${names.user}`, ...INITDB_OPTIONS, ...noSync, '-D', fresh]);
    // initdb has created the database `postgres`.
    if (names.database !== 'postgres') {
      const statement = `create database "${names.database}"\n`;
      await execute(cluster, [binaries.postgres, '--single', '-D', fresh, 'postgres'], statement);
    }
    await rename(fresh, dataDirectory);
    await using parent = await open(dirname(dataDirectory));
    await parent.sync();
  } catch (error) {
    // Another process was first. Its cluster is used.
    if (!['ENOTEMPTY', 'EEXIST'].includes(errorCode(error))) throw error;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

// The built-in locale provider sorts and changes case the same on every machine, with every version of the C library.
const INITDB_OPTIONS = [
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--auth-local=trust',
  '--auth-host=reject',
  '--no-instructions',
];

/**
 * Deletes temporary directories of first starts that were killed. They are recognized by their age: a process id is
 * meaningless in another container.
 */
async function removeAbandoned(dataDirectory: string): Promise<void> {
  const parent = dirname(dataDirectory);
  for (const name of await readdir(parent)) {
    if (!name.startsWith(`${basename(dataDirectory)}.new-`)) continue;
    const path = join(parent, name);
    const age = Date.now() - (await stat(path).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs;
    if (age > ABANDONED_AFTER_MS) await rm(path, { recursive: true, force: true });
  }
}

async function execute({ account, binaries }: NewCluster, command: string[], input = ''): Promise<void> {
  const { prefix, uid, gid } = account;
  const [file = '', ...args] = [...prefix, ...command];
  const output: string[] = [];
  const child = spawn(file, args, { cwd: '/', env: binaries.environment, uid, gid, detached: true });
  child.stdout.setEncoding('utf8').on('data', (text: string) => output.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => output.push(text));
  child.stdin.on('error', () => undefined).end(input);
  const status = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  const lines = output.join('').trim().split('\n');
  const firstError = lines.findIndex((line) => /\b(ERROR|FATAL|PANIC|error):/.test(line));
  // `postgres --single` exits with 0 even if a statement failed.
  if (status === 0 && firstError < 0) return;
  const excerpt = (firstError < 0 ? lines.slice(-5) : lines.slice(firstError, firstError + 5)).join('\n');
  const program = basename(command[0] ?? '');
  throw new Error(`PostgreSQL could not create its data directory: ${program} exited with ${status}.\n${excerpt}`);
}
