import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../database/database.ts';
import { prepared } from '../../database/prepared.ts';
import type { articles } from '../../database/schema/content.ts';
import {
  ARTICLE_RELATIONS,
  type LinkedTable,
  RELATION_FIELDS,
  type RelationField,
  recordOfLinkedTables,
} from '../article-relations.ts';

const p = sql.placeholder;
export const nameEpoch = sql<string>`(select epoch from name_epoch)`;

/** @param array in the syntax of PostgreSQL: `{3,8}` */
export function parseIds(array: unknown): string[] {
  const ids = String(array).slice(1, -1);
  return ids === '' ? [] : ids.split(',');
}

/** The ids of the linked rows of an article, in order. As text: pg parses arrays character by character. */
function linkedIdsOf(field: RelationField) {
  const { linkTable, linkColumn } = ARTICLE_RELATIONS[field];
  return (t: typeof articles): SQL<string[]> =>
    sql`array(select link.${sql.raw(linkColumn)} from ${sql.raw(linkTable)} as link
      where link.article_id = ${t.id} order by link.position)::text`.mapWith(parseIds);
}

/** The columns that a list selects in place of the linked rows, for `LinkedNames`. */
export const linkedIds = { ...recordOfLinkedTables(linkedIdsOf), nameEpoch };

const selectNames = (field: RelationField) => {
  const { table } = ARTICLE_RELATIONS[field];
  return sql`select ${sql.raw(`'${table}'`)} as table_name, id, name, slug from ${sql.raw(table)}
    where id = any(${p(table)}::bigint[])`;
};

const listNamesStatement = prepared({ name: 'names_of_linked_rows', pipelined: true }, (db) =>
  db
    .select({
      table: sql<LinkedTable>`table_name`,
      id: sql<number>`id`.mapWith(Number),
      name: sql<string>`name`,
      slug: sql<string>`slug`,
      nameEpoch,
    })
    .from(sql`(${sql.join(RELATION_FIELDS.map(selectNames), sql` union all `)}) as named`),
);

/** Lists the names and slugs of linked rows, each with the epoch of the names. */
export const listNames = (db: Database, ids: Record<LinkedTable, readonly string[]>) =>
  listNamesStatement(db).execute(ids);
