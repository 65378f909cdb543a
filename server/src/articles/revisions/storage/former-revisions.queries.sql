-- Written by `npm run generate` from former-revisions.queries.ts.

-- lockFirstRevision(12)
select
  "first"."number",
  "first"."changed",
  "first"."published_at",
  "first"."deleted_at",
  "first"."category_ids",
  "first"."author_ids"
from
  "articles"
  inner join lateral (
    select
      "number",
      "changed",
      "published_at",
      "deleted_at",
      "category_ids",
      "author_ids"
    from
      "article_revisions"
    where
      article_id = $1
    order by
      "article_revisions"."number"
    limit
      $2
  ) "first" on true
where
  "articles"."id" = $3
for key share of
  "articles";

-- updateFirstRevision({ at: 2026-01-31T06:10:00.000Z, via: 'http', accountId: 3, tokenId: null, articleId: 12 },
  4,
  {
    firstNumber: 4,
    kind: 'change',
    changed: [ 'title' ],
    entries: [ { id: 7, changed: [ 'title' ] } ]
  })
update article_revisions
set
  first_number = $1,
  at = $2,
  via = $3,
  account_id = $4::bigint,
  token_id = $5::bigint,
  kind = $6,
  changed = $7::text[],
  title = old.values ->> 'title',
  slug = old.values ->> 'slug',
  excerpt = old.values ->> 'excerpt',
  content = old.values ->> 'content',
  content_format = old.values ->> 'content_format'
from
  (
    select
      jsonb_object_agg(
        key,
        value
        order by
          audit_log.id desc
      ) as
    values
    from
      audit_log
      cross join jsonb_each(before)
    where
      audit_log.id = any ($8::bigint[])
  ) as old
where
  article_id = $9
  and number = $10;

-- insertFormerRevision(12, { number: 3, publishedAt: '2026-01-31T06:10:00.000Z', deletedAt: null, categoryIds: [ 2 ], authorIds: [] })
insert into
  "article_revisions" (
    "article_id",
    "number",
    "first_number",
    "at",
    "via",
    "account_id",
    "token_id",
    "command",
    "kind",
    "open_until",
    "changed",
    "published_at",
    "deleted_at",
    "category_ids",
    "author_ids",
    "title",
    "slug",
    "excerpt",
    "content",
    "content_format"
  )
values
  (
    $1,
    $2,
    $3,
    (
      select
        created_at
      from
        articles
      where
        id = $4
    ),
    $5,
    default,
    default,
    default,
    $6,
    default,
    default,
    $7,
    $8,
    $9,
    $10,
    default,
    default,
    default,
    default,
    default
  );
