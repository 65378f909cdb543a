import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { promisify } from 'node:util';
import type { Binaries } from './binaries.ts';

const execute = promisify(execFile);

/** The user account that runs PostgreSQL, which refuses to run as root. */
export interface Account {
  /** Words to put before the command. */
  readonly prefix: readonly string[];
  /** The user and group to switch to; undefined to keep those of this process. */
  readonly uid?: number | undefined;
  readonly gid?: number | undefined;
}

const SELF: Account = { prefix: [] };
const NOBODY = 65_534;
// In the namespace PostgreSQL runs as nobody; outside it is still the user of this process. No file changes its owner,
// and no account is created.
const NAMESPACE: Account = {
  prefix: ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`],
};

// initdb needs a name for its user. The uid given to a container and the owner of a volume often have none.
const PROBE = 'test -x "$1" && { test -e "$3" || id -un >/dev/null; } && exec "$2" --version';

/**
 * Chooses the account that runs PostgreSQL: the current user. For root: the owner of the directory, else a user
 * namespace, else `nobody`. Containers usually forbid user namespaces, and a namespace lacks root's permission to enter
 * the home directory of another user.
 *
 * @throws Error when no account can run PostgreSQL in this directory
 */
export async function chooseAccount(binaries: Binaries, directory: string, dataDirectory: string): Promise<Account> {
  const candidates = await listCandidates(directory, dataDirectory);
  if (candidates.length === 1 && candidates[0] === SELF) return SELF;
  let reason = '';
  for (const account of candidates) {
    try {
      const command = ['/bin/sh', '-c', PROBE, 'sh', directory, binaries.postgres, dataDirectory];
      const [file = '', ...args] = [...account.prefix, ...command];
      await execute(file, args, { cwd: '/', env: binaries.environment, uid: account.uid, gid: account.gid });
      return account;
    } catch (error) {
      if (error instanceof Error && 'stderr' in error) reason = String(error.stderr).trim() || reason;
    }
  }
  throw new Error(`${process.getuid?.() === 0 ? rootRefused(directory) : UNNAMED_USER_REFUSED} ${reason}`.trim());
}

function rootRefused(directory: string): string {
  return `PostgreSQL does not run as root, and neither a user namespace nor the user nobody can use ${directory}: run this program as another user, or choose a directory that other users can enter.`;
}

const UNNAMED_USER_REFUSED = `PostgreSQL cannot create its data directory for user ${process.getuid?.()}, who has no entry in /etc/passwd: add one, or run this program as another user.`;

async function listCandidates(directory: string, dataDirectory: string): Promise<Account[]> {
  if (process.getuid?.() !== 0) return hasUserName() ? [SELF] : [NAMESPACE, SELF];
  const isInitialized = existsSync(dataDirectory);
  const { uid, gid } = await stat(isInitialized ? dataDirectory : directory);
  const owner: Account[] = uid === 0 ? [] : [{ prefix: [], uid, gid }];
  if (process.platform !== 'linux' || (isInitialized && uid !== 0)) return owner;
  return [...owner, NAMESPACE, { prefix: [], uid: NOBODY, gid: NOBODY }];
}

function hasUserName(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
}
