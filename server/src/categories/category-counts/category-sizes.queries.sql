-- Written by `npm run generate` from category-sizes.queries.ts.

-- listCategorySizes()
-- prepared as category_sizes
select
  "categories"."id",
  coalesce(old.slugs, '{}') || "categories"."slug",
  "categories"."parent_id",
  coalesce("category_counts"."direct", 0),
  coalesce("category_counts"."deep", 0)
from
  "categories"
  left join "category_counts" on "category_counts"."category_id" = "categories"."id"
  left join (
    select
      category_id,
      array_agg(slug) as slugs
    from
      old_slugs
    where
      type = 'category'
    group by
      category_id
  ) as old on old.category_id = "categories"."id";

-- findRowEstimates()
select
  (
    select
      greatest(reltuples, 0)
    from
      pg_class
    where
      oid = 'articles'::regclass
  ) as articles,
  (
    select
      greatest(reltuples, 0)
    from
      pg_class
    where
      oid = 'article_categories'::regclass
  ) as links,
  (
    select
      greatest(reltuples, 0)
    from
      pg_class
    where
      oid = 'article_drafts'::regclass
  ) as drafts,
  (
    select
      greatest(reltuples, 0) * coalesce(
        (
          select
            most_common_freqs[1]
          from
            pg_stats
          where
            schemaname = current_schema
            and tablename = 'article_authors'
            and attname = 'author_id'
        ),
        0.01
      )
    from
      pg_class
    where
      oid = 'article_authors'::regclass
  ) as "articlesOfAuthor";
