-- Written by `npm run generate` from redirect-rows.queries.ts.

-- insertRedirects([ { path: '/2019/05/a-post', articleId: 1, categoryId: null, authorId: null } ])
insert into
  redirects (path, article_id, category_id, author_id)
select
  path,
  "articleId",
  "categoryId",
  "authorId"
from
  json_to_recordset($1::json) as row (path text, "articleId" bigint, "categoryId" bigint, "authorId" bigint)
on conflict (path) do nothing
returning
  path;

-- listRedirectsOfPaths([ '/2019/05/a-post' ])
select
  "path",
  "article_id",
  "category_id",
  "author_id"
from
  "redirects"
where
  "redirects"."path" = any ($1::text[]);
