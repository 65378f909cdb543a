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

/** Positions are 32-bit integers. A link beyond this one is counted from the start again. */
const MAX_KEPT_POSITION = 1_000_000;

/**
 * Inserts the missing links and updates the position of those that are out of order: a link whose position is larger than
 * the one before it keeps it, also after a gap. So the first of ten categories can go without a write to the other nine, and
 * a list that is sent back unchanged does not raise the version.
 */
function upsertLinks(field: RelationField) {
  const linkTable = sql.identifier(ARTICLE_RELATIONS[field].linkTable);
  const linkColumn = sql.identifier(ARTICLE_RELATIONS[field].linkColumn);
  return sql`
    insert into ${linkTable} (article_id, ${linkColumn}, position, listed_at)
    select article_id, id, new_position, listed_at from (
      select current_article.id as article_id, current_article.listed_at, requested.id, link.position as old_position,
        requested.position + greatest(0, max(link.position - requested.position)
          filter (where link.position <= ${sql.raw(String(MAX_KEPT_POSITION))}) over (order by requested.position)) as new_position
      from current_article cross join ${requestedIds(field)}
      left join ${linkTable} as link on link.article_id = current_article.id and link.${linkColumn} = requested.id
    ) as placed
    where new_position is distinct from old_position
    on conflict (article_id, ${linkColumn}) do update set position = excluded.position`;
}
