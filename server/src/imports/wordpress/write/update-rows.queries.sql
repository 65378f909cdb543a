-- Written by `npm run generate` from update-rows.queries.ts.

-- findCategoryConflicts({ id: null, name: 'Food', slug: 'food', parentId: 1 })
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
      and fold_category_name (name) = fold_category_name ($4)
      and id is distinct from $5::bigint
  ) as name,
  $6::bigint in (
    with recursive
      ancestors as (
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
          join ancestors on categories.id = ancestors.parent_id
      )
    select
      id
    from
      ancestors
  ) as cycle;

-- listArticleLinks('https://example.org', 1)
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
  "deleted_links" as (
    delete from "article_categories"
    where
      (
        ("article_categories"."article_id" = $1)
        and ("article_categories"."category_id" <> all ($2::bigint[]))
      )
    returning
      "category_id"
  ),
  "upserted_links" as (
    insert into
      "article_categories" as link (article_id, "category_id", position, listed_at)
    select
      articles.id,
      requested.id,
      requested.position,
      articles.listed_at
    from
      articles
      cross join unnest($3::bigint[]) with ordinality as requested (id, position)
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
  "deleted_links";

-- replaceLinks('authors', 1, [ 2, 3 ])
with
  "deleted_links" as (
    delete from "article_authors"
    where
      (
        ("article_authors"."article_id" = $1)
        and ("article_authors"."author_id" <> all ($2::bigint[]))
      )
    returning
      "author_id"
  ),
  "upserted_links" as (
    insert into
      "article_authors" as link (article_id, "author_id", position, listed_at)
    select
      articles.id,
      requested.id,
      requested.position,
      articles.listed_at
    from
      articles
      cross join unnest($3::bigint[]) with ordinality as requested (id, position)
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
  "deleted_links";

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

-- findSlugHolder('bread', 1)
select
  "id"
from
  "articles"
where
  slug = $1
  and deleted_at is null
  and id <> $2;
