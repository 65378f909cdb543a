import type { Database } from '../database/database.ts';
import { PermanentRedirect } from '../http/permanent-redirect.ts';
import type { IdOrSlug } from '../http/wire.schema.ts';
import { type AddressedTable, findIdByAnySlug } from './old-slugs.queries.ts';

/**
 * Finds a row by a former slug, after no current slug matched. Called only then, so that a read by a current slug costs
 * nothing. Another row can have taken the slug between the two statements: then that row is returned, so that no address
 * redirects to itself.
 *
 * @param findById finds a row that the caller can see, with its current slug
 * @throws PermanentRedirect to the current slug
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
