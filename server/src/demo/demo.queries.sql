-- Written by `npm run generate` from demo.queries.ts.

-- countContent()
select
  (
    select
      count(*)
    from
      "articles"
  ),
  (
    select
      count(*)
    from
      "categories"
  ),
  (
    select
      count(*)
    from
      "authors"
  )
from
  (
    select
  ) as one;

-- listApplicationNames()
select distinct
  application_name
from
  pg_stat_activity
where
  datname = current_database()
order by
  application_name;

-- lockDemo()
select
  pg_advisory_xact_lock(hashtext ('rubric.demo'));
