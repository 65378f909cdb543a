-- Written by `npm run generate` from redirects.queries.ts.

-- listRedirects(undefined, { backward: false, from: null, fetch: 21, offset: 0 })
select
  "id",
  "path",
  "article_id",
  "category_id",
  "author_id",
  "created_at"
from
  "redirects"
order by
  "redirects"."id" desc
limit
  $1;

-- listRedirects('/2019/05/a-post', { backward: false, from: { key: '', id: 7 }, fetch: 21, offset: 0 })
select
  "id",
  "path",
  "article_id",
  "category_id",
  "author_id",
  "created_at"
from
  "redirects"
where
  (
    ("redirects"."path" = $1)
    and (("redirects"."id") < ($2))
  )
order by
  "redirects"."id" desc
limit
  $3;

-- countRedirects(undefined)
select
  count(*)
from
  "redirects";

-- countRedirects('/2019/05/a-post')
select
  count(*)
from
  "redirects"
where
  "redirects"."path" = $1;

-- findRedirect(1)
select
  "id",
  "path",
  "article_id",
  "category_id",
  "author_id",
  "created_at"
from
  "redirects"
where
  "redirects"."id" = $1;

-- insertRedirect({ via: 'command', accountId: null, tokenId: null, address: null, command: 'rubric' }, { path: '/2019/05/a-post', articleId: 1, categoryId: null, authorId: null })
with
  "inserted_redirect" as (
    insert into
      "redirects" ("path", "article_id", "category_id", "author_id", "created_at")
    values
      ($1, $2, $3, $4, default)
    returning
      "id",
      "path",
      "article_id",
      "category_id",
      "author_id",
      "created_at"
  )
select
  "id",
  "path",
  "article_id",
  "category_id",
  "author_id",
  "created_at"
from
  "inserted_redirect"
where
  set_config('rubric.actor', $5, true) is not null;

-- deleteRedirect({ via: 'command', accountId: null, tokenId: null, address: null, command: 'rubric' }, 1)
delete from "redirects"
where
  "redirects"."id" = $1
  and set_config('rubric.actor', $2, true) is not null
returning
  "id";
