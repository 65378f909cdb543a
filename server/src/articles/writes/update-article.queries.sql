-- Written by `npm run generate` from update-article.queries.ts.

-- updateArticle: title alone
-- prepared as update_article_1
with
  "snapshot" as (
    select
      "version"
    from
      "articles"
    where
      "articles"."id" = $1
  ),
  "locked" as (
    select
      "id",
      "version",
      "listed_at"
    from
      "articles"
    where
      (
        ("articles"."id" = $2)
        and (("articles"."deleted_at" is null))
        and (
          (
            $3::boolean
            or "articles"."owner_id" = $4::bigint
            and (
              not $5::boolean
              or "articles"."published_at" is null
            )
          )
          and (
            $6::bigint[] is null
            or exists (
              select
              from
                article_categories as link
              where
                link.article_id = "articles"."id"
                and link.category_id = any ($7::bigint[])
            )
            and not exists (
              select
              from
                article_categories as link
              where
                link.article_id = "articles"."id"
                and link.category_id <> all ($8::bigint[])
            )
          )
        )
      )
    for no key update
  ),
  "allowed" as (
    select
      locked.id,
      locked.listed_at
    from
      locked
      join snapshot on snapshot.version = locked.version
    where
      $9::int[] is null
      or locked.version = any ($10::int[])
  ),
  "updated_article" as (
    update "articles"
    set
      "title" = $11
    where
      (
        (
          "articles"."id" in (
            select
              id
            from
              allowed
          )
        )
        and ("articles"."title" is distinct from $12)
      )
    returning
      "id",
      "listed_at"
  ),
  "current_article" as (
    select
      allowed.id,
      coalesce(updated_article.listed_at, allowed.listed_at) as listed_at
    from
      allowed
      left join updated_article on true
  )
select
  "version",
  (
    select
      version
    from
      snapshot
  )
from
  "locked"
where
  set_config('rubric.actor', $13, true) is not null;

-- updateArticle: categoryIds alone
-- prepared as update_article_64
with
  "snapshot" as (
    select
      "version"
    from
      "articles"
    where
      "articles"."id" = $1
  ),
  "locked" as (
    select
      "id",
      "version",
      "listed_at"
    from
      "articles"
    where
      (
        ("articles"."id" = $2)
        and (("articles"."deleted_at" is null))
        and (
          (
            $3::boolean
            or "articles"."owner_id" = $4::bigint
            and (
              not $5::boolean
              or "articles"."published_at" is null
            )
          )
          and (
            $6::bigint[] is null
            or exists (
              select
              from
                article_categories as link
              where
                link.article_id = "articles"."id"
                and link.category_id = any ($7::bigint[])
            )
            and not exists (
              select
              from
                article_categories as link
              where
                link.article_id = "articles"."id"
                and link.category_id <> all ($8::bigint[])
            )
          )
        )
      )
    for no key update
  ),
  "allowed" as (
    select
      locked.id,
      locked.listed_at
    from
      locked
      join snapshot on snapshot.version = locked.version
    where
      $9::int[] is null
      or locked.version = any ($10::int[])
  ),
  "current_article" as (
    select
      *
    from
      allowed
  ),
  "deleted_article_categories" as (
    delete from "article_categories"
    where
      article_id in (
        select
          id
        from
          current_article
      )
      and "category_id" <> all ($11::bigint[])
  ),
  "upserted_article_categories" as (
    insert into
      "article_categories" (article_id, "category_id", position, listed_at)
    select
      article_id,
      id,
      new_position,
      listed_at
    from
      (
        select
          current_article.id as article_id,
          current_article.listed_at,
          requested.id,
          link.position as old_position,
          requested.position + greatest(
            0,
            max(link.position - requested.position) filter (
              where
                link.position <= 1000000
            ) over (
              order by
                requested.position
            )
          ) as new_position
        from
          current_article
          cross join unnest($12::bigint[]) with ordinality as requested (id, position)
          left join "article_categories" as link on link.article_id = current_article.id
          and link."category_id" = requested.id
      ) as placed
    where
      new_position is distinct from old_position
    on conflict (article_id, "category_id") do update
    set
      position = excluded.position
  )
select
  "version",
  (
    select
      version
    from
      snapshot
  )
from
  "locked"
where
  set_config('rubric.actor', $13, true) is not null;

-- updateArticle: title, publishedAt, categoryIds and authorIds
-- prepared as update_article_225
with
  "snapshot" as (
    select
      "version"
    from
      "articles"
    where
      "articles"."id" = $1
  ),
  "locked" as (
    select
      "id",
      "version",
      "listed_at"
    from
      "articles"
    where
      (
        ("articles"."id" = $2)
        and (("articles"."deleted_at" is null))
        and (
          (
            $3::boolean
            or "articles"."owner_id" = $4::bigint
            and (
              not $5::boolean
              or "articles"."published_at" is null
            )
          )
          and (
            $6::bigint[] is null
            or exists (
              select
              from
                article_categories as link
              where
                link.article_id = "articles"."id"
                and link.category_id = any ($7::bigint[])
            )
            and not exists (
              select
              from
                article_categories as link
              where
                link.article_id = "articles"."id"
                and link.category_id <> all ($8::bigint[])
            )
          )
        )
      )
    for no key update
  ),
  "allowed" as (
    select
      locked.id,
      locked.listed_at
    from
      locked
      join snapshot on snapshot.version = locked.version
    where
      $9::int[] is null
      or locked.version = any ($10::int[])
  ),
  "updated_article" as (
    update "articles"
    set
      "title" = $11,
      "published_at" = $12
    where
      (
        (
          "articles"."id" in (
            select
              id
            from
              allowed
          )
        )
        and (
          (
            ("articles"."published_at" is distinct from $13)
            or ("articles"."title" is distinct from $14)
          )
        )
      )
    returning
      "id",
      "listed_at"
  ),
  "current_article" as (
    select
      allowed.id,
      coalesce(updated_article.listed_at, allowed.listed_at) as listed_at
    from
      allowed
      left join updated_article on true
  ),
  "deleted_article_categories" as (
    delete from "article_categories"
    where
      article_id in (
        select
          id
        from
          current_article
      )
      and "category_id" <> all ($15::bigint[])
  ),
  "upserted_article_categories" as (
    insert into
      "article_categories" (article_id, "category_id", position, listed_at)
    select
      article_id,
      id,
      new_position,
      listed_at
    from
      (
        select
          current_article.id as article_id,
          current_article.listed_at,
          requested.id,
          link.position as old_position,
          requested.position + greatest(
            0,
            max(link.position - requested.position) filter (
              where
                link.position <= 1000000
            ) over (
              order by
                requested.position
            )
          ) as new_position
        from
          current_article
          cross join unnest($16::bigint[]) with ordinality as requested (id, position)
          left join "article_categories" as link on link.article_id = current_article.id
          and link."category_id" = requested.id
      ) as placed
    where
      new_position is distinct from old_position
    on conflict (article_id, "category_id") do update
    set
      position = excluded.position
  ),
  "deleted_article_authors" as (
    delete from "article_authors"
    where
      article_id in (
        select
          id
        from
          current_article
      )
      and "author_id" <> all ($17::bigint[])
  ),
  "upserted_article_authors" as (
    insert into
      "article_authors" (article_id, "author_id", position, listed_at)
    select
      article_id,
      id,
      new_position,
      listed_at
    from
      (
        select
          current_article.id as article_id,
          current_article.listed_at,
          requested.id,
          link.position as old_position,
          requested.position + greatest(
            0,
            max(link.position - requested.position) filter (
              where
                link.position <= 1000000
            ) over (
              order by
                requested.position
            )
          ) as new_position
        from
          current_article
          cross join unnest($18::bigint[]) with ordinality as requested (id, position)
          left join "article_authors" as link on link.article_id = current_article.id
          and link."author_id" = requested.id
      ) as placed
    where
      new_position is distinct from old_position
    on conflict (article_id, "author_id") do update
    set
      position = excluded.position
  )
select
  "version",
  (
    select
      version
    from
      snapshot
  )
from
  "locked"
where
  set_config('rubric.actor', $19, true) is not null;
