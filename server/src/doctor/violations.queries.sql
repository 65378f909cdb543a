-- Written by `npm run generate` from violations.queries.ts.

-- listFirst(SQL { queryChunks: [ StringChunk { value: "select 'article 1 has no revision'" } ], decoder: { mapFromDriverValue: [Function: mapFromDriverValue] { isNoop: true } }, shouldInlineParams: false })
select
  difference,
  (count(*) over ())::int as total
from
  (
    select
      'article 1 has no revision'
  ) as violations (difference)
order by
  difference
limit
  $1;
