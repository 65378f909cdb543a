-- Written by `npm run generate` from category-with-articles.queries.ts.

-- findCategoryWithArticles: by id
-- prepared as category_by_id_with_articles
select
  "d0"."id" as "id",
  "d0"."name" as "name",
  "d0"."slug" as "slug",
  "d0"."description" as "description",
  "d0"."parent_id" as "parentId",
  "d0"."position" as "position",
  "d0"."ordering" as "ordering",
  "d0"."version" as "version",
  "d0"."created_at" as "createdAt",
  "d0"."updated_at" as "updatedAt",
  (
    (
      with recursive
        ancestors as (
          select
            id,
            name,
            slug,
            parent_id,
            1 as distance
          from
            categories
          where
            id = "d0"."parent_id"
          union all
          select
            parent.id,
            parent.name,
            parent.slug,
            parent.parent_id,
            ancestors.distance + 1
          from
            categories as parent
            join ancestors on parent.id = ancestors.parent_id
        )
      select
        coalesce(
          json_agg(
            json_build_object('id', id, 'name', name, 'slug', slug)
            order by
              distance desc
          ),
          '[]'
        )
      from
        ancestors
    )
  ) as "path",
  (
    (
      coalesce(
        (
          select
            "direct"
          from
            category_counts as stored
          where
            stored.category_id = "d0"."id"
        ),
        0
      ) + coalesce(
        (
          select
            sum("direct")
          from
            category_count_deltas as delta
          where
            delta.category_id = "d0"."id"
            and delta.effective_at <= now()
        ),
        0
      )
    )::int
  ) as "articleCount",
  (
    (
      coalesce(
        (
          select
            "deep"
          from
            category_counts as stored
          where
            stored.category_id = "d0"."id"
        ),
        0
      ) + coalesce(
        (
          select
            sum("deep")
          from
            category_count_deltas as delta
          where
            delta.category_id = "d0"."id"
            and delta.effective_at <= now()
        ),
        0
      )
    )::int
  ) as "articleCountDeep",
  (
    (
      select
        coalesce(
          json_agg(
            json_build_object(
              'id',
              child.id,
              'name',
              child.name,
              'slug',
              child.slug,
              'articleCount',
              coalesce(stored.direct, 0) + due.direct,
              'articleCountDeep',
              coalesce(stored.deep, 0) + due.deep
            )
            order by
              child.position,
              child.id
          ),
          '[]'
        )
      from
        (
          select
            id,
            name,
            slug,
            position
          from
            categories
          where
            parent_id = "d0"."id"
          order by
            position,
            id
          limit
            1000
        ) as child
        left join category_counts as stored on stored.category_id = child.id
        cross join lateral (
          select
            coalesce(sum(direct), 0) as direct,
            coalesce(sum(deep), 0) as deep
          from
            category_count_deltas
          where
            category_id = child.id
            and effective_at <= now()
        ) as due
    )
  ) as "children",
  "rankedArticles"."r" as "rankedArticles",
  "articles"."r" as "articles"
from
  (
    select
      "d0".*
    from
      "categories" as "d0"
    where
      "d0"."id" = $1::bigint
  ) as "d0"
  left join lateral (
    select
      coalesce(json_agg(row_to_json("t".*)), '[]') as "r"
    from
      (
        select
          "d1"."id"::text as "id",
          "d1"."title" as "title",
          "d1"."slug" as "slug",
          "d1"."excerpt" as "excerpt",
          "d1"."content_format" as "contentFormat",
          "d1"."published_at"::text as "publishedAt",
          "d1"."created_at"::text as "createdAt",
          "d1"."updated_at"::text as "updatedAt",
          "d1"."version" as "version",
          (
            case
              when "d1"."deleted_at" is not null then 'trashed'
              when "d1"."published_at" is null then 'draft'
              when "d1"."published_at" > now() then 'scheduled'
              else 'published'
            end
          ) as "status",
          (
            array(
              select
                link.category_id
              from
                article_categories as link
              where
                link.article_id = "d1"."id"
              order by
                link.position
            )::text
          ) as "categories",
          (
            array(
              select
                link.author_id
              from
                article_authors as link
              where
                link.article_id = "d1"."id"
              order by
                link.position
            )::text
          ) as "authors",
          (
            (
              select
                epoch
              from
                name_epoch
            )
          ) as "nameEpoch",
          (tr0.rank) as "sortKey"
        from
          "articles" as "d1"
          inner join "article_categories" as "tr0" on (
            ("tr0"."article_id" = "d1"."id")
            and ("tr0"."listed_at" = "d1"."listed_at")
          )
        where
          (
            (
              d0.ordering = 'manual'
              and tr0.rank is not null
              and tr0.listed_at <= now()
            )
            and ("d0"."id" = "tr0"."category_id")
          )
        order by
          tr0.rank
        limit
          $2
      ) as "t"
  ) as "rankedArticles" on true
  left join lateral (
    select
      coalesce(json_agg(row_to_json("t".*)), '[]') as "r"
    from
      (
        select
          "d1"."id"::text as "id",
          "d1"."title" as "title",
          "d1"."slug" as "slug",
          "d1"."excerpt" as "excerpt",
          "d1"."content_format" as "contentFormat",
          "d1"."published_at"::text as "publishedAt",
          "d1"."created_at"::text as "createdAt",
          "d1"."updated_at"::text as "updatedAt",
          "d1"."version" as "version",
          (
            case
              when "d1"."deleted_at" is not null then 'trashed'
              when "d1"."published_at" is null then 'draft'
              when "d1"."published_at" > now() then 'scheduled'
              else 'published'
            end
          ) as "status",
          (
            array(
              select
                link.category_id
              from
                article_categories as link
              where
                link.article_id = "d1"."id"
              order by
                link.position
            )::text
          ) as "categories",
          (
            array(
              select
                link.author_id
              from
                article_authors as link
              where
                link.article_id = "d1"."id"
              order by
                link.position
            )::text
          ) as "authors",
          (
            (
              select
                epoch
              from
                name_epoch
            )
          ) as "nameEpoch",
          (
            case
              when d0.ordering = 'manual' then '~'
            end
          ) as "sortKey"
        from
          "articles" as "d1"
          inner join "article_categories" as "tr0" on (
            ("tr0"."article_id" = "d1"."id")
            and ("tr0"."listed_at" = "d1"."listed_at")
          )
        where
          (
            (
              tr0.listed_at <= now()
              and case
                when d0.ordering = 'manual' then (
                  select
                    count(*)
                  from
                    (
                      select
                      from
                        article_categories as link
                      where
                        link.category_id = d0.id
                        and link.rank is not null
                        and link.listed_at <= now()
                      limit
                        $3
                    ) as first_ranked
                ) < $4
                and tr0.rank is null
                else true
              end
            )
            and ("d0"."id" = "tr0"."category_id")
          )
        order by
          "d1"."listed_at" desc,
          "d1"."id" desc
        limit
          $5
      ) as "t"
  ) as "articles" on true
limit
  $6;

-- findCategoryWithArticles: by slug
-- prepared as category_by_slug_with_articles
select
  "d0"."id" as "id",
  "d0"."name" as "name",
  "d0"."slug" as "slug",
  "d0"."description" as "description",
  "d0"."parent_id" as "parentId",
  "d0"."position" as "position",
  "d0"."ordering" as "ordering",
  "d0"."version" as "version",
  "d0"."created_at" as "createdAt",
  "d0"."updated_at" as "updatedAt",
  (
    (
      with recursive
        ancestors as (
          select
            id,
            name,
            slug,
            parent_id,
            1 as distance
          from
            categories
          where
            id = "d0"."parent_id"
          union all
          select
            parent.id,
            parent.name,
            parent.slug,
            parent.parent_id,
            ancestors.distance + 1
          from
            categories as parent
            join ancestors on parent.id = ancestors.parent_id
        )
      select
        coalesce(
          json_agg(
            json_build_object('id', id, 'name', name, 'slug', slug)
            order by
              distance desc
          ),
          '[]'
        )
      from
        ancestors
    )
  ) as "path",
  (
    (
      coalesce(
        (
          select
            "direct"
          from
            category_counts as stored
          where
            stored.category_id = "d0"."id"
        ),
        0
      ) + coalesce(
        (
          select
            sum("direct")
          from
            category_count_deltas as delta
          where
            delta.category_id = "d0"."id"
            and delta.effective_at <= now()
        ),
        0
      )
    )::int
  ) as "articleCount",
  (
    (
      coalesce(
        (
          select
            "deep"
          from
            category_counts as stored
          where
            stored.category_id = "d0"."id"
        ),
        0
      ) + coalesce(
        (
          select
            sum("deep")
          from
            category_count_deltas as delta
          where
            delta.category_id = "d0"."id"
            and delta.effective_at <= now()
        ),
        0
      )
    )::int
  ) as "articleCountDeep",
  (
    (
      select
        coalesce(
          json_agg(
            json_build_object(
              'id',
              child.id,
              'name',
              child.name,
              'slug',
              child.slug,
              'articleCount',
              coalesce(stored.direct, 0) + due.direct,
              'articleCountDeep',
              coalesce(stored.deep, 0) + due.deep
            )
            order by
              child.position,
              child.id
          ),
          '[]'
        )
      from
        (
          select
            id,
            name,
            slug,
            position
          from
            categories
          where
            parent_id = "d0"."id"
          order by
            position,
            id
          limit
            1000
        ) as child
        left join category_counts as stored on stored.category_id = child.id
        cross join lateral (
          select
            coalesce(sum(direct), 0) as direct,
            coalesce(sum(deep), 0) as deep
          from
            category_count_deltas
          where
            category_id = child.id
            and effective_at <= now()
        ) as due
    )
  ) as "children",
  "rankedArticles"."r" as "rankedArticles",
  "articles"."r" as "articles"
from
  (
    select
      "d0".*
    from
      "categories" as "d0"
    where
      "d0"."slug" = $1
  ) as "d0"
  left join lateral (
    select
      coalesce(json_agg(row_to_json("t".*)), '[]') as "r"
    from
      (
        select
          "d1"."id"::text as "id",
          "d1"."title" as "title",
          "d1"."slug" as "slug",
          "d1"."excerpt" as "excerpt",
          "d1"."content_format" as "contentFormat",
          "d1"."published_at"::text as "publishedAt",
          "d1"."created_at"::text as "createdAt",
          "d1"."updated_at"::text as "updatedAt",
          "d1"."version" as "version",
          (
            case
              when "d1"."deleted_at" is not null then 'trashed'
              when "d1"."published_at" is null then 'draft'
              when "d1"."published_at" > now() then 'scheduled'
              else 'published'
            end
          ) as "status",
          (
            array(
              select
                link.category_id
              from
                article_categories as link
              where
                link.article_id = "d1"."id"
              order by
                link.position
            )::text
          ) as "categories",
          (
            array(
              select
                link.author_id
              from
                article_authors as link
              where
                link.article_id = "d1"."id"
              order by
                link.position
            )::text
          ) as "authors",
          (
            (
              select
                epoch
              from
                name_epoch
            )
          ) as "nameEpoch",
          (tr0.rank) as "sortKey"
        from
          "articles" as "d1"
          inner join "article_categories" as "tr0" on (
            ("tr0"."article_id" = "d1"."id")
            and ("tr0"."listed_at" = "d1"."listed_at")
          )
        where
          (
            (
              d0.ordering = 'manual'
              and tr0.rank is not null
              and tr0.listed_at <= now()
            )
            and ("d0"."id" = "tr0"."category_id")
          )
        order by
          tr0.rank
        limit
          $2
      ) as "t"
  ) as "rankedArticles" on true
  left join lateral (
    select
      coalesce(json_agg(row_to_json("t".*)), '[]') as "r"
    from
      (
        select
          "d1"."id"::text as "id",
          "d1"."title" as "title",
          "d1"."slug" as "slug",
          "d1"."excerpt" as "excerpt",
          "d1"."content_format" as "contentFormat",
          "d1"."published_at"::text as "publishedAt",
          "d1"."created_at"::text as "createdAt",
          "d1"."updated_at"::text as "updatedAt",
          "d1"."version" as "version",
          (
            case
              when "d1"."deleted_at" is not null then 'trashed'
              when "d1"."published_at" is null then 'draft'
              when "d1"."published_at" > now() then 'scheduled'
              else 'published'
            end
          ) as "status",
          (
            array(
              select
                link.category_id
              from
                article_categories as link
              where
                link.article_id = "d1"."id"
              order by
                link.position
            )::text
          ) as "categories",
          (
            array(
              select
                link.author_id
              from
                article_authors as link
              where
                link.article_id = "d1"."id"
              order by
                link.position
            )::text
          ) as "authors",
          (
            (
              select
                epoch
              from
                name_epoch
            )
          ) as "nameEpoch",
          (
            case
              when d0.ordering = 'manual' then '~'
            end
          ) as "sortKey"
        from
          "articles" as "d1"
          inner join "article_categories" as "tr0" on (
            ("tr0"."article_id" = "d1"."id")
            and ("tr0"."listed_at" = "d1"."listed_at")
          )
        where
          (
            (
              tr0.listed_at <= now()
              and case
                when d0.ordering = 'manual' then (
                  select
                    count(*)
                  from
                    (
                      select
                      from
                        article_categories as link
                      where
                        link.category_id = d0.id
                        and link.rank is not null
                        and link.listed_at <= now()
                      limit
                        $3
                    ) as first_ranked
                ) < $4
                and tr0.rank is null
                else true
              end
            )
            and ("d0"."id" = "tr0"."category_id")
          )
        order by
          "d1"."listed_at" desc,
          "d1"."id" desc
        limit
          $5
      ) as "t"
  ) as "articles" on true
limit
  $6;

-- findCategoryWithArticles: for a caller that sees working drafts
-- prepared as category_by_id_with_articles_and_drafts
select
  "d0"."id" as "id",
  "d0"."name" as "name",
  "d0"."slug" as "slug",
  "d0"."description" as "description",
  "d0"."parent_id" as "parentId",
  "d0"."position" as "position",
  "d0"."ordering" as "ordering",
  "d0"."version" as "version",
  "d0"."created_at" as "createdAt",
  "d0"."updated_at" as "updatedAt",
  (
    (
      with recursive
        ancestors as (
          select
            id,
            name,
            slug,
            parent_id,
            1 as distance
          from
            categories
          where
            id = "d0"."parent_id"
          union all
          select
            parent.id,
            parent.name,
            parent.slug,
            parent.parent_id,
            ancestors.distance + 1
          from
            categories as parent
            join ancestors on parent.id = ancestors.parent_id
        )
      select
        coalesce(
          json_agg(
            json_build_object('id', id, 'name', name, 'slug', slug)
            order by
              distance desc
          ),
          '[]'
        )
      from
        ancestors
    )
  ) as "path",
  (
    (
      coalesce(
        (
          select
            "direct"
          from
            category_counts as stored
          where
            stored.category_id = "d0"."id"
        ),
        0
      ) + coalesce(
        (
          select
            sum("direct")
          from
            category_count_deltas as delta
          where
            delta.category_id = "d0"."id"
            and delta.effective_at <= now()
        ),
        0
      )
    )::int
  ) as "articleCount",
  (
    (
      coalesce(
        (
          select
            "deep"
          from
            category_counts as stored
          where
            stored.category_id = "d0"."id"
        ),
        0
      ) + coalesce(
        (
          select
            sum("deep")
          from
            category_count_deltas as delta
          where
            delta.category_id = "d0"."id"
            and delta.effective_at <= now()
        ),
        0
      )
    )::int
  ) as "articleCountDeep",
  (
    (
      select
        coalesce(
          json_agg(
            json_build_object(
              'id',
              child.id,
              'name',
              child.name,
              'slug',
              child.slug,
              'articleCount',
              coalesce(stored.direct, 0) + due.direct,
              'articleCountDeep',
              coalesce(stored.deep, 0) + due.deep
            )
            order by
              child.position,
              child.id
          ),
          '[]'
        )
      from
        (
          select
            id,
            name,
            slug,
            position
          from
            categories
          where
            parent_id = "d0"."id"
          order by
            position,
            id
          limit
            1000
        ) as child
        left join category_counts as stored on stored.category_id = child.id
        cross join lateral (
          select
            coalesce(sum(direct), 0) as direct,
            coalesce(sum(deep), 0) as deep
          from
            category_count_deltas
          where
            category_id = child.id
            and effective_at <= now()
        ) as due
    )
  ) as "children",
  "rankedArticles"."r" as "rankedArticles",
  "articles"."r" as "articles"
from
  (
    select
      "d0".*
    from
      "categories" as "d0"
    where
      "d0"."id" = $1::bigint
  ) as "d0"
  left join lateral (
    select
      coalesce(json_agg(row_to_json("t".*)), '[]') as "r"
    from
      (
        select
          "d1"."id"::text as "id",
          "d1"."title" as "title",
          "d1"."slug" as "slug",
          "d1"."excerpt" as "excerpt",
          "d1"."content_format" as "contentFormat",
          "d1"."published_at"::text as "publishedAt",
          "d1"."created_at"::text as "createdAt",
          "d1"."updated_at"::text as "updatedAt",
          "d1"."version" as "version",
          (
            case
              when "d1"."deleted_at" is not null then 'trashed'
              when "d1"."published_at" is null then 'draft'
              when "d1"."published_at" > now() then 'scheduled'
              else 'published'
            end
          ) as "status",
          (
            array(
              select
                link.category_id
              from
                article_categories as link
              where
                link.article_id = "d1"."id"
              order by
                link.position
            )::text
          ) as "categories",
          (
            array(
              select
                link.author_id
              from
                article_authors as link
              where
                link.article_id = "d1"."id"
              order by
                link.position
            )::text
          ) as "authors",
          (
            (
              select
                epoch
              from
                name_epoch
            )
          ) as "nameEpoch",
          (
            case
              when $2::boolean
              and (
                $3::boolean
                or "d1"."owner_id" = $4::bigint
              )
              and (
                $5::bigint[] is null
                or exists (
                  select
                  from
                    article_categories as link
                  where
                    link.article_id = "d1"."id"
                    and link.category_id = any ($6::bigint[])
                )
              ) then exists (
                select
                from
                  article_drafts as draft
                where
                  draft.article_id = "d1"."id"
              )
            end
          ) as "hasDraft",
          (tr0.rank) as "sortKey"
        from
          "articles" as "d1"
          inner join "article_categories" as "tr0" on (
            ("tr0"."article_id" = "d1"."id")
            and ("tr0"."listed_at" = "d1"."listed_at")
          )
        where
          (
            (
              d0.ordering = 'manual'
              and tr0.rank is not null
              and tr0.listed_at <= now()
            )
            and ("d0"."id" = "tr0"."category_id")
          )
        order by
          tr0.rank
        limit
          $7
      ) as "t"
  ) as "rankedArticles" on true
  left join lateral (
    select
      coalesce(json_agg(row_to_json("t".*)), '[]') as "r"
    from
      (
        select
          "d1"."id"::text as "id",
          "d1"."title" as "title",
          "d1"."slug" as "slug",
          "d1"."excerpt" as "excerpt",
          "d1"."content_format" as "contentFormat",
          "d1"."published_at"::text as "publishedAt",
          "d1"."created_at"::text as "createdAt",
          "d1"."updated_at"::text as "updatedAt",
          "d1"."version" as "version",
          (
            case
              when "d1"."deleted_at" is not null then 'trashed'
              when "d1"."published_at" is null then 'draft'
              when "d1"."published_at" > now() then 'scheduled'
              else 'published'
            end
          ) as "status",
          (
            array(
              select
                link.category_id
              from
                article_categories as link
              where
                link.article_id = "d1"."id"
              order by
                link.position
            )::text
          ) as "categories",
          (
            array(
              select
                link.author_id
              from
                article_authors as link
              where
                link.article_id = "d1"."id"
              order by
                link.position
            )::text
          ) as "authors",
          (
            (
              select
                epoch
              from
                name_epoch
            )
          ) as "nameEpoch",
          (
            case
              when $8::boolean
              and (
                $9::boolean
                or "d1"."owner_id" = $10::bigint
              )
              and (
                $11::bigint[] is null
                or exists (
                  select
                  from
                    article_categories as link
                  where
                    link.article_id = "d1"."id"
                    and link.category_id = any ($12::bigint[])
                )
              ) then exists (
                select
                from
                  article_drafts as draft
                where
                  draft.article_id = "d1"."id"
              )
            end
          ) as "hasDraft",
          (
            case
              when d0.ordering = 'manual' then '~'
            end
          ) as "sortKey"
        from
          "articles" as "d1"
          inner join "article_categories" as "tr0" on (
            ("tr0"."article_id" = "d1"."id")
            and ("tr0"."listed_at" = "d1"."listed_at")
          )
        where
          (
            (
              tr0.listed_at <= now()
              and case
                when d0.ordering = 'manual' then (
                  select
                    count(*)
                  from
                    (
                      select
                      from
                        article_categories as link
                      where
                        link.category_id = d0.id
                        and link.rank is not null
                        and link.listed_at <= now()
                      limit
                        $13
                    ) as first_ranked
                ) < $14
                and tr0.rank is null
                else true
              end
            )
            and ("d0"."id" = "tr0"."category_id")
          )
        order by
          "d1"."listed_at" desc,
          "d1"."id" desc
        limit
          $15
      ) as "t"
  ) as "articles" on true
limit
  $16;
