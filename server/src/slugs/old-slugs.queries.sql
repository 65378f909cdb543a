-- Written by `npm run generate` from old-slugs.queries.ts.

-- findIdByAnySlug('articles', 'bread')
-- prepared as id_of_articles_by_any_slug
select
  id
from
  (
    select
      id
    from
      "articles"
    where
      slug = $1::text
      and deleted_at is null
    union all
    select
      article_id as id
    from
      old_slugs
    where
      type = 'article'
      and slug = any (array[$2::text])
  ) as found;

-- findIdByAnySlug('categories', 'food')
-- prepared as id_of_categories_by_any_slug
select
  id
from
  (
    select
      id
    from
      "categories"
    where
      slug = $1::text
      and true
    union all
    select
      category_id as id
    from
      old_slugs
    where
      type = 'category'
      and slug = any (array[$2::text])
  ) as found;

-- findIdByAnySlug('authors', 'tomasz-wren')
-- prepared as id_of_authors_by_any_slug
select
  id
from
  (
    select
      id
    from
      "authors"
    where
      slug = $1::text
      and true
    union all
    select
      author_id as id
    from
      old_slugs
    where
      type = 'author'
      and slug = any (array[$2::text])
  ) as found;
