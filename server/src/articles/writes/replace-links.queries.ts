import { sql } from 'drizzle-orm';
import type { WithSubquery } from 'drizzle-orm/subquery';
import type { Database } from '../../database/database.ts';
import { ARTICLE_RELATIONS, type RelationField } from '../article-relations.ts';
import { requestedIds } from './locked-write.queries.ts';

const p = sql.placeholder;

/**
 * Returns the CTEs that make the links of one relation exactly the requested ones, in the requested order: a diff, so that
 * links that stay keep their row. They follow the CTE `current_article`, which has a row if the statement may write.
 */
export function replaceLinksCtes(builder: Database, field: RelationField): WithSubquery[] {
  const { linkTable } = ARTICLE_RELATIONS[field];
  return [
    builder.$with(`deleted_${linkTable}`, {}).as(deleteLinks(field)),
    builder.$with(`upserted_${linkTable}`, {}).as(upsertLinks(field)),
  ];
}

/** Deletes the links to rows that the request does not list. */
function deleteLinks(field: RelationField) {
  const linkTable = sql.identifier(ARTICLE_RELATIONS[field].linkTable);
  const linkColumn = sql.identifier(ARTICLE_RELATIONS[field].linkColumn);
  return sql`
    delete from ${linkTable} where article_id in (select id from current_article)
    and ${linkColumn} <> all(${p(field)}::bigint[])`;
}

/**
 * Inserts the missing links and updates the position of those that moved. If the links already have the requested order,
 * positions stay, even with a gap from a deleted link: closing the gap would raise the version for nothing.
 */
function upsertLinks(field: RelationField) {
  const linkTable = sql.identifier(ARTICLE_RELATIONS[field].linkTable);
  const linkColumn = sql.identifier(ARTICLE_RELATIONS[field].linkColumn);
  return sql`
    insert into ${linkTable} as link (article_id, ${linkColumn}, position, listed_at)
    select current_article.id, requested.id, requested.position, current_article.listed_at
    from current_article cross join ${requestedIds(field)}
    where ${p(field)}::bigint[] is distinct from (
      select array_agg(${linkColumn} order by position) from ${linkTable} where article_id = current_article.id)
    on conflict (article_id, ${linkColumn}) do update set position = excluded.position
    where link.position <> excluded.position`;
}
