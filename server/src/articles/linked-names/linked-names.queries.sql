-- Written by `npm run generate` from linked-names.queries.ts.

-- listNames({ categories: [ '1', '2' ], authors: [ '1', '2' ] })
-- prepared as names_of_linked_rows
select
  table_name,
  id,
  name,
  slug,
  (
    select
      epoch
    from
      name_epoch
  )
from
  (
    select
      'categories' as table_name,
      id,
      name,
      slug
    from
      categories
    where
      id = any ($1::bigint[])
    union all
    select
      'authors' as table_name,
      id,
      name,
      slug
    from
      authors
    where
      id = any ($2::bigint[])
  ) as named;
