-- Written by `npm run generate` from list.queries.ts.

-- listArticles: one index range: a category from a cursor on (categories[all]=1&after=…)
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
  (
    array(
      select
        link.category_id
      from
        article_categories as link
      where
        link.article_id = "d0"."id"
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
        link.article_id = "d0"."id"
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
  ) as "nameEpoch"
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
                category_id as target_id,
                listed_at
              from
                article_categories
            ) as link
          where
            link.target_id = ($1::bigint[]) [1]
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
  $6;

-- listArticles: the smallest category walked, the other probed per row (categories[all]=1,2&categories[none]=3)
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
  (
    array(
      select
        link.category_id
      from
        article_categories as link
      where
        link.article_id = "d0"."id"
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
        link.article_id = "d0"."id"
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
  ) as "nameEpoch"
from
  "articles" as "d0"
where
  "d0"."id" = any (
    array(
      with
        required_categories as materialized (
          select
            array_agg(
              id
              order by
                size,
                id
            ) as ids
          from
            (
              select
                id,
                (
                  select
                    coalesce(max(direct), 0)
                  from
                    category_counts
                  where
                    category_id = id
                ) as size
              from
                (
                  select
                    id
                  from
                    unnest($1::bigint[]) as id
                ) as given
            ) as sized
        ),
        excluded_categories as materialized (
          select
            id
          from
            unnest($2::bigint[]) as id
        ),
        page as (
          select
            link.article_id as id,
            link.listed_at as listed_at
          from
            (
              select
                article_id,
                category_id as target_id,
                listed_at
              from
                article_categories
            ) as link
          where
            link.target_id = (
              select
                ids[1]
              from
                required_categories
            )
            and true
            and true
            and (link.listed_at, link.article_id) < (least(date_trunc('milliseconds', now()) + interval '1 millisecond'), 0)
            and true
            and exists (
              select
              from
                article_categories as probe
              where
                probe.article_id = link.article_id
                and probe.category_id = coalesce(
                  (
                    select
                      ids[2]
                    from
                      required_categories
                  ),
                  (
                    select
                      ids[1]
                    from
                      required_categories
                  )
                )
                and probe.listed_at = link.listed_at
              offset
                0
            )
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
                      excluded_categories
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
  $4;

-- listArticles: scan of the newest articles, then a merge (categories[all]=1,2&descendants=true)
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
  (
    array(
      select
        link.category_id
      from
        article_categories as link
      where
        link.article_id = "d0"."id"
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
        link.article_id = "d0"."id"
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
  ) as "nameEpoch"
from
  "articles" as "d0"
where
  "d0"."id" = any (
    array(
      with
        required_roots as materialized (
          with recursive
            given as materialized (
              select
                id
              from
                unnest($1::bigint[]) as id
            ),
            outer_categories as (
              select
                parent_id as id
              from
                categories
              where
                id in (
                  select
                    id
                  from
                    given
                )
              union
              select
                categories.parent_id
              from
                outer_categories
                join categories on categories.id = outer_categories.id
            )
          select
            id as root,
            (
              select
                coalesce(max(deep), 0)
              from
                category_counts
              where
                category_id = id
            ) as size
          from
            given
          where
            id not in (
              select
                id
              from
                outer_categories
              where
                id is not null
            )
            and (
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
            ) + (
              select
                count(*)
              from
                (
                  select
                    category_id as id
                  from
                    old_slugs
                  where
                    type = 'category'
                    and slug = any ($4::text[])
                ) as moved
            ) = $5::int
        ),
        required_subtrees as materialized (
          with recursive
            level as (
              select
                root,
                array[root] as ids
              from
                required_roots
              union all
              select
                root,
                array(
                  select
                    id
                  from
                    categories
                  where
                    parent_id = any (level.ids)
                )
              from
                level
              where
                ids <> '{}'
            )
          select
            root,
            unnest(ids) as id
          from
            level
        ),
        targets as materialized (
          select
            id
          from
            required_subtrees
          where
            root = (
              select
                root
              from
                required_roots
              order by
                size,
                root
              limit
                1
            )
        ),
        newest_scan as materialized (
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
                    targets
                )
            ) as articles
          where
            exists (
              select
              from
                (
                  select
                    article_id,
                    category_id as target_id,
                    listed_at
                  from
                    article_categories
                ) as probe
              where
                probe.article_id = articles.id
                and (
                  probe.target_id in (
                    select
                      id
                    from
                      targets
                  )
                ) is true
              offset
                0
            )
            and true
            and exists (
              select
              from
                required_roots
            )
            and not exists (
              select
              from
                required_roots
              where
                not exists (
                  select
                  from
                    article_categories as probe
                  where
                    probe.article_id = articles.id
                    and (
                      (required_roots.root, probe.category_id) in (
                        select
                          root,
                          id
                        from
                          required_subtrees
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
        merged_links as materialized (
          select distinct
            first_links.id,
            first_links.listed_at
          from
            targets
            cross join lateral (
              select
                link.article_id as id,
                link.listed_at as listed_at
              from
                (
                  select
                    article_id,
                    category_id as target_id,
                    listed_at
                  from
                    article_categories
                ) as link
              where
                link.target_id = targets.id
                and true
                and true
                and (link.listed_at, link.article_id) < (least(date_trunc('milliseconds', now()) + interval '1 millisecond'), 0)
                and true
                and exists (
                  select
                  from
                    required_roots
                )
                and not exists (
                  select
                  from
                    required_roots
                  where
                    not exists (
                      select
                      from
                        article_categories as probe
                      where
                        probe.article_id = link.article_id
                        and (
                          (required_roots.root, probe.category_id) in (
                            select
                              root,
                              id
                            from
                              required_subtrees
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
            ) as first_links
          where
            (
              select
                count(*)
              from
                newest_scan
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
                newest_scan
              where
                (
                  select
                    count(*)
                  from
                    newest_scan
                ) >= 21
              union all
              select
                *
              from
                merged_links
            ) as candidates
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
        $6
    )
  )
order by
  "d0"."listed_at" desc,
  "d0"."id" desc
limit
  $7;

-- listArticles: two walks, or one, by the ordering of the category (/categories/1/articles)
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
  (
    array(
      select
        link.category_id
      from
        article_categories as link
      where
        link.article_id = "d0"."id"
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
        link.article_id = "d0"."id"
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
  (
    case
      when (
        select
          ordering = 'manual'
        from
          categories
        where
          id = ($6::bigint[]) [1]
      ) then coalesce(
        (
          select
            rank
          from
            article_categories as ranked_link
          where
            ranked_link.article_id = "d0"."id"
            and ranked_link.category_id = ($7::bigint[]) [1]
        ),
        '~'
      )
    end::text
  ) as "sortKey"
from
  "articles" as "d0"
where
  "d0"."id" = any (
    array(
      with
        ranked_rows as (
          select
            link.article_id as id
          from
            article_categories as link
          where
            link.category_id = ($8::bigint[]) [1]
            and link.rank is not null
            and true
            and ((link.listed_at <= now()))
          order by
            link.rank asc
          limit
            21
        ),
        unranked_rows as (
          with
            page as (
              select
                link.article_id as id,
                link.listed_at as listed_at
              from
                (
                  select
                    article_id,
                    category_id as target_id,
                    listed_at
                  from
                    article_categories
                ) as link
              where
                link.target_id = ($9::bigint[]) [1]
                and true
                and true
                and (link.listed_at, link.article_id) < (least(date_trunc('milliseconds', now()) + interval '1 millisecond'), 0)
                and true
                and not exists (
                  select
                  from
                    article_categories as ranked_link
                  where
                    ranked_link.article_id = link.article_id
                    and ranked_link.category_id = ($10::bigint[]) [1]
                    and ranked_link.rank is not null
                  offset
                    0
                )
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
        ),
        newest_rows as (
          with
            page as (
              select
                link.article_id as id,
                link.listed_at as listed_at
              from
                (
                  select
                    article_id,
                    category_id as target_id,
                    listed_at
                  from
                    article_categories
                ) as link
              where
                link.target_id = ($11::bigint[]) [1]
                and true
                and true
                and (link.listed_at, link.article_id) < (least(date_trunc('milliseconds', now()) + interval '1 millisecond'), 0)
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
        ),
        page as (
          select
            id
          from
            (
              select
                id,
                0 as part,
                row_number() over () as n
              from
                ranked_rows
              where
                (
                  select
                    ordering = 'manual'
                  from
                    categories
                  where
                    id = ($12::bigint[]) [1]
                )
                and true
              union all
              select
                id,
                1 as part,
                row_number() over () as n
              from
                unranked_rows
              where
                (
                  select
                    ordering = 'manual'
                  from
                    categories
                  where
                    id = ($13::bigint[]) [1]
                )
                and (
                  select
                    count(*)
                  from
                    ranked_rows
                ) < 21
              union all
              select
                id,
                2 as part,
                row_number() over () as n
              from
                newest_rows
              where
                not (
                  select
                    ordering = 'manual'
                  from
                    categories
                  where
                    id = ($14::bigint[]) [1]
                )
            ) as parts
          order by
            part,
            n
          limit
            21
        )
      select
        id
      from
        page
      limit
        $15
    )
  )
order by
  case
    when (
      select
        ordering = 'manual'
      from
        categories
      where
        id = ($16::bigint[]) [1]
    ) then coalesce(
      (
        select
          rank
        from
          article_categories as ranked_link
        where
          ranked_link.article_id = "d0"."id"
          and ranked_link.category_id = ($17::bigint[]) [1]
      ),
      '~'
    )
  end asc,
  "d0"."listed_at" desc,
  "d0"."id" desc
limit
  $18;

-- listArticles: two walks: ranked links, then the others (categories[all]=1&sort=rank)
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
  (
    array(
      select
        link.category_id
      from
        article_categories as link
      where
        link.article_id = "d0"."id"
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
        link.article_id = "d0"."id"
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
    coalesce(
      (
        select
          rank
        from
          article_categories as ranked_link
        where
          ranked_link.article_id = "d0"."id"
          and ranked_link.category_id = ($1::bigint[]) [1]
      ),
      '~'
    )::text
  ) as "sortKey"
from
  "articles" as "d0"
where
  "d0"."id" = any (
    array(
      with
        ranked_rows as (
          select
            link.article_id as id
          from
            article_categories as link
          where
            link.category_id = ($2::bigint[]) [1]
            and link.rank is not null
            and true
            and ((link.listed_at <= now()))
          order by
            link.rank asc
          limit
            21
        ),
        unranked_rows as (
          with
            page as (
              select
                link.article_id as id,
                link.listed_at as listed_at
              from
                (
                  select
                    article_id,
                    category_id as target_id,
                    listed_at
                  from
                    article_categories
                ) as link
              where
                link.target_id = ($3::bigint[]) [1]
                and true
                and true
                and (link.listed_at, link.article_id) < (least(date_trunc('milliseconds', now()) + interval '1 millisecond'), 0)
                and true
                and not exists (
                  select
                  from
                    article_categories as ranked_link
                  where
                    ranked_link.article_id = link.article_id
                    and ranked_link.category_id = ($4::bigint[]) [1]
                    and ranked_link.rank is not null
                  offset
                    0
                )
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
        ),
        page as (
          select
            id
          from
            (
              select
                id,
                0 as part,
                row_number() over () as n
              from
                ranked_rows
              where
                true
              union all
              select
                id,
                1 as part,
                row_number() over () as n
              from
                unranked_rows
              where
                (
                  select
                    count(*)
                  from
                    ranked_rows
                ) < 21
            ) as parts
          order by
            part,
            n
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
  coalesce(
    (
      select
        rank
      from
        article_categories as ranked_link
      where
        ranked_link.article_id = "d0"."id"
        and ranked_link.category_id = ($6::bigint[]) [1]
    ),
    '~'
  ) asc,
  "d0"."listed_at" desc,
  "d0"."id" desc
limit
  $7;

-- listArticles: merge alone (author=1)
-- prepared as list_articles_5
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
    array(
      select
        link.category_id
      from
        article_categories as link
      where
        link.article_id = "d0"."id"
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
        link.article_id = "d0"."id"
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
  ) as "nameEpoch"
from
  "articles" as "d0"
where
  "d0"."id" = any (
    array(
      with
        any_authors as materialized (
          select
            id
          from
            "authors"
          where
            id = any ($1::bigint[])
          union
          select
            id
          from
            "authors"
          where
            slug = any ($2::text[])
          union
          select
            author_id as id
          from
            old_slugs
          where
            type = 'author'
            and slug = any ($3::text[])
        ),
        targets as materialized (
          select
            id
          from
            any_authors
        ),
        page as (
          select distinct
            first_links.id,
            first_links.listed_at
          from
            targets
            cross join lateral (
              select
                link.article_id as id,
                link.listed_at as listed_at
              from
                (
                  select
                    article_id,
                    author_id as target_id,
                    listed_at
                  from
                    article_authors
                ) as link
              where
                link.target_id = targets.id
                and true
                and true
                and (link.listed_at, link.article_id) < (least(date_trunc('milliseconds', now()) + interval '1 millisecond'), 0)
                and true
              order by
                link.listed_at desc,
                link.article_id desc
              limit
                21
            ) as first_links
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
        $4
    )
  )
order by
  "d0"."listed_at" desc,
  "d0"."id" desc
limit
  $5;

-- listArticles: with content, as long as it fits (fields=content)
-- prepared as list_articles_6
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
    array(
      select
        link.category_id
      from
        article_categories as link
      where
        link.article_id = "d0"."id"
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
        link.article_id = "d0"."id"
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
      when sum((octet_length("d0"."content"))) over (
        order by
          "d0"."listed_at" desc,
          "d0"."id" desc rows between unbounded preceding
          and unbounded following
      ) - case
        when count(*) over (
          order by
            "d0"."listed_at" desc,
            "d0"."id" desc rows between unbounded preceding
            and unbounded following
        ) < $1::int then 0
        else last_value((octet_length("d0"."content"))) over (
          order by
            "d0"."listed_at" desc,
            "d0"."id" desc rows between unbounded preceding
            and unbounded following
        )
      end <= 16777216
      and row_number() over (
        order by
          "d0"."listed_at" desc,
          "d0"."id" desc
      ) < $2::int then "d0"."content"
    end
  ) as "content",
  ((octet_length("d0"."content"))) as "unlistedBytes"
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
        $3
    )
  )
order by
  "d0"."listed_at" desc,
  "d0"."id" desc
limit
  $4;

-- listArticles: index of another sort, or sorted matches (status=draft,trashed&published[gte]=…)
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
  (
    array(
      select
        link.category_id
      from
        article_categories as link
      where
        link.article_id = "d0"."id"
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
        link.article_id = "d0"."id"
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
  ) as "nameEpoch"
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
                    articles as article
                  where
                    article.id = articles.id
                    and article.deleted_at is null
                )
              )
              or (
                articles.listed_at = 'infinity'
                and exists (
                  select
                  from
                    articles as article
                  where
                    article.id = articles.id
                    and article.deleted_at is not null
                )
              )
            )
            and exists (
              select
              from
                articles as article
              where
                article.id = articles.id
                and article.published_at >= $1::timestamptz
                and article.published_at < 'infinity'
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
        $2
    )
  )
order by
  coalesce("d0"."published_at", 'infinity') desc,
  "d0"."id" desc
limit
  $3;

-- listArticles: given articles, tested and sorted (ids=1,2&q=bread)
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
    array(
      select
        link.category_id
      from
        article_categories as link
      where
        link.article_id = "d0"."id"
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
        link.article_id = "d0"."id"
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
  ) as "nameEpoch"
from
  "articles" as "d0"
where
  "d0"."id" = any (
    array(
      with
        given_articles as materialized (
          select
            id,
            title,
            published_at,
            updated_at,
            listed_at
          from
            articles
          where
            id = any ($1::bigint[])
        ),
        matching as materialized (
          select
            articles.id,
            "articles"."listed_at" as key
          from
            given_articles as articles
          where
            ((articles.listed_at <= now()))
            and case
              when (
                articles.id in (
                  select
                    article_id
                  from
                    search_backlog
                )
              ) is true then (
                select
                  article_document (source.title, source.excerpt, source.content)
                from
                  articles as source
                where
                  source.id = articles.id
              )
              else (
                select
                  text.document
                from
                  article_search as text
                where
                  text.article_id = articles.id
              )
            end @@ (
              select
                search_query ($2::text[], $3::text[], $4::integer[])
            )
        ),
        page as (
          select
            id
          from
            matching
          where
            true
          order by
            key desc,
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
  $6;

-- listArticles: articles with a working draft, tested and sorted (hasDraft=true)
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
    array(
      select
        link.category_id
      from
        article_categories as link
      where
        link.article_id = "d0"."id"
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
        link.article_id = "d0"."id"
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
  ) as "hasDraft"
from
  "articles" as "d0"
where
  "d0"."id" = any (
    array(
      with
        given_articles as materialized (
          select
            id,
            title,
            published_at,
            updated_at,
            listed_at
          from
            articles
          where
            articles.id in (
              select
                article_id
              from
                article_drafts
            )
            and $6::boolean
            and (
              $7::boolean
              or articles.owner_id = $8::bigint
            )
            and (
              $9::bigint[] is null
              or exists (
                select
                from
                  article_categories as link
                where
                  link.article_id = articles.id
                  and link.category_id = any ($10::bigint[])
              )
            )
        ),
        matching as materialized (
          select
            articles.id,
            "articles"."listed_at" as key
          from
            given_articles as articles
          where
            ((articles.listed_at <= now()))
        ),
        page as (
          select
            id
          from
            matching
          where
            true
          order by
            key desc,
            id desc
          limit
            21
        )
      select
        id
      from
        page
      limit
        $11
    )
  )
order by
  "d0"."listed_at" desc,
  "d0"."id" desc
limit
  $12;

-- listArticles: the first articles tested, or all without a category (uncategorised=true)
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
  (
    array(
      select
        link.category_id
      from
        article_categories as link
      where
        link.article_id = "d0"."id"
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
        link.article_id = "d0"."id"
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
  ) as "nameEpoch"
from
  "articles" as "d0"
where
  "d0"."id" = any (
    array(
      with
        sample as materialized (
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
                    and (articles.listed_at, articles.id) < (least(date_trunc('milliseconds', now()) + interval '1 millisecond'), 0)
                  order by
                    articles.listed_at desc,
                    articles.id desc
                  limit
                    500
                ) as articles
            ) < 500 as is_complete,
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
                        and (articles.listed_at, articles.id) < (least(date_trunc('milliseconds', now()) + interval '1 millisecond'), 0)
                      order by
                        articles.listed_at desc,
                        articles.id desc
                      limit
                        500
                    ) as articles
                  where
                    true
                    and not exists (
                      select
                      from
                        article_categories as probe
                      where
                        probe.article_id = articles.id
                      offset
                        0
                    )
                  limit
                    3
                ) as hits
            ) = 3 as is_promising
        ),
        scan as materialized (
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
                and (articles.listed_at, articles.id) < (least(date_trunc('milliseconds', now()) + interval '1 millisecond'), 0)
              order by
                articles.listed_at desc,
                articles.id desc
              limit
                (
                  select
                    case
                      when is_complete
                      or is_promising then 4000
                      else 0
                    end
                  from
                    sample
                )
            ) as articles
          where
            true
            and not exists (
              select
              from
                article_categories as probe
              where
                probe.article_id = articles.id
              offset
                0
            )
          order by
            "articles"."listed_at" desc,
            articles.id desc
          limit
            21
        ),
        scan_result as materialized (
          select
            is_complete
            or is_promising
            and (
              (
                select
                  count(*)
                from
                  scan
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
                      and (articles.listed_at, articles.id) < (least(date_trunc('milliseconds', now()) + interval '1 millisecond'), 0)
                    order by
                      articles.listed_at desc,
                      articles.id desc
                    limit
                      4000
                  ) as articles
              ) < 4000
            ) as is_final
          from
            sample
        ),
        all_matches as materialized (
          select
            articles.id as id,
            articles.listed_at as listed_at
          from
            articles
          where
            not (
              select
                is_final
              from
                scan_result
            )
            and ((articles.listed_at <= now()))
            and not exists (
              select
              from
                (
                  select distinct
                    article_id
                  from
                    article_categories
                ) as probe
              where
                probe.article_id = articles.id
            )
            and true
        ),
        page as (
          (
            select
              id
            from
              scan
            where
              (
                select
                  is_final
                from
                  scan_result
              )
            order by
              key desc,
              id desc
          )
          union all
          select
            id
          from
            (
              select
                id
              from
                all_matches
              order by
                listed_at desc,
                id desc
              limit
                21
            ) as others
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
  $2;

-- listArticles: scan in the order of the list, else all matches sorted (categories[any]=1,2&sort=title)
-- prepared as list_articles_11
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
    array(
      select
        link.category_id
      from
        article_categories as link
      where
        link.article_id = "d0"."id"
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
        link.article_id = "d0"."id"
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
  ) as "nameEpoch"
from
  "articles" as "d0"
where
  "d0"."id" = any (
    array(
      with
        any_categories as materialized (
          select
            id
          from
            unnest($1::bigint[]) as id
        ),
        sample as materialized (
          select
            (
              select
                count(*)
              from
                (
                  select
                    articles.id,
                    articles.listed_at,
                    "articles"."title" collate "und-x-icu" as key
                  from
                    articles
                  where
                    true
                  order by
                    "articles"."title" collate "und-x-icu" asc,
                    articles.id asc
                  limit
                    500
                ) as articles
            ) < 500 as is_complete,
            (
              select
                count(*)
              from
                (
                  select
                  from
                    (
                      select
                        articles.id,
                        articles.listed_at,
                        "articles"."title" collate "und-x-icu" as key
                      from
                        articles
                      where
                        true
                      order by
                        "articles"."title" collate "und-x-icu" asc,
                        articles.id asc
                      limit
                        500
                    ) as articles
                  where
                    ((articles.listed_at <= now()))
                    and exists (
                      select
                      from
                        article_categories as probe
                      where
                        probe.article_id = articles.id
                        and (
                          probe.category_id in (
                            select
                              id
                            from
                              any_categories
                          )
                        ) is true
                      offset
                        0
                    )
                  limit
                    3
                ) as hits
            ) = 3 as is_promising
        ),
        scan as materialized (
          select
            articles.id,
            articles.key as key
          from
            (
              select
                articles.id,
                articles.listed_at,
                "articles"."title" collate "und-x-icu" as key
              from
                articles
              where
                true
              order by
                "articles"."title" collate "und-x-icu" asc,
                articles.id asc
              limit
                (
                  select
                    case
                      when is_complete
                      or is_promising then 4000
                      else 0
                    end
                  from
                    sample
                )
            ) as articles
          where
            ((articles.listed_at <= now()))
            and exists (
              select
              from
                article_categories as probe
              where
                probe.article_id = articles.id
                and (
                  probe.category_id in (
                    select
                      id
                    from
                      any_categories
                  )
                ) is true
              offset
                0
            )
          order by
            articles.key asc,
            articles.id asc
          limit
            21
        ),
        scan_result as materialized (
          select
            is_complete
            or is_promising
            and (
              (
                select
                  count(*)
                from
                  scan
              ) >= 21
              or (
                select
                  count(*)
                from
                  (
                    select
                      articles.id,
                      articles.listed_at,
                      "articles"."title" collate "und-x-icu" as key
                    from
                      articles
                    where
                      true
                    order by
                      "articles"."title" collate "und-x-icu" asc,
                      articles.id asc
                    limit
                      4000
                  ) as articles
              ) < 4000
            ) as is_final
          from
            sample
        ),
        all_matches as materialized (
          select distinct
            link.article_id as id
          from
            (
              select
                article_id,
                category_id as target_id,
                listed_at
              from
                article_categories
            ) as link
          where
            link.target_id in (
              select
                id
              from
                any_categories
            )
            and true
            and ((link.listed_at <= now()))
        ),
        page as (
          (
            select
              id
            from
              scan
            where
              (
                select
                  is_final
                from
                  scan_result
              )
            order by
              key asc,
              id asc
          )
          union all
          select
            id
          from
            (
              select
                articles.id,
                "articles"."title" collate "und-x-icu" as key
              from
                all_matches
                cross join lateral (
                  select
                    *
                  from
                    articles
                  where
                    articles.id = all_matches.id
                  offset
                    0
                ) as articles
              where
                not (
                  select
                    is_final
                  from
                    scan_result
                )
                and true
              order by
                "articles"."title" collate "und-x-icu" asc,
                articles.id asc
              limit
                21
            ) as others
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
  $3;

-- listArticles: search: scan, GIN index, list walk (q=bread)
-- prepared as list_articles_12
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
    array(
      select
        link.category_id
      from
        article_categories as link
      where
        link.article_id = "d0"."id"
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
        link.article_id = "d0"."id"
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
  ) as "nameEpoch"
from
  "articles" as "d0"
where
  "d0"."id" = any (
    array(
      with
        sample as materialized (
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
                    and (articles.listed_at, articles.id) < (least(date_trunc('milliseconds', now()) + interval '1 millisecond'), 0)
                  order by
                    articles.listed_at desc,
                    articles.id desc
                  limit
                    500
                ) as articles
            ) < 500 as is_complete,
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
                        and (articles.listed_at, articles.id) < (least(date_trunc('milliseconds', now()) + interval '1 millisecond'), 0)
                      order by
                        articles.listed_at desc,
                        articles.id desc
                      limit
                        500
                    ) as articles
                  where
                    true
                    and case
                      when (
                        articles.id in (
                          select
                            article_id
                          from
                            search_backlog
                        )
                      ) is true then (
                        select
                          article_document (source.title, source.excerpt, source.content)
                        from
                          articles as source
                        where
                          source.id = articles.id
                      )
                      else (
                        select
                          text.document
                        from
                          article_search as text
                        where
                          text.article_id = articles.id
                      )
                    end @@ (
                      select
                        search_query ($1::text[], $2::text[], $3::integer[])
                    )
                  limit
                    3
                ) as hits
            ) = 3 as is_promising
        ),
        scan as materialized (
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
                and (articles.listed_at, articles.id) < (least(date_trunc('milliseconds', now()) + interval '1 millisecond'), 0)
              order by
                articles.listed_at desc,
                articles.id desc
              limit
                (
                  select
                    case
                      when is_complete
                      or is_promising then 4000
                      else 0
                    end
                  from
                    sample
                )
            ) as articles
          where
            true
            and case
              when (
                articles.id in (
                  select
                    article_id
                  from
                    search_backlog
                )
              ) is true then (
                select
                  article_document (source.title, source.excerpt, source.content)
                from
                  articles as source
                where
                  source.id = articles.id
              )
              else (
                select
                  text.document
                from
                  article_search as text
                where
                  text.article_id = articles.id
              )
            end @@ (
              select
                search_query ($4::text[], $5::text[], $6::integer[])
            )
          order by
            "articles"."listed_at" desc,
            articles.id desc
          limit
            21
        ),
        scan_result as materialized (
          select
            is_complete
            or is_promising
            and (
              (
                select
                  count(*)
                from
                  scan
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
                      and (articles.listed_at, articles.id) < (least(date_trunc('milliseconds', now()) + interval '1 millisecond'), 0)
                    order by
                      articles.listed_at desc,
                      articles.id desc
                    limit
                      4000
                  ) as articles
              ) < 4000
            ) as is_final
          from
            sample
        ),
        term_matches as materialized (
          select
            text.article_id
          from
            article_search as text
          where
            text.document @@ (
              select
                search_query ($7::text[], $8::text[], $9::integer[])
            )
            and not (
              text.article_id in (
                select
                  article_id
                from
                  search_backlog
              )
            ) is true
            and not (
              select
                is_final
              from
                scan_result
            )
          union all
          select
            source.id
          from
            (
              select distinct
                article_id
              from
                search_backlog
            ) as backlog
            cross join lateral (
              select
                *
              from
                articles
              where
                id = backlog.article_id
              offset
                0
            ) as source
          where
            article_document (source.title, source.excerpt, source.content) @@ (
              select
                search_query ($10::text[], $11::text[], $12::integer[])
            )
            and not (
              select
                is_final
              from
                scan_result
            )
          limit
            10000 + 1
        ),
        term_frequency as materialized (
          select
            count(*) > 10000 as is_common
          from
            term_matches
        ),
        list_walk as (
          select
            articles.id as id,
            articles.listed_at as listed_at
          from
            articles
          where
            true
            and (
              select
                is_common
              from
                term_frequency
            )
            and true
            and (articles.listed_at, articles.id) < (least(date_trunc('milliseconds', now()) + interval '1 millisecond'), 0)
            and true
            and case
              when (
                articles.id in (
                  select
                    article_id
                  from
                    search_backlog
                )
              ) is true then (
                select
                  article_document (source.title, source.excerpt, source.content)
                from
                  articles as source
                where
                  source.id = articles.id
              )
              else (
                select
                  text.document
                from
                  article_search as text
                where
                  text.article_id = articles.id
              )
            end @@ (
              select
                search_query ($13::text[], $14::text[], $15::integer[])
            )
          order by
            articles.listed_at desc,
            articles.id desc
          limit
            21
        ),
        rare_term_page as (
          select
            articles.id
          from
            term_matches
            join articles on articles.id = term_matches.article_id
          where
            not (
              select
                is_common
              from
                term_frequency
            )
            and true
            and (articles.listed_at, articles.id) < (least(date_trunc('milliseconds', now()) + interval '1 millisecond'), 0)
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
              scan
            where
              (
                select
                  is_final
                from
                  scan_result
              )
            order by
              key desc,
              id desc
          )
          union all
          select
            id
          from
            rare_term_page
          union all
          select
            id
          from
            list_walk
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
  "d0"."listed_at" desc,
  "d0"."id" desc
limit
  $17;

-- listArticles: relevance: all matches of a rare term ranked (q=bread&sort=relevance)
-- prepared as list_articles_13
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
    array(
      select
        link.category_id
      from
        article_categories as link
      where
        link.article_id = "d0"."id"
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
        link.article_id = "d0"."id"
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
    ts_rank(
      case
        when (
          "d0"."id" in (
            select
              article_id
            from
              search_backlog
          )
        ) is true then (
          select
            article_document (source.title, source.excerpt, source.content)
          from
            articles as source
          where
            source.id = "d0"."id"
        )
        else (
          select
            text.document
          from
            article_search as text
          where
            text.article_id = "d0"."id"
        )
      end,
      (
        select
          search_query ($1::text[], $2::text[], $3::integer[])
      )
    )::text
  ) as "sortKey"
from
  "articles" as "d0"
where
  "d0"."id" = any (
    array(
      with
        term_matches as materialized (
          select
            text.article_id
          from
            article_search as text
          where
            text.document @@ (
              select
                search_query ($4::text[], $5::text[], $6::integer[])
            )
            and not (
              text.article_id in (
                select
                  article_id
                from
                  search_backlog
              )
            ) is true
            and true
          union all
          select
            source.id
          from
            (
              select distinct
                article_id
              from
                search_backlog
            ) as backlog
            cross join lateral (
              select
                *
              from
                articles
              where
                id = backlog.article_id
              offset
                0
            ) as source
          where
            article_document (source.title, source.excerpt, source.content) @@ (
              select
                search_query ($7::text[], $8::text[], $9::integer[])
            )
            and true
          limit
            20000
        ),
        ranked as materialized (
          select
            articles.id,
            ts_rank(
              case
                when (
                  "articles"."id" in (
                    select
                      article_id
                    from
                      search_backlog
                  )
                ) is true then (
                  select
                    article_document (source.title, source.excerpt, source.content)
                  from
                    articles as source
                  where
                    source.id = "articles"."id"
                )
                else (
                  select
                    text.document
                  from
                    article_search as text
                  where
                    text.article_id = "articles"."id"
                )
              end,
              (
                select
                  search_query ($10::text[], $11::text[], $12::integer[])
              )
            ) as rank
          from
            term_matches
            join articles on articles.id = term_matches.article_id
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
        $13
    )
  )
order by
  ts_rank(
    case
      when (
        "d0"."id" in (
          select
            article_id
          from
            search_backlog
        )
      ) is true then (
        select
          article_document (source.title, source.excerpt, source.content)
        from
          articles as source
        where
          source.id = "d0"."id"
      )
      else (
        select
          text.document
        from
          article_search as text
        where
          text.article_id = "d0"."id"
      )
    end,
    (
      select
        search_query ($14::text[], $15::text[], $16::integer[])
    )
  ) desc,
  "d0"."id" desc
limit
  $17;

-- listArticles: relevance: matches above the rank cutoff (q=bread&sort=relevance)
-- prepared as list_articles_14
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
    array(
      select
        link.category_id
      from
        article_categories as link
      where
        link.article_id = "d0"."id"
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
        link.article_id = "d0"."id"
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
    ts_rank(
      case
        when (
          "d0"."id" in (
            select
              article_id
            from
              search_backlog
          )
        ) is true then (
          select
            article_document (source.title, source.excerpt, source.content)
          from
            articles as source
          where
            source.id = "d0"."id"
        )
        else (
          select
            text.document
          from
            article_search as text
          where
            text.article_id = "d0"."id"
        )
      end,
      (
        select
          search_query ($1::text[], $2::text[], $3::integer[])
      )
    )::text
  ) as "sortKey"
from
  "articles" as "d0"
where
  "d0"."id" = any (
    array(
      with
        ranked as materialized (
          select
            articles.id,
            ts_rank(
              case
                when (
                  "articles"."id" in (
                    select
                      article_id
                    from
                      search_backlog
                  )
                ) is true then (
                  select
                    article_document (source.title, source.excerpt, source.content)
                  from
                    articles as source
                  where
                    source.id = "articles"."id"
                )
                else (
                  select
                    text.document
                  from
                    article_search as text
                  where
                    text.article_id = "articles"."id"
                )
              end,
              (
                select
                  search_query ($4::text[], $5::text[], $6::integer[])
              )
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
                and articles.listed_at >= greatest($7::timestamptz)
              order by
                articles.listed_at desc,
                articles.id desc
              limit
                20000
            ) as articles
          where
            true
            and case
              when (
                articles.id in (
                  select
                    article_id
                  from
                    search_backlog
                )
              ) is true then (
                select
                  article_document (source.title, source.excerpt, source.content)
                from
                  articles as source
                where
                  source.id = articles.id
              )
              else (
                select
                  text.document
                from
                  article_search as text
                where
                  text.article_id = articles.id
              )
            end @@ (
              select
                search_query ($8::text[], $9::text[], $10::integer[])
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
        $11
    )
  )
order by
  ts_rank(
    case
      when (
        "d0"."id" in (
          select
            article_id
          from
            search_backlog
        )
      ) is true then (
        select
          article_document (source.title, source.excerpt, source.content)
        from
          articles as source
        where
          source.id = "d0"."id"
      )
      else (
        select
          text.document
        from
          article_search as text
        where
          text.article_id = "d0"."id"
      )
    end,
    (
      select
        search_query ($12::text[], $13::text[], $14::integer[])
    )
  ) desc,
  "d0"."id" desc
limit
  $15;

-- countArticles: stored count of a category (categories[all]=1)
-- prepared as count_articles_0
select
  (
    coalesce(
      (
        select
          "direct"
        from
          category_counts as stored
        where
          stored.category_id = ($1::bigint[]) [1]
      ),
      0
    ) + coalesce(
      (
        select
          sum("direct")
        from
          category_count_deltas as delta
        where
          delta.category_id = ($2::bigint[]) [1]
          and delta.effective_at <= now()
      ),
      0
    )
  )::int
from
  (
    select
  ) as nothing;

-- countArticles: links of several categories (categories[any]=1,2)
-- prepared as count_articles_1
select
  total
from
  (
    with
      any_categories as materialized (
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
              category_id as target_id,
              listed_at
            from
              article_categories
          ) as link
        where
          link.target_id in (
            select
              id
            from
              any_categories
          )
          and true
          and ((link.listed_at <= now()))
      ) as matching
  ) as counted;

-- countArticles: given articles (ids=1,2)
-- prepared as count_articles_2
select
  total
from
  (
    with
      given_articles as materialized (
        select
          id,
          title,
          published_at,
          updated_at,
          listed_at
        from
          articles
        where
          id = any ($1::bigint[])
      )
    select
      count(*) as total
    from
      (
        select
          articles.id
        from
          given_articles as articles
        where
          ((articles.listed_at <= now()))
      ) as matching
  ) as counted;

-- countArticles: merge anti-join with all links (uncategorised=true)
-- prepared as count_articles_3
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
          and not exists (
            select
            from
              (
                select distinct
                  article_id
                from
                  article_categories
              ) as probe
            where
              probe.article_id = articles.id
          )
      ) as matching
  ) as counted;

-- countArticles: several subtrees: the smallest probed, or the links of all grouped (categories[all]=1,2&descendants=true)
-- prepared as count_articles_4
select
  total
from
  (
    with
      required_roots as materialized (
        with recursive
          given as materialized (
            select
              id
            from
              unnest($1::bigint[]) as id
          ),
          outer_categories as (
            select
              parent_id as id
            from
              categories
            where
              id in (
                select
                  id
                from
                  given
              )
            union
            select
              categories.parent_id
            from
              outer_categories
              join categories on categories.id = outer_categories.id
          )
        select
          id as root,
          (
            select
              coalesce(max(deep), 0)
            from
              category_counts
            where
              category_id = id
          ) as size
        from
          given
        where
          id not in (
            select
              id
            from
              outer_categories
            where
              id is not null
          )
          and (
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
          ) + (
            select
              count(*)
            from
              (
                select
                  category_id as id
                from
                  old_slugs
                where
                  type = 'category'
                  and slug = any ($4::text[])
              ) as moved
          ) = $5::int
      ),
      required_subtrees as materialized (
        with recursive
          level as (
            select
              root,
              array[root] as ids
            from
              required_roots
            union all
            select
              root,
              array(
                select
                  id
                from
                  categories
                where
                  parent_id = any (level.ids)
              )
            from
              level
            where
              ids <> '{}'
          )
        select
          root,
          unnest(ids) as id
        from
          level
      ),
      intersection as materialized (
        select
          min(size) * 8 < sum(size) as is_probed
        from
          required_roots
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
              category_id as target_id,
              listed_at
            from
              article_categories
          ) as link
        where
          link.target_id in (
            select
              id
            from
              required_subtrees
            where
              root = (
                select
                  root
                from
                  required_roots
                order by
                  size,
                  root
                limit
                  1
              )
          )
          and (
            select
              is_probed
            from
              intersection
          )
          and ((link.listed_at <= now()))
          and exists (
            select
            from
              required_roots
          )
          and not exists (
            select
            from
              required_roots
            where
              not exists (
                select
                from
                  article_categories as probe
                where
                  probe.article_id = link.article_id
                  and (
                    (required_roots.root, probe.category_id) in (
                      select
                        root,
                        id
                      from
                        required_subtrees
                    )
                  ) is true
                offset
                  0
              )
            offset
              0
          )
        union all
        select
          link.article_id as id
        from
          (
            select
              article_id,
              listed_at
            from
              (
                select distinct
                  filed.article_id,
                  filed.listed_at,
                  root
                from
                  required_subtrees
                  join article_categories as filed on filed.category_id = required_subtrees.id
              ) as reached
            group by
              article_id,
              listed_at
            having
              count(*) = (
                select
                  count(*)
                from
                  required_roots
              )
          ) as link
        where
          not (
            select
              is_probed
            from
              intersection
          )
          and ((link.listed_at <= now()))
      ) as matching
  ) as counted;

-- countArticles: search: probes of few links, GIN index for many (q=bread&categories[all]=1)
-- planned each time, for its values
select
  total
from
  (
    with
      link_count as materialized (
        select
          count(*) < 5000 as has_few
        from
          (
            select
            from
              (
                select
                  article_id,
                  category_id as target_id,
                  listed_at
                from
                  article_categories
              ) as link
            where
              link.target_id in (
                select
                  ($1::bigint[]) [1]
              )
            limit
              5000
          ) as counted_links
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
              category_id as target_id,
              listed_at
            from
              article_categories
          ) as link
        where
          link.target_id in (
            select
              ($2::bigint[]) [1]
          )
          and (
            select
              has_few
            from
              link_count
          )
          and ((link.listed_at <= now()))
          and case
            when (
              link.article_id in (
                select
                  article_id
                from
                  search_backlog
              )
            ) is true then (
              select
                article_document (source.title, source.excerpt, source.content)
              from
                articles as source
              where
                source.id = link.article_id
            )
            else (
              select
                text.document
              from
                article_search as text
              where
                text.article_id = link.article_id
            )
          end @@ (
            select
              search_query ($3::text[], $4::text[], $5::integer[])
          )
        union all
        select distinct
          link.article_id as id
        from
          (
            select
              article_id,
              category_id as target_id,
              listed_at
            from
              article_categories
          ) as link
        where
          link.target_id in (
            select
              ($6::bigint[]) [1]
          )
          and not (
            select
              has_few
            from
              link_count
          )
          and (
            link.article_id in (
              select
                text.article_id
              from
                article_search as text
              where
                text.document @@ (
                  select
                    search_query ($7::text[], $8::text[], $9::integer[])
                )
                and not (
                  text.article_id in (
                    select
                      article_id
                    from
                      search_backlog
                  )
                ) is true
                and true
              union all
              select
                source.id
              from
                (
                  select distinct
                    article_id
                  from
                    search_backlog
                ) as backlog
                cross join lateral (
                  select
                    *
                  from
                    articles
                  where
                    id = backlog.article_id
                  offset
                    0
                ) as source
              where
                article_document (source.title, source.excerpt, source.content) @@ (
                  select
                    search_query ($10::text[], $11::text[], $12::integer[])
                )
                and true
            )
          ) is true
          and ((link.listed_at <= now()))
      ) as matching
  ) as counted;

-- findRankCutoff: sample, then GIN index (q=bread&sort=relevance)
-- prepared as rank_cutoff_articles_0
select
  rank_cutoff::text
from
  (
    with
      sample as materialized (
        select
          count(*) < 500
          or bool_and(is_match) as is_decisive
        from
          (
            select
              case
                when (
                  articles.id in (
                    select
                      article_id
                    from
                      search_backlog
                  )
                ) is true then (
                  select
                    article_document (source.title, source.excerpt, source.content)
                  from
                    articles as source
                  where
                    source.id = articles.id
                )
                else (
                  select
                    text.document
                  from
                    article_search as text
                  where
                    text.article_id = articles.id
                )
              end @@ (
                select
                  search_query ($1::text[], $2::text[], $3::integer[])
              ) as is_match
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
      term_matches as materialized (
        select
          text.article_id
        from
          article_search as text
        where
          text.document @@ (
            select
              search_query ($4::text[], $5::text[], $6::integer[])
          )
          and not (
            text.article_id in (
              select
                article_id
              from
                search_backlog
            )
          ) is true
          and not (
            select
              is_decisive
            from
              sample
          )
        union all
        select
          source.id
        from
          (
            select distinct
              article_id
            from
              search_backlog
          ) as backlog
          cross join lateral (
            select
              *
            from
              articles
            where
              id = backlog.article_id
            offset
              0
          ) as source
        where
          article_document (source.title, source.excerpt, source.content) @@ (
            select
              search_query ($7::text[], $8::text[], $9::integer[])
          )
          and not (
            select
              is_decisive
            from
              sample
          )
        limit
          10000 + 1
      ),
      term_frequency as materialized (
        select
          count(*) > 10000 as is_common
        from
          term_matches
      )
    select
      case
        when (
          select
            is_decisive
          from
            sample
        )
        or (
          select
            is_common
          from
            term_frequency
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
      end as rank_cutoff
  ) as cutoff;

-- countRanked: matches above the rank cutoff (q=bread&sort=relevance)
-- prepared as ranked_count_articles_0
select
  count
from
  (
    with
      ranked as materialized (
        select
          articles.id,
          ts_rank(
            case
              when (
                "articles"."id" in (
                  select
                    article_id
                  from
                    search_backlog
                )
              ) is true then (
                select
                  article_document (source.title, source.excerpt, source.content)
                from
                  articles as source
                where
                  source.id = "articles"."id"
              )
              else (
                select
                  text.document
                from
                  article_search as text
                where
                  text.article_id = "articles"."id"
              )
            end,
            (
              select
                search_query ($1::text[], $2::text[], $3::integer[])
            )
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
              and articles.listed_at >= greatest($4::timestamptz)
            order by
              articles.listed_at desc,
              articles.id desc
            limit
              20000
          ) as articles
        where
          true
          and case
            when (
              articles.id in (
                select
                  article_id
                from
                  search_backlog
              )
            ) is true then (
              select
                article_document (source.title, source.excerpt, source.content)
              from
                articles as source
              where
                source.id = articles.id
            )
            else (
              select
                text.document
              from
                article_search as text
              where
                text.article_id = articles.id
            )
          end @@ (
            select
              search_query ($5::text[], $6::text[], $7::integer[])
          )
      )
    select
      count(*) as count
    from
      ranked
  ) as counted;

-- listFacets: stored counts (no filter)
-- prepared as facet_articles_0
select
  "categories"."id",
  "categories"."name",
  "categories"."slug",
  facet.count
from
  (
    select
      id as category_id,
      coalesce(stored.direct, 0) + coalesce(due.direct, 0) as count
    from
      categories
      left join category_counts as stored on stored.category_id = id
      left join (
        select
          category_id,
          sum(direct) as direct
        from
          category_count_deltas
        where
          effective_at <= now()
        group by
          category_id
      ) as due on due.category_id = id
    where
      coalesce(stored.direct, 0) + coalesce(due.direct, 0) > 0
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

-- listFacets: counted from links (author=1)
-- prepared as facet_articles_1
select
  "categories"."id",
  "categories"."name",
  "categories"."slug",
  facet.count
from
  (
    with
      any_authors as materialized (
        select
          id
        from
          "authors"
        where
          id = any ($1::bigint[])
        union
        select
          id
        from
          "authors"
        where
          slug = any ($2::text[])
        union
        select
          author_id as id
        from
          old_slugs
        where
          type = 'author'
          and slug = any ($3::text[])
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
              author_id as target_id,
              listed_at
            from
              article_authors
          ) as link
        where
          link.target_id in (
            select
              id
            from
              any_authors
          )
          and true
          and ((link.listed_at <= now()))
      ) as matching
      join article_categories as probe on probe.article_id = matching.id
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
