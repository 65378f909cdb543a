import type { Database } from '../database/database.ts';
import { PermanentRedirect } from '../http/permanent-redirect.ts';
import type { IdOrSlug } from '../http/wire.schema.ts';
import { type AddressedTable, findIdByAnySlug } from './old-slugs.queries.ts';

/**
 * Looks for a row that was not found by its key: one that had the slug before. Called only after the present slugs have been
 * searched, so that a read by a present slug costs nothing more. The slug can have been taken between the two statements:
 * then the row that has it now is returned, and no address redirects to itself.
 *
 * @param findById finds a row that the caller may see, and its present slug
 * @throws PermanentRedirect to the present slug
 */
export async function findByOldSlug<Row extends { slug: string }>(
  db: Database,
  table: AddressedTable,
  key: IdOrSlug,
  findById: (id: number) => Promise<Row | undefined>,
): Promise<Row | undefined> {
  if ('id' in key) return undefined;
  const [found] = await findIdByAnySlug(db, table, key.slug);
  const row = found && (await findById(found.id));
  if (row && row.slug !== key.slug) throw new PermanentRedirect(row.slug);
  return row;
}
