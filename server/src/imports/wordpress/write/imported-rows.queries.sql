-- Written by `npm run generate` from imported-rows.queries.ts.

-- listImportedAuthors('https://example.org', [ 'maud' ])
select
  "imported_rows"."external_id",
  "imported_rows"."digest",
  "authors"."id",
  "authors"."name",
  "authors"."slug",
  "authors"."email"
from
  "imported_rows"
  inner join "authors" on "authors"."id" = "imported_rows"."author_id"
where
  (
    ("imported_rows"."source" = $1)
    and ("imported_rows"."kind" = $2)
    and ("imported_rows"."external_id" = any ($3::text[]))
  );

-- listImportedCategories('https://example.org', [ 'food' ])
select
  "imported_rows"."external_id",
  "imported_rows"."digest",
  "categories"."id",
  "categories"."name",
  "categories"."slug",
  "categories"."description",
  "categories"."parent_id"
from
  "imported_rows"
  inner join "categories" on "categories"."id" = "imported_rows"."category_id"
where
  (
    ("imported_rows"."source" = $1)
    and ("imported_rows"."kind" = $2)
    and ("imported_rows"."external_id" = any ($3::text[]))
  )
for key share of
  "categories";

-- listImportedArticles('https://example.org', [ '1' ])
select
  "imported_rows"."external_id",
  "imported_rows"."digest",
  "articles"."id",
  "articles"."slug",
  "articles"."deleted_at",
  "articles"."version"
from
  "imported_rows"
  inner join "articles" on "articles"."id" = "imported_rows"."article_id"
where
  (
    ("imported_rows"."source" = $1)
    and ("imported_rows"."kind" = $2)
    and ("imported_rows"."external_id" = any ($3::text[]))
  );

-- updateDigest('https://example.org', 'article', '1', <Buffer >)
update "imported_rows"
set
  "digest" = $1
where
  (
    ("imported_rows"."source" = $2)
    and ("imported_rows"."kind" = $3)
    and ("imported_rows"."external_id" = $4)
  );
