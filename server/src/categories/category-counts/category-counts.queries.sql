-- Written by `npm run generate` from category-counts.queries.ts.

-- updateCategoryCounts(20000)
with
  lock_attempt as materialized (
    select
      pg_try_advisory_xact_lock(hashtext ('rubric.category_counts')) as acquired
  ),
  deleted_deltas as (
    delete from category_count_deltas
    where
      ctid in (
        select
          ctid
        from
          category_count_deltas
        where
          effective_at <= counts_settled_at ()
          and (
            select
              acquired
            from
              lock_attempt
          )
        limit
          $1
      )
    returning
      category_id,
      direct,
      deep
  ),
  upserted_counts as (
    insert into
      category_counts (category_id, direct, deep)
    select
      category_id,
      sum(direct),
      sum(deep)
    from
      deleted_deltas
    where
      exists (
        select
        from
          categories
        where
          categories.id = category_id
      )
    group by
      category_id
    on conflict (category_id) do update
    set
      direct = category_counts.direct + excluded.direct,
      deep = category_counts.deep + excluded.deep
  )
select
  count(*)::int as applied
from
  deleted_deltas;
