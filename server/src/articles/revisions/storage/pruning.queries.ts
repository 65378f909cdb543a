import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../../database/database.ts';
import { articleRevisions, LONG_TEXTS } from '../../../database/schema/revisions.ts';
import { FIELD_NAMES } from '../../article-fields.ts';

/** A revision to delete, and the one after it. */
export interface PrunedRevision {
  articleId: string;
  number: number;
  firstNumber: number;
  nextNumber: number;
  nextFirstNumber: number;
}

/**
 * Lists revisions that are older than 30 days, of the next articles by id. It keeps the first of an article, the last of
 * each day (UTC), the last public one of each day, and the base of a working draft. A revision is public if the article is
 * public at any time before the next revision. The last row contains the last id of these articles, even if none has such a
 * revision.
 */
export const listPrunableRevisions = (db: Database, afterId: string, articleCount: number, limit: number) =>
  db.execute<{ [K in keyof PrunedRevision]: PrunedRevision[K] | null } & { lastId: string | null }>(sql`
    with page as materialized (
      select id from articles where id > ${afterId} order by id limit ${articleCount}
    ), revisions as (
      select article_id, number, first_number, at, (at at time zone 'UTC')::date as day, row_number() over in_order as position,
        lead(number) over in_order as next_number, lead(first_number) over in_order as next_first_number,
        deleted_at is null and published_at < lead(at) over in_order as was_public
      from article_revisions where article_id in (select id from page)
      window in_order as (partition by article_id order by number)
    ), revisions_of_days as (
      select *, max(number) over of_day as last_number, max(number) filter (where was_public) over of_day as last_public_number
      from revisions window of_day as (partition by article_id, day)
    )
    select pruned.*, (select max(id) from page) as "lastId"
    from (values (1)) as one left join (
      select article_id as "articleId", number, first_number as "firstNumber", next_number as "nextNumber",
        next_first_number as "nextFirstNumber"
      from revisions_of_days
      where at < now() - interval '30 days' and position > 1 and number < last_number
        and number is distinct from last_public_number and not exists (
          select from article_drafts as draft where draft.article_id = revisions_of_days.article_id
            and draft.base_version between first_number and number)
      order by article_id, number limit ${limit}
    ) as pruned on true
    order by pruned."articleId", pruned.number`);

/** Always true. With it, PostgreSQL finds the texts of a revision by the index, which has the field before the number. */
const isPacked = sql.raw(`field in ('${LONG_TEXTS.join("', '")}')`);

/**
 * Moves the values of a revision to the next one: the columns that a revision changed contain the values before the change.
 */
export const updateNextRevision = (db: Database, { articleId, number, nextNumber }: PrunedRevision) => {
  const columns = FIELD_NAMES.map((field) => {
    const column = sql.raw(articleRevisions[field].name);
    return sql`${column} = case when ${sql.raw(`'${field}'`)} = any(pruned.changed) then pruned.${column} else next.${column} end`;
  });
  return db.execute(sql`
    update article_revisions as next set changed = array_union(pruned.changed, next.changed), ${list(columns)}
    from article_revisions as pruned
    where next.article_id = ${articleId} and next.number = ${nextNumber}
      and pruned.article_id = ${articleId} and pruned.number = ${number}`);
};

/** Removes the packed texts of the next revision for fields that the pruned one changed too. */
export const updateReplacedTexts = (db: Database, { articleId, number, nextFirstNumber }: PrunedRevision) =>
  db.execute(sql`
    update revision_texts set first_number = null
    where article_id = ${articleId} and ${isPacked} and first_number = ${nextFirstNumber}
      and field = any((select changed from article_revisions where article_id = ${articleId} and number = ${number})::text[])`);

/** Moves the packed texts of the pruned revision to the next one. */
export const updateMovedTexts = (db: Database, { articleId, firstNumber, nextFirstNumber }: PrunedRevision) =>
  db.execute(sql`
    update revision_texts set first_number = ${nextFirstNumber}
    where article_id = ${articleId} and ${isPacked} and first_number = ${firstNumber}`);

export const deleteRevision = (db: Database, { articleId, number }: PrunedRevision) =>
  db.execute(sql`delete from article_revisions where article_id = ${articleId} and number = ${number}`);

/** Deletes texts that belong to no revision, unless others were packed with them. */
export const deleteUnusedTexts = (db: Database, articleId: string) =>
  db.execute(sql`
    delete from revision_texts as unused where article_id = ${articleId} and ${isPacked} and first_number is null
      and not exists (select from revision_texts as dependent where dependent.dictionary_id = unused.id)`);

const list = (parts: SQL[]) => sql.join(parts, sql`, `);
