import { execFile } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { chown } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Cluster } from './cluster.ts';
import { errorCode } from './system-errors.ts';

/** Releases a lease. Can be called more than once. */
export type Release = () => void;

/** The FIFO in the data directory. PostgreSQL runs for as long as a process has it open for writing. */
function leasePath({ dataDirectory, names }: Cluster): string {
  return join(dataDirectory, `${names.application}.lease`);
}

/** Opens the FIFO for writing. Returns undefined if no guard reads it. */
export function acquireLease(cluster: Cluster): Release | undefined {
  try {
    return releaseOf(openSync(leasePath(cluster), constants.O_WRONLY | constants.O_NONBLOCK));
  } catch (error) {
    if (['ENXIO', 'ENOENT'].includes(errorCode(error))) return undefined;
    throw error;
  }
}

function releaseOf(descriptor: number): Release {
  let isHeld = true;
  return () => {
    if (isHeld) closeSync(descriptor);
    isHeld = false;
  };
}

/** Creates the FIFO if it is missing, and opens both ends. The reader is for the guard. */
export async function createLease(cluster: Cluster): Promise<{ reader: number; release: Release }> {
  const path = leasePath(cluster);
  const { account } = cluster;
  // The FIFO is never deleted, so that all processes open the same one.
  const script = '[ -p "$1" ] || mkfifo -m 600 "$1" || [ -p "$1" ]';
  await promisify(execFile)('/bin/sh', ['-c', script, 'sh', path]).catch((cause: unknown) => {
    const reason = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : String(cause);
    throw new Error(`The lease of PostgreSQL, a FIFO in its data directory, cannot be created: ${reason}`, { cause });
  });
  if (account.uid !== undefined && account.gid !== undefined) await chown(path, account.uid, account.gid);
  // Opening one end of a FIFO blocks until the other end is open. Opening both at once does not.
  const both = openSync(path, constants.O_RDWR);
  const reader = openSync(path, constants.O_RDONLY);
  const release = releaseOf(openSync(path, constants.O_WRONLY));
  closeSync(both);
  return { reader, release };
}
