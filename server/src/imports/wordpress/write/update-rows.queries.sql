-- Written by `npm run generate` from wordpress.queries.ts.

-- updateLimits()
select
  set_config(name, '0', true)
from
  unnest(array['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout']) as name;

-- lockImport('https://example.org')
select
  pg_advisory_xact_lock(hashtext ('rubric.import'), hashtext ($1)),
  pg_advisory_xact_lock_shared(hashtext ('rubric.category_tree'));

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
  );

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

-- findObstacles({ id: null, name: 'Food', slug: 'food', parentId: 1 })
select
  exists (
    select
    from
      categories
    where
      slug = $1
      and id is distinct from $2::bigint
  ) as slug,
  exists (
    select
    from
      categories
    where
      coalesce(parent_id, 0) = coalesce($3::bigint, 0)
      and lower(normalize(name, NFC) collate "und-x-icu") = lower(normalize($4::text, NFC) collate "und-x-icu")
      and id is distinct from $5::bigint
  ) as name,
  $6::bigint in (
    with recursive
      above as (
        select
          id,
          parent_id
        from
          categories
        where
          id = $7
        union
        select
          categories.id,
          categories.parent_id
        from
          categories
          join above on categories.id = above.parent_id
      )
    select
      id
    from
      above
  ) as circle;

-- listLinks('https://example.org', 1)
select
  array(
    select
      category_id
    from
      article_categories
    where
      article_id = $1
    order by
      position
  ) as "categoryIds",
  array(
    select
      category_id
    from
      article_categories
      join imported_rows using (category_id)
    where
      article_categories.article_id = $2
      and source = $3
      and starts_with(external_id, $4)
    order by
      position
  ) as "tagIds",
  array(
    select
      author_id
    from
      article_authors
    where
      article_id = $5
    order by
      position
  ) as "authorIds";

-- replaceLinks('categories', 1, [ 2, 3 ])
with
  "gone" as (
    delete from "article_categories"
    where
      (
        ("article_categories"."article_id" = $1)
        and ("article_categories"."category_id" <> all ($2::bigint[]))
      )
    returning
      "category_id"
  ),
  "filed" as (
    insert into
      "article_categories" as link (article_id, "category_id", position, listed_at)
    select
      articles.id,
      wanted.id,
      wanted.position,
      articles.listed_at
    from
      articles
      cross join unnest($3::bigint[]) with ordinality as wanted (id, position)
    where
      articles.id = $4
    on conflict (article_id, "category_id") do update
    set
      position = excluded.position
    where
      link.position <> excluded.position
  )
select
  "category_id"
from
  "gone";

-- replaceLinks('authors', 1, [ 2, 3 ])
with
  "gone" as (
    delete from "article_authors"
    where
      (
        ("article_authors"."article_id" = $1)
        and ("article_authors"."author_id" <> all ($2::bigint[]))
      )
    returning
      "author_id"
  ),
  "filed" as (
    insert into
      "article_authors" as link (article_id, "author_id", position, listed_at)
    select
      articles.id,
      wanted.id,
      wanted.position,
      articles.listed_at
    from
      articles
      cross join unnest($3::bigint[]) with ordinality as wanted (id, position)
    where
      articles.id = $4
    on conflict (article_id, "author_id") do update
    set
      position = excluded.position
    where
      link.position <> excluded.position
  )
select
  "author_id"
from
  "gone";

-- updateAuthor(1, { name: 'Maud' })
update "authors"
set
  "name" = $1,
  "version" = version
where
  "authors"."id" = $2;

-- updateCategory(1, { name: 'Food' })
update "categories"
set
  "name" = $1,
  "version" = version
where
  "categories"."id" = $2;

-- updateArticle(1, { title: 'Bread' })
update "articles"
set
  "title" = $1,
  "version" = version
where
  "articles"."id" = $2
returning
  "version";

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

-- findSlugHolder('bread', 1)
select
  "id"
from
  "articles"
where
  slug = $1
  and deleted_at is null
  and id <> $2;

-- countWritten()
with
  written as (
    select
      id
    from
      articles
    where
      articles.xmin = pg_current_xact_id()::xid
  )
select
  (
    select
      count(*)
    from
      authors
    where
      authors.xmin = pg_current_xact_id()::xid
  )::float8 as authors,
  (
    select
      count(*)
    from
      categories
    where
      categories.xmin = pg_current_xact_id()::xid
  )::float8 as categories,
  (
    select
      count(*)
    from
      written
  )::float8 as articles,
  (
    select
      count(*)
    from
      article_categories
    where
      article_id in (
        select
          id
        from
          written
      )
  )::float8 as "categoryLinks",
  (
    select
      count(*)
    from
      article_authors
    where
      article_id in (
        select
          id
        from
          written
      )
  )::float8 as "authorLinks";
