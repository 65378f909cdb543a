-- Written by `npm run generate` from snippets.queries.ts.

-- findSnippetSources([ 11, 12 ])
select
  "id",
  "title",
  "excerpt",
  left("content", 50000),
  "content_format"
from
  "articles"
where
  "articles"."id" = any ($1::bigint[]);
