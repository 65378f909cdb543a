-- Written by `npm run generate` from list.queries.ts.

-- listArticles: (first page)
-- prepared as list_articles_0
select
  "d0"."id" as "id",
  "d0"."title" as "title",
  "d0"."slug" as "slug",
  "d0"."excerpt" as "excerpt",
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
      "d0"."id" = any (
        array(
          with
            page as (
              select
                articles.id as id,
                articles.listed_at as listed_at
              from
                articles
              where
                true
                and true
                and true
                and (articles.listed_at, articles.id) < (least(date_trunc('milliseconds', now()) + interval '1 millisecond'), 0)
                and true
              order by
                articles.listed_at desc,
                articles.id desc
              limit
                21
            )
          select
            id
          from
            page
          limit
            $1
        )
      )
    order by
      "d0"."listed_at" desc,
      "d0"."id" desc
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
  "d0"."listed_at" desc,
  "d0"."id" desc;

-- listArticles: after=…
-- prepared as list_articles_1
select
  "d0"."id" as "id",
  "d0"."title" as "title",
  "d0"."slug" as "slug",
  "d0"."excerpt" as "excerpt",
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
      "d0"."id" = any (
        array(
          with
            page as (
              select
                articles.id as id,
                articles.listed_at as listed_at
              from
                articles
              where
                true
                and true
                and true
                and (articles.listed_at, articles.id) < (
                  least($1::timestamptz, least(date_trunc('milliseconds', now()) + interval '1 millisecond')),
                  case
                    when $2::timestamptz < least(date_trunc('milliseconds', now()) + interval '1 millisecond') then $3::bigint
                    else 0
                  end
                )
                and true
              order by
                articles.listed_at desc,
                articles.id desc
              limit
                21
            )
          select
            id
          from
            page
          limit
            $4
        )
      )
    order by
      "d0"."listed_at" desc,
      "d0"."id" desc
    limit
      $5
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
  "d0"."listed_at" desc,
  "d0"."id" desc;

-- listArticles: categories[all]=1&after=…
-- prepared as list_articles_2
select
  "d0"."id" as "id",
  "d0"."title" as "title",
  "d0"."slug" as "slug",
  "d0"."excerpt" as "excerpt",
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
      "d0"."id" = any (
        array(
          with
            page as (
              select
                link.article_id as id,
                link.listed_at as listed_at
              from
                (
                  select
                    article_id,
                    category_id as linked,
                    listed_at
                  from
                    article_categories
                ) as link
              where
                link.linked = ($1::bigint[]) [1]
                and true
                and true
                and (link.listed_at, link.article_id) < (
                  least($2::timestamptz, least(date_trunc('milliseconds', now()) + interval '1 millisecond')),
                  case
                    when $3::timestamptz < least(date_trunc('milliseconds', now()) + interval '1 millisecond') then $4::bigint
                    else 0
                  end
                )
                and true
              order by
                link.listed_at desc,
                link.article_id desc
              limit
                21
            )
          select
            id
          from
            page
          limit
            $5
        )
      )
    order by
      "d0"."listed_at" desc,
      "d0"."id" desc
    limit
      $6
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
  "d0"."listed_at" desc,
  "d0"."id" desc;

-- listArticles: categories[all]=1,2&descendants=true
-- prepared as list_articles_3
select
  "d0"."id" as "id",
  "d0"."title" as "title",
  "d0"."slug" as "slug",
  "d0"."excerpt" as "excerpt",
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
      "d0"."id" = any (
        array(
          with
            required as materialized (
              with recursive
                member as (
                  select
                    id as root,
                    id
                  from
                    (
                      select
                        id
                      from
                        unnest($1::bigint[]) as id
                    ) as named
                  union
                  select
                    member.root,
                    c.id
                  from
                    member
                    join categories as c on c.parent_id = member.id
                )
              select
                root,
                id
              from
                member
            ),
            needed as materialized (
              select distinct
                root
              from
                required
              where
                (
                  select
                    count(*)
                  from
                    categories
                  where
                    id = any ($2::bigint[])
                ) + (
                  select
                    count(*)
                  from
                    categories
                  where
                    slug = any ($3::text[])
                ) = $4::int
            ),
            several as materialized (
              select
                id
              from
                required
              where
                root = (
                  select
                    root
                  from
                    needed
                  order by
                    (
                      select
                        coalesce(max(direct), 0)
                      from
                        category_counts
                      where
                        category_id = root
                    )
                  limit
                    1
                )
            ),
            look as materialized (
              select
                id,
                listed_at
              from
                (
                  select
                    id,
                    listed_at
                  from
                    articles
                  where
                    true
                    and true
                    and (articles.listed_at, articles.id) < (least(date_trunc('milliseconds', now()) + interval '1 millisecond'), 0)
                  order by
                    listed_at desc,
                    id desc
                  limit
                    (
                      select
                        case
                          when count(*) < 32 then 0
                          else count(*) * 21 / 4
                        end
                      from
                        several
                    )
                ) as articles
              where
                exists (
                  select
                  from
                    (
                      select
                        article_id,
                        category_id as linked,
                        listed_at
                      from
                        article_categories
                    ) as probe
                  where
                    probe.article_id = articles.id
                    and (
                      probe.linked in (
                        select
                          id
                        from
                          several
                      )
                    ) is true
                  offset
                    0
                )
                and true
                and exists (
                  select
                  from
                    needed
                )
                and not exists (
                  select
                  from
                    needed
                  where
                    not exists (
                      select
                      from
                        article_categories as probe
                      where
                        probe.article_id = articles.id
                        and (
                          (needed.root, probe.category_id) in (
                            select
                              root,
                              id
                            from
                              required
                          )
                        ) is true
                      offset
                        0
                    )
                  offset
                    0
                )
              order by
                listed_at desc,
                id desc
              limit
                21
            ),
            merged as materialized (
              select distinct
                top.id,
                top.listed_at
              from
                several
                cross join lateral (
                  select
                    link.article_id as id,
                    link.listed_at as listed_at
                  from
                    (
                      select
                        article_id,
                        category_id as linked,
                        listed_at
                      from
                        article_categories
                    ) as link
                  where
                    link.linked = several.id
                    and true
                    and true
                    and (link.listed_at, link.article_id) < (least(date_trunc('milliseconds', now()) + interval '1 millisecond'), 0)
                    and true
                    and exists (
                      select
                      from
                        needed
                    )
                    and not exists (
                      select
                      from
                        needed
                      where
                        not exists (
                          select
                          from
                            article_categories as probe
                          where
                            probe.article_id = link.article_id
                            and (
                              (needed.root, probe.category_id) in (
                                select
                                  root,
                                  id
                                from
                                  required
                              )
                            ) is true
                          offset
                            0
                        )
                      offset
                        0
                    )
                  order by
                    link.listed_at desc,
                    link.article_id desc
                  limit
                    21
                ) as top
              where
                (
                  select
                    count(*)
                  from
                    look
                ) < 21
            ),
            page as (
              select
                id,
                listed_at
              from
                (
                  select
                    *
                  from
                    look
                  where
                    (
                      select
                        count(*)
                      from
                        look
                    ) >= 21
                  union all
                  select
                    *
                  from
                    merged
                ) as found
              order by
                listed_at desc,
                id desc
              limit
                21
            )
          select
            id
          from
            page
          limit
            $5
        )
      )
    order by
      "d0"."listed_at" desc,
      "d0"."id" desc
    limit
      $6
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
  "d0"."listed_at" desc,
  "d0"."id" desc;

-- listArticles: categories[any]=1,2&categories[none]=3
-- prepared as list_articles_4
select
  "d0"."id" as "id",
  "d0"."title" as "title",
  "d0"."slug" as "slug",
  "d0"."excerpt" as "excerpt",
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
      "d0"."id" = any (
        array(
          with
            wanted as materialized (
              select
                id
              from
                unnest($1::bigint[]) as id
            ),
            refused as materialized (
              select
                id
              from
                unnest($2::bigint[]) as id
            ),
            several as materialized (
              select
                id
              from
                wanted
            ),
            page as (
              select distinct
                top.id,
                top.listed_at
              from
                several
                cross join lateral (
                  select
                    link.article_id as id,
                    link.listed_at as listed_at
                  from
                    (
                      select
                        article_id,
                        category_id as linked,
                        listed_at
                      from
                        article_categories
                    ) as link
                  where
                    link.linked = several.id
                    and true
                    and true
                    and (link.listed_at, link.article_id) < (least(date_trunc('milliseconds', now()) + interval '1 millisecond'), 0)
                    and true
                    and not exists (
                      select
                      from
                        article_categories as probe
                      where
                        probe.article_id = link.article_id
                        and (
                          probe.category_id in (
                            select
                              id
                            from
                              refused
                          )
                        ) is true
                      offset
                        0
                    )
                  order by
                    link.listed_at desc,
                    link.article_id desc
                  limit
                    21
                ) as top
              order by
                listed_at desc,
                id desc
              limit
                21
            )
          select
            id
          from
            page
          limit
            $3
        )
      )
    order by
      "d0"."listed_at" desc,
      "d0"."id" desc
    limit
      $4
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
  "d0"."listed_at" desc,
  "d0"."id" desc;

-- listArticles: status=draft,trashed
-- planned each time, for its values
select
  "d0"."id" as "id",
  "d0"."title" as "title",
  "d0"."slug" as "slug",
  "d0"."excerpt" as "excerpt",
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
      "d0"."id" = any (
        array(
          with
            page as (
              select
                articles.id
              from
                articles
              where
                true
                and (
                  (
                    articles.listed_at = 'infinity'
                    and exists (
                      select
                      from
                        articles as one
                      where
                        one.id = articles.id
                        and one.deleted_at is null
                    )
                  )
                  or (
                    articles.listed_at = 'infinity'
                    and exists (
                      select
                      from
                        articles as one
                      where
                        one.id = articles.id
                        and one.deleted_at is not null
                    )
                  )
                )
                and true
              order by
                coalesce("articles"."published_at", 'infinity') desc,
                articles.id desc
              limit
                21
            )
          select
            id
          from
            page
          limit
            $1
        )
      )
    order by
      coalesce("d0"."published_at", 'infinity') desc,
      "d0"."id" desc
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
  coalesce("d0"."published_at", 'infinity') desc,
  "d0"."id" desc;

-- listArticles: sort=title&published[gte]=…
-- planned each time, for its values
select
  "d0"."id" as "id",
  "d0"."title" as "title",
  "d0"."slug" as "slug",
  "d0"."excerpt" as "excerpt",
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
      "d0"."id" = any (
        array(
          with
            page as (
              select
                articles.id
              from
                articles
              where
                true
                and ((articles.listed_at <= now()))
                and articles.listed_at >= $1::timestamptz
                and articles.listed_at < 'infinity'
                and true
              order by
                "articles"."title" collate "und-x-icu" asc,
                articles.id asc
              limit
                21
            )
          select
            id
          from
            page
          limit
            $2
        )
      )
    order by
      "d0"."title" collate "und-x-icu" asc,
      "d0"."id" asc
    limit
      $3
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
  "d0"."title" collate "und-x-icu" asc,
  "d0"."id" asc;

-- listArticles: q=bread&categories[all]=1
-- prepared as list_articles_7
select
  "d0"."id" as "id",
  "d0"."title" as "title",
  "d0"."slug" as "slug",
  "d0"."excerpt" as "excerpt",
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
      "d0"."id" = any (
        array(
          with
            glance as materialized (
              select
                (
                  select
                    count(*)
                  from
                    (
                      select
                        link.article_id as id,
                        link.listed_at as listed_at
                      from
                        (
                          select
                            article_id,
                            category_id as linked,
                            listed_at
                          from
                            article_categories
                        ) as link
                      where
                        link.linked = ($1::bigint[]) [1]
                        and true
                        and (link.listed_at, link.article_id) < (least(date_trunc('milliseconds', now()) + interval '1 millisecond'), 0)
                      order by
                        link.listed_at desc,
                        link.article_id desc
                      limit
                        500
                    ) as articles
                ) < 500 as complete,
                (
                  select
                    count(*)
                  from
                    (
                      select
                      from
                        (
                          select
                            link.article_id as id,
                            link.listed_at as listed_at
                          from
                            (
                              select
                                article_id,
                                category_id as linked,
                                listed_at
                              from
                                article_categories
                            ) as link
                          where
                            link.linked = ($2::bigint[]) [1]
                            and true
                            and (link.listed_at, link.article_id) < (least(date_trunc('milliseconds', now()) + interval '1 millisecond'), 0)
                          order by
                            link.listed_at desc,
                            link.article_id desc
                          limit
                            500
                        ) as articles
                      where
                        true
                        and exists (
                          select
                          from
                            article_search as text
                          where
                            text.article_id = articles.id
                            and text.document @@ (
                              select
                                websearch_to_tsquery('rubric', normalize_search_text ($3)) || (
                                  plainto_tsquery('rubric', normalize_search_text ($4)) && websearch_to_tsquery('rubric', normalize_search_text ($5)) && case
                                    when numnode(plainto_tsquery('rubric', normalize_search_text ($6))) > 0 then (plainto_tsquery('rubric', normalize_search_text ($7))::text || ':*')::tsquery
                                    else ''::tsquery
                                  end
                                )
                            )
                          offset
                            0
                        )
                      limit
                        3
                    ) as hits
                ) = 3 as promising
            ),
            ahead as materialized (
              select
                articles.id,
                "articles"."listed_at" as key
              from
                (
                  select
                    link.article_id as id,
                    link.listed_at as listed_at
                  from
                    (
                      select
                        article_id,
                        category_id as linked,
                        listed_at
                      from
                        article_categories
                    ) as link
                  where
                    link.linked = ($8::bigint[]) [1]
                    and true
                    and (link.listed_at, link.article_id) < (least(date_trunc('milliseconds', now()) + interval '1 millisecond'), 0)
                  order by
                    link.listed_at desc,
                    link.article_id desc
                  limit
                    (
                      select
                        case
                          when complete
                          or promising then 4000
                          else 0
                        end
                      from
                        glance
                    )
                ) as articles
              where
                true
                and exists (
                  select
                  from
                    article_search as text
                  where
                    text.article_id = articles.id
                    and text.document @@ (
                      select
                        websearch_to_tsquery('rubric', normalize_search_text ($9)) || (
                          plainto_tsquery('rubric', normalize_search_text ($10)) && websearch_to_tsquery('rubric', normalize_search_text ($11)) && case
                            when numnode(plainto_tsquery('rubric', normalize_search_text ($12))) > 0 then (plainto_tsquery('rubric', normalize_search_text ($13))::text || ':*')::tsquery
                            else ''::tsquery
                          end
                        )
                    )
                  offset
                    0
                )
              order by
                "articles"."listed_at" desc,
                articles.id desc
              limit
                21
            ),
            verdict as materialized (
              select
                complete
                or promising
                and (
                  (
                    select
                      count(*)
                    from
                      ahead
                  ) >= 21
                  or (
                    select
                      count(*)
                    from
                      (
                        select
                          link.article_id as id,
                          link.listed_at as listed_at
                        from
                          (
                            select
                              article_id,
                              category_id as linked,
                              listed_at
                            from
                              article_categories
                          ) as link
                        where
                          link.linked = ($14::bigint[]) [1]
                          and true
                          and (link.listed_at, link.article_id) < (least(date_trunc('milliseconds', now()) + interval '1 millisecond'), 0)
                        order by
                          link.listed_at desc,
                          link.article_id desc
                        limit
                          4000
                      ) as articles
                  ) < 4000
                ) as done
              from
                glance
            ),
            found as materialized (
              select
                article_id
              from
                article_search
              where
                document @@ (
                  select
                    websearch_to_tsquery('rubric', normalize_search_text ($15)) || (
                      plainto_tsquery('rubric', normalize_search_text ($16)) && websearch_to_tsquery('rubric', normalize_search_text ($17)) && case
                        when numnode(plainto_tsquery('rubric', normalize_search_text ($18))) > 0 then (plainto_tsquery('rubric', normalize_search_text ($19))::text || ':*')::tsquery
                        else ''::tsquery
                      end
                    )
                )
                and not (
                  select
                    done
                  from
                    verdict
                )
              limit
                10000 + 1
            ),
            frequency as materialized (
              select
                count(*) > 10000 as common
              from
                found
            ),
            walked as (
              select
                link.article_id as id,
                link.listed_at as listed_at
              from
                (
                  select
                    article_id,
                    category_id as linked,
                    listed_at
                  from
                    article_categories
                ) as link
              where
                link.linked = ($20::bigint[]) [1]
                and (
                  select
                    common
                  from
                    frequency
                )
                and true
                and (link.listed_at, link.article_id) < (least(date_trunc('milliseconds', now()) + interval '1 millisecond'), 0)
                and true
                and exists (
                  select
                  from
                    article_search as text
                  where
                    text.article_id = link.article_id
                    and text.document @@ (
                      select
                        websearch_to_tsquery('rubric', normalize_search_text ($21)) || (
                          plainto_tsquery('rubric', normalize_search_text ($22)) && websearch_to_tsquery('rubric', normalize_search_text ($23)) && case
                            when numnode(plainto_tsquery('rubric', normalize_search_text ($24))) > 0 then (plainto_tsquery('rubric', normalize_search_text ($25))::text || ':*')::tsquery
                            else ''::tsquery
                          end
                        )
                    )
                  offset
                    0
                )
              order by
                link.listed_at desc,
                link.article_id desc
              limit
                21
            ),
            few as (
              select
                articles.id
              from
                found
                join articles on articles.id = found.article_id
              where
                not (
                  select
                    common
                  from
                    frequency
                )
                and true
                and (articles.listed_at, articles.id) < (least(date_trunc('milliseconds', now()) + interval '1 millisecond'), 0)
                and true
                and exists (
                  select
                  from
                    article_categories as probe
                  where
                    probe.article_id = articles.id
                    and probe.category_id = ($26::bigint[]) [1]
                    and probe.listed_at = articles.listed_at
                  offset
                    0
                )
              order by
                "articles"."listed_at" desc,
                articles.id desc
              limit
                21
            ),
            page as (
              (
                select
                  id
                from
                  ahead
                where
                  (
                    select
                      done
                    from
                      verdict
                  )
                order by
                  key desc,
                  id desc
              )
              union all
              select
                id
              from
                few
              union all
              select
                id
              from
                walked
            )
          select
            id
          from
            page
          limit
            $27
        )
      )
    order by
      "d0"."listed_at" desc,
      "d0"."id" desc
    limit
      $28
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
  "d0"."listed_at" desc,
  "d0"."id" desc;

-- listArticles: q=bread&sort=relevance, all of it ranked
-- prepared as list_articles_8
select
  "d0"."id" as "id",
  "d0"."title" as "title",
  "d0"."slug" as "slug",
  "d0"."excerpt" as "excerpt",
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
    (
      select
        ts_rank(
          text.document,
          (
            select
              websearch_to_tsquery('rubric', normalize_search_text ($1)) || (
                plainto_tsquery('rubric', normalize_search_text ($2)) && websearch_to_tsquery('rubric', normalize_search_text ($3)) && case
                  when numnode(plainto_tsquery('rubric', normalize_search_text ($4))) > 0 then (plainto_tsquery('rubric', normalize_search_text ($5))::text || ':*')::tsquery
                  else ''::tsquery
                end
              )
          )
        )
      from
        article_search as text
      where
        text.article_id = "d0"."id"
    )::text
  ) as "rank",
  "categories"."r" as "categories",
  "authors"."r" as "authors"
from
  (
    select
      "d0".*
    from
      "articles" as "d0"
    where
      "d0"."id" = any (
        array(
          with
            found as materialized (
              select
                article_id
              from
                article_search
              where
                document @@ (
                  select
                    websearch_to_tsquery('rubric', normalize_search_text ($6)) || (
                      plainto_tsquery('rubric', normalize_search_text ($7)) && websearch_to_tsquery('rubric', normalize_search_text ($8)) && case
                        when numnode(plainto_tsquery('rubric', normalize_search_text ($9))) > 0 then (plainto_tsquery('rubric', normalize_search_text ($10))::text || ':*')::tsquery
                        else ''::tsquery
                      end
                    )
                )
              limit
                20000
            ),
            ranked as materialized (
              select
                articles.id,
                (
                  select
                    ts_rank(
                      text.document,
                      (
                        select
                          websearch_to_tsquery('rubric', normalize_search_text ($11)) || (
                            plainto_tsquery('rubric', normalize_search_text ($12)) && websearch_to_tsquery('rubric', normalize_search_text ($13)) && case
                              when numnode(plainto_tsquery('rubric', normalize_search_text ($14))) > 0 then (plainto_tsquery('rubric', normalize_search_text ($15))::text || ':*')::tsquery
                              else ''::tsquery
                            end
                          )
                      )
                    )
                  from
                    article_search as text
                  where
                    text.article_id = "articles"."id"
                ) as rank
              from
                found
                join articles on articles.id = found.article_id
              where
                ((articles.listed_at <= now()))
            ),
            page as (
              select
                id
              from
                ranked
              where
                true
              order by
                rank desc,
                id desc
              limit
                21
            )
          select
            id
          from
            page
          limit
            $16
        )
      )
    order by
      (
        select
          ts_rank(
            text.document,
            (
              select
                websearch_to_tsquery('rubric', normalize_search_text ($17)) || (
                  plainto_tsquery('rubric', normalize_search_text ($18)) && websearch_to_tsquery('rubric', normalize_search_text ($19)) && case
                    when numnode(plainto_tsquery('rubric', normalize_search_text ($20))) > 0 then (plainto_tsquery('rubric', normalize_search_text ($21))::text || ':*')::tsquery
                    else ''::tsquery
                  end
                )
            )
          )
        from
          article_search as text
        where
          text.article_id = "d0"."id"
      ) desc,
      "d0"."id" desc
    limit
      $22
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
  (
    select
      ts_rank(
        text.document,
        (
          select
            websearch_to_tsquery('rubric', normalize_search_text ($23)) || (
              plainto_tsquery('rubric', normalize_search_text ($24)) && websearch_to_tsquery('rubric', normalize_search_text ($25)) && case
                when numnode(plainto_tsquery('rubric', normalize_search_text ($26))) > 0 then (plainto_tsquery('rubric', normalize_search_text ($27))::text || ':*')::tsquery
                else ''::tsquery
              end
            )
        )
      )
    from
      article_search as text
    where
      text.article_id = "d0"."id"
  ) desc,
  "d0"."id" desc;

-- listArticles: q=bread&sort=relevance, above the border
-- prepared as list_articles_9
select
  "d0"."id" as "id",
  "d0"."title" as "title",
  "d0"."slug" as "slug",
  "d0"."excerpt" as "excerpt",
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
    (
      select
        ts_rank(
          text.document,
          (
            select
              websearch_to_tsquery('rubric', normalize_search_text ($1)) || (
                plainto_tsquery('rubric', normalize_search_text ($2)) && websearch_to_tsquery('rubric', normalize_search_text ($3)) && case
                  when numnode(plainto_tsquery('rubric', normalize_search_text ($4))) > 0 then (plainto_tsquery('rubric', normalize_search_text ($5))::text || ':*')::tsquery
                  else ''::tsquery
                end
              )
          )
        )
      from
        article_search as text
      where
        text.article_id = "d0"."id"
    )::text
  ) as "rank",
  "categories"."r" as "categories",
  "authors"."r" as "authors"
from
  (
    select
      "d0".*
    from
      "articles" as "d0"
    where
      "d0"."id" = any (
        array(
          with
            ranked as materialized (
              select
                articles.id,
                (
                  select
                    ts_rank(
                      text.document,
                      (
                        select
                          websearch_to_tsquery('rubric', normalize_search_text ($6)) || (
                            plainto_tsquery('rubric', normalize_search_text ($7)) && websearch_to_tsquery('rubric', normalize_search_text ($8)) && case
                              when numnode(plainto_tsquery('rubric', normalize_search_text ($9))) > 0 then (plainto_tsquery('rubric', normalize_search_text ($10))::text || ':*')::tsquery
                              else ''::tsquery
                            end
                          )
                      )
                    )
                  from
                    article_search as text
                  where
                    text.article_id = "articles"."id"
                ) as rank
              from
                (
                  select
                    articles.id as id,
                    articles.listed_at as listed_at
                  from
                    articles
                  where
                    true
                    and true
                    and (articles.listed_at, articles.id) < (least(date_trunc('milliseconds', now()) + interval '1 millisecond'), 0)
                    and articles.listed_at >= greatest($11::timestamptz)
                  order by
                    articles.listed_at desc,
                    articles.id desc
                  limit
                    20000
                ) as articles
              where
                true
                and exists (
                  select
                  from
                    article_search as text
                  where
                    text.article_id = articles.id
                    and text.document @@ (
                      select
                        websearch_to_tsquery('rubric', normalize_search_text ($12)) || (
                          plainto_tsquery('rubric', normalize_search_text ($13)) && websearch_to_tsquery('rubric', normalize_search_text ($14)) && case
                            when numnode(plainto_tsquery('rubric', normalize_search_text ($15))) > 0 then (plainto_tsquery('rubric', normalize_search_text ($16))::text || ':*')::tsquery
                            else ''::tsquery
                          end
                        )
                    )
                  offset
                    0
                )
            ),
            page as (
              select
                id
              from
                ranked
              where
                true
              order by
                rank desc,
                id desc
              limit
                21
            )
          select
            id
          from
            page
          limit
            $17
        )
      )
    order by
      (
        select
          ts_rank(
            text.document,
            (
              select
                websearch_to_tsquery('rubric', normalize_search_text ($18)) || (
                  plainto_tsquery('rubric', normalize_search_text ($19)) && websearch_to_tsquery('rubric', normalize_search_text ($20)) && case
                    when numnode(plainto_tsquery('rubric', normalize_search_text ($21))) > 0 then (plainto_tsquery('rubric', normalize_search_text ($22))::text || ':*')::tsquery
                    else ''::tsquery
                  end
                )
            )
          )
        from
          article_search as text
        where
          text.article_id = "d0"."id"
      ) desc,
      "d0"."id" desc
    limit
      $23
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
  (
    select
      ts_rank(
        text.document,
        (
          select
            websearch_to_tsquery('rubric', normalize_search_text ($24)) || (
              plainto_tsquery('rubric', normalize_search_text ($25)) && websearch_to_tsquery('rubric', normalize_search_text ($26)) && case
                when numnode(plainto_tsquery('rubric', normalize_search_text ($27))) > 0 then (plainto_tsquery('rubric', normalize_search_text ($28))::text || ':*')::tsquery
                else ''::tsquery
              end
            )
        )
      )
    from
      article_search as text
    where
      text.article_id = "d0"."id"
  ) desc,
  "d0"."id" desc;

-- listArticles: q=bread&sort=relevance, below it
-- prepared as list_articles_10
select
  "d0"."id" as "id",
  "d0"."title" as "title",
  "d0"."slug" as "slug",
  "d0"."excerpt" as "excerpt",
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
      "d0"."id" = any (
        array(
          with
            glance as materialized (
              select
                (
                  select
                    count(*)
                  from
                    (
                      select
                        articles.id as id,
                        articles.listed_at as listed_at
                      from
                        articles
                      where
                        true
                        and true
                        and (articles.listed_at, articles.id) < (least(date_trunc('milliseconds', now()) + interval '1 millisecond', $1::timestamptz), 0)
                      order by
                        articles.listed_at desc,
                        articles.id desc
                      limit
                        500
                    ) as articles
                ) < 500 as complete,
                (
                  select
                    count(*)
                  from
                    (
                      select
                      from
                        (
                          select
                            articles.id as id,
                            articles.listed_at as listed_at
                          from
                            articles
                          where
                            true
                            and true
                            and (articles.listed_at, articles.id) < (least(date_trunc('milliseconds', now()) + interval '1 millisecond', $2::timestamptz), 0)
                          order by
                            articles.listed_at desc,
                            articles.id desc
                          limit
                            500
                        ) as articles
                      where
                        true
                        and exists (
                          select
                          from
                            article_search as text
                          where
                            text.article_id = articles.id
                            and text.document @@ (
                              select
                                websearch_to_tsquery('rubric', normalize_search_text ($3)) || (
                                  plainto_tsquery('rubric', normalize_search_text ($4)) && websearch_to_tsquery('rubric', normalize_search_text ($5)) && case
                                    when numnode(plainto_tsquery('rubric', normalize_search_text ($6))) > 0 then (plainto_tsquery('rubric', normalize_search_text ($7))::text || ':*')::tsquery
                                    else ''::tsquery
                                  end
                                )
                            )
                          offset
                            0
                        )
                      limit
                        3
                    ) as hits
                ) = 3 as promising
            ),
            ahead as materialized (
              select
                articles.id,
                "articles"."listed_at" as key
              from
                (
                  select
                    articles.id as id,
                    articles.listed_at as listed_at
                  from
                    articles
                  where
                    true
                    and true
                    and (articles.listed_at, articles.id) < (least(date_trunc('milliseconds', now()) + interval '1 millisecond', $8::timestamptz), 0)
                  order by
                    articles.listed_at desc,
                    articles.id desc
                  limit
                    (
                      select
                        case
                          when complete
                          or promising then 4000
                          else 0
                        end
                      from
                        glance
                    )
                ) as articles
              where
                true
                and exists (
                  select
                  from
                    article_search as text
                  where
                    text.article_id = articles.id
                    and text.document @@ (
                      select
                        websearch_to_tsquery('rubric', normalize_search_text ($9)) || (
                          plainto_tsquery('rubric', normalize_search_text ($10)) && websearch_to_tsquery('rubric', normalize_search_text ($11)) && case
                            when numnode(plainto_tsquery('rubric', normalize_search_text ($12))) > 0 then (plainto_tsquery('rubric', normalize_search_text ($13))::text || ':*')::tsquery
                            else ''::tsquery
                          end
                        )
                    )
                  offset
                    0
                )
              order by
                "articles"."listed_at" desc,
                articles.id desc
              limit
                21
            ),
            verdict as materialized (
              select
                complete
                or promising
                and (
                  (
                    select
                      count(*)
                    from
                      ahead
                  ) >= 21
                  or (
                    select
                      count(*)
                    from
                      (
                        select
                          articles.id as id,
                          articles.listed_at as listed_at
                        from
                          articles
                        where
                          true
                          and true
                          and (articles.listed_at, articles.id) < (least(date_trunc('milliseconds', now()) + interval '1 millisecond', $14::timestamptz), 0)
                        order by
                          articles.listed_at desc,
                          articles.id desc
                        limit
                          4000
                      ) as articles
                  ) < 4000
                ) as done
              from
                glance
            ),
            found as materialized (
              select
                article_id
              from
                article_search
              where
                document @@ (
                  select
                    websearch_to_tsquery('rubric', normalize_search_text ($15)) || (
                      plainto_tsquery('rubric', normalize_search_text ($16)) && websearch_to_tsquery('rubric', normalize_search_text ($17)) && case
                        when numnode(plainto_tsquery('rubric', normalize_search_text ($18))) > 0 then (plainto_tsquery('rubric', normalize_search_text ($19))::text || ':*')::tsquery
                        else ''::tsquery
                      end
                    )
                )
                and not (
                  select
                    done
                  from
                    verdict
                )
              limit
                10000 + 1
            ),
            frequency as materialized (
              select
                count(*) > 10000 as common
              from
                found
            ),
            walked as (
              select
                articles.id as id,
                articles.listed_at as listed_at
              from
                articles
              where
                true
                and (
                  select
                    common
                  from
                    frequency
                )
                and true
                and (articles.listed_at, articles.id) < (least(date_trunc('milliseconds', now()) + interval '1 millisecond', $20::timestamptz), 0)
                and true
                and exists (
                  select
                  from
                    article_search as text
                  where
                    text.article_id = articles.id
                    and text.document @@ (
                      select
                        websearch_to_tsquery('rubric', normalize_search_text ($21)) || (
                          plainto_tsquery('rubric', normalize_search_text ($22)) && websearch_to_tsquery('rubric', normalize_search_text ($23)) && case
                            when numnode(plainto_tsquery('rubric', normalize_search_text ($24))) > 0 then (plainto_tsquery('rubric', normalize_search_text ($25))::text || ':*')::tsquery
                            else ''::tsquery
                          end
                        )
                    )
                  offset
                    0
                )
              order by
                articles.listed_at desc,
                articles.id desc
              limit
                21
            ),
            few as (
              select
                articles.id
              from
                found
                join articles on articles.id = found.article_id
              where
                not (
                  select
                    common
                  from
                    frequency
                )
                and true
                and (articles.listed_at, articles.id) < (least(date_trunc('milliseconds', now()) + interval '1 millisecond', $26::timestamptz), 0)
                and true
              order by
                "articles"."listed_at" desc,
                articles.id desc
              limit
                21
            ),
            page as (
              (
                select
                  id
                from
                  ahead
                where
                  (
                    select
                      done
                    from
                      verdict
                  )
                order by
                  key desc,
                  id desc
              )
              union all
              select
                id
              from
                few
              union all
              select
                id
              from
                walked
            )
          select
            id
          from
            page
          limit
            $27
        )
      )
    order by
      "d0"."listed_at" desc,
      "d0"."id" desc
    limit
      $28
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
  "d0"."listed_at" desc,
  "d0"."id" desc;

-- countArticles: (all)
-- prepared as count_articles_0
select
  total
from
  (
    select
      count(*) as total
    from
      (
        select
          articles.id
        from
          articles
        where
          ((articles.listed_at <= now()))
      ) as found
  ) as counted;

-- countArticles: categories[any]=1,2
-- prepared as count_articles_1
select
  total
from
  (
    with
      wanted as materialized (
        select
          id
        from
          unnest($1::bigint[]) as id
      )
    select
      count(*) as total
    from
      (
        select distinct
          link.article_id as id
        from
          (
            select
              article_id,
              category_id as linked,
              listed_at
            from
              article_categories
          ) as link
        where
          link.linked in (
            select
              id
            from
              wanted
          )
          and true
          and ((link.listed_at <= now()))
      ) as found
  ) as counted;

-- findBorder: q=bread&sort=relevance
-- prepared as border_articles_0
select
  border::text
from
  (
    with
      glance as materialized (
        select
          count(*) < 500
          or bool_and(has) as telling
        from
          (
            select
              exists (
                select
                from
                  article_search as text
                where
                  text.article_id = articles.id
                  and text.document @@ (
                    select
                      websearch_to_tsquery('rubric', normalize_search_text ($1)) || (
                        plainto_tsquery('rubric', normalize_search_text ($2)) && websearch_to_tsquery('rubric', normalize_search_text ($3)) && case
                          when numnode(plainto_tsquery('rubric', normalize_search_text ($4))) > 0 then (plainto_tsquery('rubric', normalize_search_text ($5))::text || ':*')::tsquery
                          else ''::tsquery
                        end
                      )
                  )
                offset
                  0
              ) as has
            from
              (
                select
                  articles.id as id,
                  articles.listed_at as listed_at
                from
                  articles
                where
                  true
                  and true
                  and (articles.listed_at, articles.id) < (least(date_trunc('milliseconds', now()) + interval '1 millisecond'), 0)
                order by
                  articles.listed_at desc,
                  articles.id desc
                limit
                  500
              ) as articles
          ) as articles
      ),
      found as materialized (
        select
          article_id
        from
          article_search
        where
          document @@ (
            select
              websearch_to_tsquery('rubric', normalize_search_text ($6)) || (
                plainto_tsquery('rubric', normalize_search_text ($7)) && websearch_to_tsquery('rubric', normalize_search_text ($8)) && case
                  when numnode(plainto_tsquery('rubric', normalize_search_text ($9))) > 0 then (plainto_tsquery('rubric', normalize_search_text ($10))::text || ':*')::tsquery
                  else ''::tsquery
                end
              )
          )
          and not (
            select
              telling
            from
              glance
          )
        limit
          10000 + 1
      ),
      frequency as materialized (
        select
          count(*) > 10000 as common
        from
          found
      )
    select
      case
        when (
          select
            telling
          from
            glance
        )
        or (
          select
            common
          from
            frequency
        ) then coalesce(
          (
            select
              listed_at + interval '1 millisecond'
            from
              (
                select
                  articles.id as id,
                  articles.listed_at as listed_at
                from
                  articles
                where
                  true
                  and true
                  and (articles.listed_at, articles.id) < (least(date_trunc('milliseconds', now()) + interval '1 millisecond'), 0)
                order by
                  articles.listed_at desc,
                  articles.id desc
                limit
                  1
                offset
                  10000
              ) as articles
          ),
          '-infinity'
        )
      end as border
  ) as found;

-- countRanked: q=bread&sort=relevance, above the border
-- prepared as ranked_articles_0
select
  count
from
  (
    with
      ranked as materialized (
        select
          articles.id,
          (
            select
              ts_rank(
                text.document,
                (
                  select
                    websearch_to_tsquery('rubric', normalize_search_text ($1)) || (
                      plainto_tsquery('rubric', normalize_search_text ($2)) && websearch_to_tsquery('rubric', normalize_search_text ($3)) && case
                        when numnode(plainto_tsquery('rubric', normalize_search_text ($4))) > 0 then (plainto_tsquery('rubric', normalize_search_text ($5))::text || ':*')::tsquery
                        else ''::tsquery
                      end
                    )
                )
              )
            from
              article_search as text
            where
              text.article_id = "articles"."id"
          ) as rank
        from
          (
            select
              articles.id as id,
              articles.listed_at as listed_at
            from
              articles
            where
              true
              and true
              and (articles.listed_at, articles.id) < (least(date_trunc('milliseconds', now()) + interval '1 millisecond'), 0)
              and articles.listed_at >= greatest($6::timestamptz)
            order by
              articles.listed_at desc,
              articles.id desc
            limit
              20000
          ) as articles
        where
          true
          and exists (
            select
            from
              article_search as text
            where
              text.article_id = articles.id
              and text.document @@ (
                select
                  websearch_to_tsquery('rubric', normalize_search_text ($7)) || (
                    plainto_tsquery('rubric', normalize_search_text ($8)) && websearch_to_tsquery('rubric', normalize_search_text ($9)) && case
                      when numnode(plainto_tsquery('rubric', normalize_search_text ($10))) > 0 then (plainto_tsquery('rubric', normalize_search_text ($11))::text || ':*')::tsquery
                      else ''::tsquery
                    end
                  )
              )
            offset
              0
          )
      )
    select
      count(*) as count
    from
      ranked
  ) as counted;

-- listFacets: (all)
-- prepared as facet_articles_0
select
  "categories"."id",
  "categories"."name",
  "categories"."slug",
  facet.count
from
  (
    select
      *
    from
      (
        select
          id as category_id,
          (
            coalesce(
              (
                select
                  "direct"
                from
                  category_counts as sum
                where
                  sum.category_id = "categories"."id"
              ),
              0
            ) + coalesce(
              (
                select
                  sum("direct")
                from
                  category_count_deltas as change
                where
                  change.category_id = "categories"."id"
                  and change.effective_at <= now()
              ),
              0
            )
          )::int as count
        from
          categories
      ) as counted
    where
      count > 0
    order by
      count desc,
      category_id
    limit
      1000
  ) as facet
  inner join "categories" on "categories"."id" = facet.category_id
order by
  facet.count desc,
  facet.category_id;

-- listFacets: categories[any]=1,2
-- prepared as facet_articles_1
select
  "categories"."id",
  "categories"."name",
  "categories"."slug",
  facet.count
from
  (
    with
      wanted as materialized (
        select
          id
        from
          unnest($1::bigint[]) as id
      )
    select
      probe.category_id,
      count(*) as count
    from
      (
        select distinct
          link.article_id as id
        from
          (
            select
              article_id,
              category_id as linked,
              listed_at
            from
              article_categories
          ) as link
        where
          link.linked in (
            select
              id
            from
              wanted
          )
          and true
          and ((link.listed_at <= now()))
      ) as found
      join article_categories as probe on probe.article_id = found.id
    group by
      probe.category_id
    order by
      count desc,
      category_id
    limit
      1000
  ) as facet
  inner join "categories" on "categories"."id" = facet.category_id
order by
  facet.count desc,
  facet.category_id;
