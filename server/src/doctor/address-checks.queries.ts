import { sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { listFirst, unionAll } from './violations.queries.ts';

/** The invariants of addresses, like those in `doctor.queries.ts`. */

/**
 * The types of rows that addresses lead to. If the rules of the database were disabled, the row can be missing, or a slug
 * can be both current and old: then the row with the current slug hides the redirect.
 */
const TYPES = [
  ['article', 'articles', 'and present.deleted_at is null'],
  ['category', 'categories', ''],
  ['author', 'authors', ''],
] as const;

export const listBrokenOldSlugs = (db: Database) =>
  listFirst(
    db,
    unionAll(
      TYPES.map(([type, table, isTaken]) =>
        sql.raw(`
    select case when target.id is null then format('the old slug %s leads to the ${type} %s, which does not exist', old.slug, ${type}_id)
      else format('the old slug %s of the ${type} %s is the slug of the ${type} %s', old.slug, target.id, present.id) end
    from old_slugs as old left join ${table} as target on target.id = ${type}_id
      left join ${table} as present on present.slug = old.slug ${isTaken}
    where old.type = '${type}' and (target.id is null or present.id is not null)`),
      ),
    ),
  );

/** Lists redirects without their target, and those whose path is not normalized, which requests never find. */
export const listBrokenRedirects = (db: Database) =>
  listFirst(
    db,
    unionAll([
      ...TYPES.map(([type, table]) =>
        sql.raw(`
    select format('the redirect of %s leads to the ${type} %s, which does not exist', path, ${type}_id) from redirects
    where ${type}_id is not null and not exists (select from ${table} where id = ${type}_id)`),
      ),
      sql`
    select format('the redirect of %s is not found: the path is not in the form in which paths are compared', path) from redirects
    where path ~ '[?#]|//|/$|/\\.{1,2}(/|$)' or path is not nfc normalized`,
    ]),
  );
