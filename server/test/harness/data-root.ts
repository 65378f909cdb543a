import { existsSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const MEMORY = '/dev/shm';
/** Ten times what the clusters of `npm test` take together. Docker gives containers 64 MiB by default. */
const MIN_FREE_BYTES = 4 * 2 ** 30;

/**
 * The folder for the data of PostgreSQL: in memory if there is room, because a database there takes 14 ms of CPU time to
 * clone, and 200 to 300 ms on ext4. Programs do not go there: it is often mounted without permission to execute.
 */
export const DATA_ROOT = hasRoom() ? MEMORY : tmpdir();

function hasRoom(): boolean {
  if (!existsSync(MEMORY)) return false;
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize >= MIN_FREE_BYTES;
}
