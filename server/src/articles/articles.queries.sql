-- Written by `npm run generate` from articles.queries.ts.

-- findArticle({ id: 1 }, null)
-- prepared as published_article_by_id
select
  "d0"."id" as "id",
  "d0"."title" as "title",
  "d0"."slug" as "slug",
  "d0"."excerpt" as "excerpt",
  "d0"."content" as "content",
  "d0"."content_format" as "contentFormat",
  "d0"."published_at" as "publishedAt",
  "d0"."created_at" as "createdAt",
  "d0"."updated_at" as "updatedAt",
  "d0"."version" as "version",
  (
    case
      when "d0"."deleted_at" is not null then 'trashed'
      when "d0"."published_at" is null then 'draft'
      when "d0"."published_at" > now() then 'scheduled'
      else 'published'
    end
  ) as "status",
  "categories"."r" as "categories",
  "authors"."r" as "authors"
from
  (
    select
      "d0".*
    from
      "articles" as "d0"
    where
      "d0"."id" = $1
      and "d0"."deleted_at" is null
      and "d0"."listed_at" <= now()
  ) as "d0"
  left join lateral (
    select
      coalesce(json_agg(row_to_json("t".*)), '[]') as "r"
    from
      (
        select
          "d1"."id"::text as "id",
          "d1"."name" as "name",
          "d1"."slug" as "slug"
        from
          "categories" as "d1"
          inner join "article_categories" as "tr0" on "tr0"."category_id" = "d1"."id"
        where
          "d0"."id" = "tr0"."article_id"
        order by
          tr0.position,
          tr0.article_id
      ) as "t"
  ) as "categories" on true
  left join lateral (
    select
      coalesce(json_agg(row_to_json("t".*)), '[]') as "r"
    from
      (
        select
          "d1"."id"::text as "id",
          "d1"."name" as "name",
          "d1"."slug" as "slug"
        from
          "authors" as "d1"
          inner join "article_authors" as "tr0" on "tr0"."author_id" = "d1"."id"
        where
          "d0"."id" = "tr0"."article_id"
        order by
          tr0.position,
          tr0.article_id
      ) as "t"
  ) as "authors" on true
limit
  $2;

-- findArticle({ id: 1 }, { canReadAll: true, ownerId: null, allowedCategoryIds: null, seesWorkingDrafts: true })
-- prepared as live_article_by_id
select
  "d0"."id" as "id",
  "d0"."title" as "title",
  "d0"."slug" as "slug",
  "d0"."excerpt" as "excerpt",
  "d0"."content" as "content",
  "d0"."content_format" as "contentFormat",
  "d0"."published_at" as "publishedAt",
  "d0"."created_at" as "createdAt",
  "d0"."updated_at" as "updatedAt",
  "d0"."version" as "version",
  (
    case
      when "d0"."deleted_at" is not null then 'trashed'
      when "d0"."published_at" is null then 'draft'
      when "d0"."published_at" > now() then 'scheduled'
      else 'published'
    end
  ) as "status",
  (
    case
      when $1::boolean
      and (
        $2::boolean
        or "d0"."owner_id" = $3::bigint
      )
      and (
        $4::bigint[] is null
        or exists (
          select
          from
            article_categories as link
          where
            link.article_id = "d0"."id"
            and link.category_id = any ($5::bigint[])
        )
      ) then exists (
        select
        from
          article_drafts as draft
        where
          draft.article_id = "d0"."id"
      )
    end
  ) as "hasDraft",
  "categories"."r" as "categories",
  "authors"."r" as "authors"
from
  (
    select
      "d0".*
    from
      "articles" as "d0"
    where
      "d0"."id" = $6
      and "d0"."deleted_at" is null
      and (
        "d0"."listed_at" <= now()
        or (
          $7::boolean
          or "d0"."owner_id" = $8::bigint
        )
        and (
          $9::bigint[] is null
          or exists (
            select
            from
              article_categories as link
            where
              link.article_id = "d0"."id"
              and link.category_id = any ($10::bigint[])
          )
        )
      )
  ) as "d0"
  left join lateral (
    select
      coalesce(json_agg(row_to_json("t".*)), '[]') as "r"
    from
      (
        select
          "d1"."id"::text as "id",
          "d1"."name" as "name",
          "d1"."slug" as "slug"
        from
          "categories" as "d1"
          inner join "article_categories" as "tr0" on "tr0"."category_id" = "d1"."id"
        where
          "d0"."id" = "tr0"."article_id"
        order by
          tr0.position,
          tr0.article_id
      ) as "t"
  ) as "categories" on true
  left join lateral (
    select
      coalesce(json_agg(row_to_json("t".*)), '[]') as "r"
    from
      (
        select
          "d1"."id"::text as "id",
          "d1"."name" as "name",
          "d1"."slug" as "slug"
        from
          "authors" as "d1"
          inner join "article_authors" as "tr0" on "tr0"."author_id" = "d1"."id"
        where
          "d0"."id" = "tr0"."article_id"
        order by
          tr0.position,
          tr0.article_id
      ) as "t"
  ) as "authors" on true
limit
  $11;

-- findArticle({ slug: 'bread' }, null)
-- prepared as published_article_by_slug
select
  "d0"."id" as "id",
  "d0"."title" as "title",
  "d0"."slug" as "slug",
  "d0"."excerpt" as "excerpt",
  "d0"."content" as "content",
  "d0"."content_format" as "contentFormat",
  "d0"."published_at" as "publishedAt",
  "d0"."created_at" as "createdAt",
  "d0"."updated_at" as "updatedAt",
  "d0"."version" as "version",
  (
    case
      when "d0"."deleted_at" is not null then 'trashed'
      when "d0"."published_at" is null then 'draft'
      when "d0"."published_at" > now() then 'scheduled'
      else 'published'
    end
  ) as "status",
  "categories"."r" as "categories",
  "authors"."r" as "authors"
from
  (
    select
      "d0".*
    from
      "articles" as "d0"
    where
      "d0"."slug" = $1
      and "d0"."deleted_at" is null
      and "d0"."listed_at" <= now()
    order by
      "d0"."deleted_at" desc nulls first
    limit
      $2
  ) as "d0"
  left join lateral (
    select
      coalesce(json_agg(row_to_json("t".*)), '[]') as "r"
    from
      (
        select
          "d1"."id"::text as "id",
          "d1"."name" as "name",
          "d1"."slug" as "slug"
        from
          "categories" as "d1"
          inner join "article_categories" as "tr0" on "tr0"."category_id" = "d1"."id"
        where
          "d0"."id" = "tr0"."article_id"
        order by
          tr0.position,
          tr0.article_id
      ) as "t"
  ) as "categories" on true
  left join lateral (
    select
      coalesce(json_agg(row_to_json("t".*)), '[]') as "r"
    from
      (
        select
          "d1"."id"::text as "id",
          "d1"."name" as "name",
          "d1"."slug" as "slug"
        from
          "authors" as "d1"
          inner join "article_authors" as "tr0" on "tr0"."author_id" = "d1"."id"
        where
          "d0"."id" = "tr0"."article_id"
        order by
          tr0.position,
          tr0.article_id
      ) as "t"
  ) as "authors" on true
order by
  "d0"."deleted_at" desc nulls first;

-- findArticle({ slug: 'bread' }, { canReadAll: true, ownerId: null, allowedCategoryIds: null, seesWorkingDrafts: true })
-- prepared as live_article_by_slug
select
  "d0"."id" as "id",
  "d0"."title" as "title",
  "d0"."slug" as "slug",
  "d0"."excerpt" as "excerpt",
  "d0"."content" as "content",
  "d0"."content_format" as "contentFormat",
  "d0"."published_at" as "publishedAt",
  "d0"."created_at" as "createdAt",
  "d0"."updated_at" as "updatedAt",
  "d0"."version" as "version",
  (
    case
      when "d0"."deleted_at" is not null then 'trashed'
      when "d0"."published_at" is null then 'draft'
      when "d0"."published_at" > now() then 'scheduled'
      else 'published'
    end
  ) as "status",
  (
    case
      when $1::boolean
      and (
        $2::boolean
        or "d0"."owner_id" = $3::bigint
      )
      and (
        $4::bigint[] is null
        or exists (
          select
          from
            article_categories as link
          where
            link.article_id = "d0"."id"
            and link.category_id = any ($5::bigint[])
        )
      ) then exists (
        select
        from
          article_drafts as draft
        where
          draft.article_id = "d0"."id"
      )
    end
  ) as "hasDraft",
  "categories"."r" as "categories",
  "authors"."r" as "authors"
from
  (
    select
      "d0".*
    from
      "articles" as "d0"
    where
      "d0"."slug" = $6
      and "d0"."deleted_at" is null
      and (
        "d0"."listed_at" <= now()
        or (
          $7::boolean
          or "d0"."owner_id" = $8::bigint
        )
        and (
          $9::bigint[] is null
          or exists (
            select
            from
              article_categories as link
            where
              link.article_id = "d0"."id"
              and link.category_id = any ($10::bigint[])
          )
        )
      )
    order by
      "d0"."deleted_at" desc nulls first
    limit
      $11
  ) as "d0"
  left join lateral (
    select
      coalesce(json_agg(row_to_json("t".*)), '[]') as "r"
    from
      (
        select
          "d1"."id"::text as "id",
          "d1"."name" as "name",
          "d1"."slug" as "slug"
        from
          "categories" as "d1"
          inner join "article_categories" as "tr0" on "tr0"."category_id" = "d1"."id"
        where
          "d0"."id" = "tr0"."article_id"
        order by
          tr0.position,
          tr0.article_id
      ) as "t"
  ) as "categories" on true
  left join lateral (
    select
      coalesce(json_agg(row_to_json("t".*)), '[]') as "r"
    from
      (
        select
          "d1"."id"::text as "id",
          "d1"."name" as "name",
          "d1"."slug" as "slug"
        from
          "authors" as "d1"
          inner join "article_authors" as "tr0" on "tr0"."author_id" = "d1"."id"
        where
          "d0"."id" = "tr0"."article_id"
        order by
          tr0.position,
          tr0.article_id
      ) as "t"
  ) as "authors" on true
order by
  "d0"."deleted_at" desc nulls first;

-- findArticle({ slug: 'bread' }, { canReadAll: true, ownerId: null, allowedCategoryIds: null, seesWorkingDrafts: true }, true)
-- prepared as live_or_trashed_article_by_slug
select
  "d0"."id" as "id",
  "d0"."title" as "title",
  "d0"."slug" as "slug",
  "d0"."excerpt" as "excerpt",
  "d0"."content" as "content",
  "d0"."content_format" as "contentFormat",
  "d0"."published_at" as "publishedAt",
  "d0"."created_at" as "createdAt",
  "d0"."updated_at" as "updatedAt",
  "d0"."version" as "version",
  (
    case
      when "d0"."deleted_at" is not null then 'trashed'
      when "d0"."published_at" is null then 'draft'
      when "d0"."published_at" > now() then 'scheduled'
      else 'published'
    end
  ) as "status",
  (
    case
      when $1::boolean
      and (
        $2::boolean
        or "d0"."owner_id" = $3::bigint
      )
      and (
        $4::bigint[] is null
        or exists (
          select
          from
            article_categories as link
          where
            link.article_id = "d0"."id"
            and link.category_id = any ($5::bigint[])
        )
      ) then exists (
        select
        from
          article_drafts as draft
        where
          draft.article_id = "d0"."id"
      )
    end
  ) as "hasDraft",
  "categories"."r" as "categories",
  "authors"."r" as "authors"
from
  (
    select
      "d0".*
    from
      "articles" as "d0"
    where
      "d0"."slug" = $6
      and (
        "d0"."deleted_at" is null
        or "d0"."deleted_at" is not null
      )
      and (
        "d0"."listed_at" <= now()
        or (
          $7::boolean
          or "d0"."owner_id" = $8::bigint
        )
        and (
          $9::bigint[] is null
          or exists (
            select
            from
              article_categories as link
            where
              link.article_id = "d0"."id"
              and link.category_id = any ($10::bigint[])
          )
        )
      )
    order by
      "d0"."deleted_at" desc nulls first
    limit
      $11
  ) as "d0"
  left join lateral (
    select
      coalesce(json_agg(row_to_json("t".*)), '[]') as "r"
    from
      (
        select
          "d1"."id"::text as "id",
          "d1"."name" as "name",
          "d1"."slug" as "slug"
        from
          "categories" as "d1"
          inner join "article_categories" as "tr0" on "tr0"."category_id" = "d1"."id"
        where
          "d0"."id" = "tr0"."article_id"
        order by
          tr0.position,
          tr0.article_id
      ) as "t"
  ) as "categories" on true
  left join lateral (
    select
      coalesce(json_agg(row_to_json("t".*)), '[]') as "r"
    from
      (
        select
          "d1"."id"::text as "id",
          "d1"."name" as "name",
          "d1"."slug" as "slug"
        from
          "authors" as "d1"
          inner join "article_authors" as "tr0" on "tr0"."author_id" = "d1"."id"
        where
          "d0"."id" = "tr0"."article_id"
        order by
          tr0.position,
          tr0.article_id
      ) as "t"
  ) as "authors" on true
order by
  "d0"."deleted_at" desc nulls first;

-- findCategoriesOfArticle(1, { canReadAll: true, ownerId: null, allowedCategoryIds: null, seesWorkingDrafts: true })
-- prepared as categories_of_article
select
  "categories"."r" as "categories"
from
  (
    select
      "d0".*
    from
      "articles" as "d0"
    where
      "d0"."id" = $1
      and (
        "d0"."listed_at" <= now()
        or (
          $2::boolean
          or "d0"."owner_id" = $3::bigint
        )
        and (
          $4::bigint[] is null
          or exists (
            select
            from
              article_categories as link
            where
              link.article_id = "d0"."id"
              and link.category_id = any ($5::bigint[])
          )
        )
        and "d0"."deleted_at" is null
      )
  ) as "d0"
  left join lateral (
    select
      coalesce(json_agg(row_to_json("t".*)), '[]') as "r"
    from
      (
        select
          "d1"."id"::text as "id",
          "d1"."name" as "name",
          "d1"."slug" as "slug"
        from
          "categories" as "d1"
          inner join "article_categories" as "tr0" on "tr0"."category_id" = "d1"."id"
        where
          "d0"."id" = "tr0"."article_id"
        order by
          tr0.position,
          tr0.article_id
      ) as "t"
  ) as "categories" on true
limit
  $6;

-- listExistingIds('categories', [ '1', '2' ])
select
  id
from
  "categories"
where
  id = any ($1::bigint[]);

-- listExistingIds('authors', [ '3' ])
select
  id
from
  "authors"
where
  id = any ($1::bigint[]);

-- lockArticle(1)
select
  "id"
from
  "articles"
where
  "articles"."id" = $1
for no key update;
