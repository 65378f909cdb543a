import { type Database } from '../database/database.ts';
import { isConstraintViolation } from '../database/errors.ts';
import { withRetry } from '../database/retry.ts';
import { nextFreeSlug, slugStem } from './slug.ts';
import { listSlugsLike, lockSlug, type SluggedTable } from './slugs.queries.ts';

/** True if PostgreSQL rejected a write because its slug is taken. */
export const isSlugTaken = (error: unknown, table: SluggedTable) => isConstraintViolation(error, `${table}_slug_key`);

/**
 * Runs a write with the first free slug with a suffix, in a transaction. Transactions that need a suffix for the same slug
 * wait for one another, so each of them finds a free one. A client can still choose that slug in the meantime, without this
 * lock: then the write runs again.
 *
 * @param takenSlug the slug that needs a suffix
 */
export function withFreeSlug<T>(
  db: Database,
  table: SluggedTable,
  takenSlug: string,
  write: (tx: Database, slug: string) => Promise<T>,
): Promise<T> {
  const stem = slugStem(takenSlug);
  const attempt = () =>
    db.transaction(async (tx) => {
      await lockSlug(tx, table, stem);
      const rows = await listSlugsLike(tx, table, stem);
      const takenSlugs = rows.map(({ slug }) => slug);
      return write(tx, nextFreeSlug(stem, takenSlugs));
    });
  return withRetry(attempt, (error) => isSlugTaken(error, table));
}
