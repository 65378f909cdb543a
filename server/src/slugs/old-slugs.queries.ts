import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';

/** The tables whose old slugs are kept, with their type in `old_slugs` and the condition that a slug is in use. */
const ADDRESSED = {
  articles: { type: 'article', isTaken: sql`deleted_at is null` },
  categories: { type: 'category', isTaken: sql`true` },
  authors: { type: 'author', isTaken: sql`true` },
} as const;
export type AddressedTable = keyof typeof ADDRESSED;

const isAddressed = (table: string): table is AddressedTable => Object.hasOwn(ADDRESSED, table);

/** Returns a `union` with the ids of the rows that had one of these slugs before; nothing for a table without old slugs. */
export const unionOldSlugs = (table: string, slugs: SQL): SQL =>
  isAddressed(table) ? sql`union ${idsOfOldSlugs(table, slugs)}` : sql``;

/** Selects the ids of the rows that had one of these slugs before. */
export function idsOfOldSlugs(table: AddressedTable, slugs: SQL): SQL {
  const { type } = ADDRESSED[table];
  return sql.join([
    sql.raw(`select ${type}_id as id from old_slugs where type = '${type}' and slug = any(`),
    slugs,
    sql`)`,
  ]);
}

const findIdStatement = (table: AddressedTable) =>
  prepared({ name: `id_of_${table}_by_any_slug`, pipelined: true }, (db) => {
    const slug = sql`${sql.placeholder('slug')}::text`;
    return db.select({ id: sql<number>`id`.mapWith(Number) }).from(sql`(
      select id from ${sql.identifier(table)} where slug = ${slug} and ${ADDRESSED[table].isTaken}
      union all ${idsOfOldSlugs(table, sql`array[${slug}]`)}) as found`);
  });
const findIdStatements = {
  articles: findIdStatement('articles'),
  categories: findIdStatement('categories'),
  authors: findIdStatement('authors'),
};

/** Finds the id of the row that has a slug or, if none has it, had it before. */
export const findIdByAnySlug = (db: Database, table: AddressedTable, slug: string) =>
  findIdStatements[table](db).execute({ slug });
