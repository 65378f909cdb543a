import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/** Which articles a caller may see or change, as conditions. Their values are those of `article-access.ts`. */

const p = sql.placeholder;

interface Columns {
  id: SQLWrapper;
  ownerId: SQLWrapper;
  publishedAt: SQLWrapper;
}

const linkedWithin = (id: SQLWrapper) => sql`exists (select from article_categories as probe
  where probe.article_id = ${id} and probe.category_id = any(${p('within')}::bigint[]))`;
const linkedOutside = (id: SQLWrapper) => sql`exists (select from article_categories as probe
  where probe.article_id = ${id} and probe.category_id <> all(${p('within')}::bigint[]))`;

/** Of what is not published: all, or what is the caller's own; for a limited token what is under its categories. */
export const isVisible = ({ id, ownerId }: Pick<Columns, 'id' | 'ownerId'>): SQL =>
  sql`(${p('seesAll')}::boolean or ${ownerId} = ${p('owner')}::bigint) and (${p('within')}::bigint[] is null or ${linkedWithin(id)})`;

/** May the caller change it? A limited token only what is under its categories and under no other. */
export const isWritable = ({ id, ownerId, publishedAt }: Columns): SQL =>
  sql`(${p('writesAll')}::boolean or ${ownerId} = ${p('owner')}::bigint and (not ${p('draftsOnly')}::boolean or ${publishedAt} is null))
    and (${p('within')}::bigint[] is null or ${linkedWithin(id)} and not ${linkedOutside(id)})`;
