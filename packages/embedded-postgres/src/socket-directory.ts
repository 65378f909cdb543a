import { chown, lstat, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shortHash } from './binaries.ts';
import type { Cluster } from './cluster.ts';
import { errorCode } from './system-errors.ts';

/** Part of the name of the socket file. No TCP port is opened. */
export const PORT = 5432;
export const SOCKET_FILE = `.s.PGSQL.${PORT}`;
// The limit is 107 bytes on Linux and 103 on macOS. One limit for both, so that a data directory can move between them.
const MAX_SOCKET_PATH = 103;

/**
 * Returns the directory of the Unix socket: the data directory. If that path is too long, creates a private directory
 * under the system's temporary directory. Its name depends on the path of the data directory alone, so that every
 * process finds the same one.
 *
 * @throws Error when that directory belongs to another user
 */
export async function prepareSocketDirectory(cluster: Omit<Cluster, 'socketDirectory'>): Promise<string> {
  const { dataDirectory, account, names } = cluster;
  if (fitsSocket(dataDirectory)) return dataDirectory;
  const name = `${names.application}-${shortHash(dataDirectory)}`;
  const path = [join(tmpdir(), name), join('/tmp', name)].find(fitsSocket) ?? join('/tmp', name);
  const owner = account.uid ?? process.getuid?.();
  await mkdir(path, { mode: 0o700 }).catch((error: unknown) => {
    if (errorCode(error) !== 'EEXIST') throw error;
  });
  const isOurs = (await lstat(path)).uid === process.getuid?.();
  if (isOurs && account.uid !== undefined && account.gid !== undefined) await chown(path, account.uid, account.gid);
  const stats = await lstat(path);
  if (!stats.isDirectory() || stats.uid !== owner || (stats.mode & 0o077) !== 0) {
    throw new Error(
      `The directory ${path} for the socket of PostgreSQL is not a private directory of user ${owner}: remove it.`,
    );
  }
  return path;
}

function fitsSocket(directory: string): boolean {
  return Buffer.byteLength(join(directory, SOCKET_FILE)) <= MAX_SOCKET_PATH;
}
