import { type SQLWrapper, sql } from 'drizzle-orm';
import type { Database } from '../../database/database.ts';

/**
 * The count of a category as it is at this instant, as an expression: what is added up, and what is due of the changes
 * that are not. See docs/decisions/0005-counts.md.
 *
 * @param which `direct`: filed under it; `deep`: distinct articles in its subtree
 */
export const countOf = (which: 'direct' | 'deep', category: SQLWrapper) => sql<number>`(
  coalesce((select ${sql.identifier(which)} from category_counts as sum where sum.category_id = ${category}), 0)
  + coalesce((select sum(${sql.identifier(which)}) from category_count_deltas as change
    where change.category_id = ${category} and change.effective_at <= now()), 0))::int`;

/**
 * Adds what is due of the changes up into `category_counts`: one statement, so that every reader sees each difference
 * once. Nobody waits for it, and one at a time is enough; without it counts stay exact and reading them gets slower.
 * Changes of a category that is gone are dropped.
 * The last second is left: a reader whose `now()` is a little older than its snapshot must not find added up already what
 * was not due for it.
 *
 * @param most how many rows of changes at most
 * @returns how many were added up
 */
export const updateCategoryCounts = (db: Database, most: number) =>
  db.execute<{ folded: number }>(sql`
    with turn as materialized (
      select pg_try_advisory_xact_lock(hashtext('rubric.category_counts')) as mine
    ), folded as (
      delete from category_count_deltas where ctid in (
        select ctid from category_count_deltas
        where effective_at <= now() - interval '1 second' and (select mine from turn) limit ${most}
      ) returning category_id, direct, deep
    ), added as (
      insert into category_counts (category_id, direct, deep)
      select category_id, sum(direct), sum(deep) from folded
      where exists (select from categories where categories.id = category_id) group by category_id
      on conflict (category_id) do update
        set direct = category_counts.direct + excluded.direct, deep = category_counts.deep + excluded.deep
    )
    select count(*)::int as folded from folded`);
