import { type SQLWrapper, sql } from 'drizzle-orm';
import type { Database } from '../../database/database.ts';

/**
 * The current count of a category, as an SQL expression: the stored sum plus the changes that have taken effect since. See
 * docs/decisions/0005-counts.md.
 *
 * @param which `direct`: articles linked to the category; `deep`: distinct articles in its subtree
 */
export const countOf = (which: 'direct' | 'deep', categoryId: SQLWrapper) => sql<number>`(
  coalesce((select ${sql.identifier(which)} from category_counts as stored where stored.category_id = ${categoryId}), 0)
  + coalesce((select sum(${sql.identifier(which)}) from category_count_changes as change
    where change.category_id = ${categoryId} and change.effective_at <= now()), 0))::int`;

/**
 * Adds changes that have taken effect to `category_counts` and deletes them, in one statement, so every reader counts each
 * change exactly once. Without it counts stay exact, and reading them gets slower. Only one server at a time does it, and
 * no transaction waits for it. Changes of deleted categories are dropped.
 *
 * It leaves the last second alone: the `now()` of a reader is slightly older than its snapshot, and a change that has not
 * taken effect for that reader must not be part of the sum that it reads.
 *
 * @param limit the maximum number of changes to add
 * @returns the number of changes added
 */
export const updateCategoryCounts = (db: Database, limit: number) =>
  db.execute<{ applied: number }>(sql`
    with lock_attempt as materialized (
      select pg_try_advisory_xact_lock(hashtext('rubric.category_counts')) as acquired
    ), deleted_changes as (
      delete from category_count_changes where ctid in (
        select ctid from category_count_changes
        where effective_at <= now() - interval '1 second' and (select acquired from lock_attempt) limit ${limit}
      ) returning category_id, direct, deep
    ), upserted_counts as (
      insert into category_counts (category_id, direct, deep)
      select category_id, sum(direct), sum(deep) from deleted_changes
      where exists (select from categories where categories.id = category_id) group by category_id
      on conflict (category_id) do update
        set direct = category_counts.direct + excluded.direct, deep = category_counts.deep + excluded.deep
    )
    select count(*)::int as applied from deleted_changes`);
