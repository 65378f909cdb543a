import { type Database } from '../database/database.ts';
import { isConstraintViolation } from '../database/errors.ts';
import { withRetry } from '../database/retry.ts';
import { nextFreeSlug, slugStem } from './slug.ts';
import { listSlugsLike, lockSlug, type SluggedTable } from './slugs.queries.ts';

const KEYS: Record<SluggedTable, string> = {
  articles: 'articles_slug_key',
  categories: 'categories_slug_key',
  authors: 'authors_slug_key',
};

/** Was a write refused because its slug is taken? */
export const isSlugTaken = (error: unknown, of: SluggedTable) => isConstraintViolation(error, KEYS[of]);

/**
 * Writes under the first slug with a suffix that is free, in a transaction. Those who want one for the same slug take
 * turns, so that each finds one; who chose such a slug stands in no turn, so it is tried again.
 *
 * @param base the slug that is taken
 */
export function withFreeSlug<T>(
  db: Database,
  of: SluggedTable,
  base: string,
  write: (tx: Database, slug: string) => Promise<T>,
): Promise<T> {
  const stem = slugStem(base);
  const attempt = () =>
    db.transaction(async (tx) => {
      await lockSlug(tx, of, stem);
      const taken = await listSlugsLike(tx, of, stem);
      const slugs = taken.map(({ slug }) => slug);
      return write(tx, nextFreeSlug(stem, slugs));
    });
  return withRetry(attempt, (error) => isSlugTaken(error, of));
}
