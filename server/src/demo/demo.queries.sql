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

-- lockDemo()
select
  pg_advisory_xact_lock(hashtext ('rubric.demo'));
