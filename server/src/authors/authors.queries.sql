-- Written by `npm run generate` from authors.queries.ts.

-- findAuthor({ id: 1 })
-- prepared as author_by_key
select
  "id",
  "name",
  "slug",
  "email",
  "bio",
  "version",
  "created_at",
  "updated_at"
from
  "authors"
where
  (
    ("authors"."id" = $1::bigint)
    or ("authors"."slug" = $2)
  );

-- listAuthors({ backward: false, from: null, fetch: 21, offset: 0 })
select
  "id",
  "name",
  "slug",
  "email",
  "bio",
  "version",
  "created_at",
  "updated_at"
from
  "authors"
order by
  "authors"."name" collate "und-x-icu" asc,
  "authors"."id" asc
limit
  $1;

-- listAuthors({ backward: true, from: { key: 'Maud', id: 1 }, fetch: 21, offset: 0 })
select
  "id",
  "name",
  "slug",
  "email",
  "bio",
  "version",
  "created_at",
  "updated_at"
from
  "authors"
where
  ("authors"."name" collate "und-x-icu", "authors"."id") < ($1, $2)
order by
  "authors"."name" collate "und-x-icu" desc,
  "authors"."id" desc
limit
  $3;

-- countAuthors()
select
  count(*)
from
  "authors";

-- insertAuthor({ via: 'http', accountId: 1, tokenId: null, address: '192.0.2.1', command: null }, { name: 'Maud', slug: 'maud' })
with
  "inserted_author" as (
    insert into
      "authors" ("name", "slug", "email", "bio", "version", "created_at", "updated_at")
    values
      ($1, $2, default, default, default, default, default)
    returning
      "id",
      "name",
      "slug",
      "email",
      "bio",
      "version",
      "created_at",
      "updated_at"
  )
select
  "id",
  "name",
  "slug",
  "email",
  "bio",
  "version",
  "created_at",
  "updated_at"
from
  "inserted_author"
where
  set_config('rubric.actor', $3, true) is not null;

-- updateAuthor({ via: 'http', accountId: 1, tokenId: null, address: '192.0.2.1', command: null }, 1, {}, undefined)
update "authors"
set
  "version" = version
where
  (
    ("authors"."id" = $1)
    and (set_config('rubric.actor', $2, true) is not null)
  )
returning
  "id",
  "name",
  "slug",
  "email",
  "bio",
  "version",
  "created_at",
  "updated_at";

-- updateAuthor({ via: 'http', accountId: 1, tokenId: null, address: '192.0.2.1', command: null }, 1, { name: 'Maud' }, [ 17 ])
update "authors"
set
  "name" = $1,
  "version" = version
where
  (
    ("authors"."id" = $2)
    and ("authors"."version" in ($3))
    and (set_config('rubric.actor', $4, true) is not null)
  )
returning
  "id",
  "name",
  "slug",
  "email",
  "bio",
  "version",
  "created_at",
  "updated_at";

-- lockArticlesOfAuthor(1)
select
from
  articles
where
  id in (
    select
      article_id
    from
      article_authors
    where
      author_id = $1
  )
order by
  id
for no key update;

-- deleteAuthor({ via: 'http', accountId: 1, tokenId: null, address: '192.0.2.1', command: null }, 1, undefined)
delete from "authors"
where
  (
    ("authors"."id" = $1)
    and (set_config('rubric.actor', $2, true) is not null)
  )
returning
  "id";
