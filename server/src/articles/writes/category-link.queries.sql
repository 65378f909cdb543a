-- Written by `npm run generate` from category-link.queries.ts.

-- insertArticleCategory({ id: 1, expectedVersions: undefined, scope: { canWriteAll: true, isLimitedToDrafts: false, ownerId: null, allowedCategoryIds: null, actor: { via: 'command', accountId: null, tokenId: null, address: null, command: 'rubric' } } },
  2,
  1000)
-- prepared as insert_article_category
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
  "inserted_link" as (
    insert into
      article_categories (article_id, category_id, position, listed_at)
    select
      allowed.id,
      $11::bigint,
      (
        select
          coalesce(max(position), 0) + 1
        from
          article_categories
        where
          article_id = allowed.id
      ),
      allowed.listed_at
    from
      allowed
    where
      not (
        not exists (
          select
          from
            article_categories as link
          where
            link.article_id = $12
            and link.category_id = $13::bigint
        )
        and (
          select
            count(*)
          from
            article_categories as link
          where
            link.article_id = $14
        ) >= $15::int
        and exists (
          select
          from
            categories
          where
            categories.id = $16::bigint
        )
      )
    on conflict do nothing
  )
select
  "version",
  (
    select
      version
    from
      snapshot
  ),
  (
    not exists (
      select
      from
        article_categories as link
      where
        link.article_id = $17
        and link.category_id = $18::bigint
    )
    and (
      select
        count(*)
      from
        article_categories as link
      where
        link.article_id = $19
    ) >= $20::int
    and exists (
      select
      from
        categories
      where
        categories.id = $21::bigint
    )
  )
from
  "locked"
where
  set_config('rubric.actor', $22, true) is not null;

-- deleteArticleCategory({ id: 1, expectedVersions: undefined, scope: { canWriteAll: true, isLimitedToDrafts: false, ownerId: null, allowedCategoryIds: null, actor: { via: 'command', accountId: null, tokenId: null, address: null, command: 'rubric' } } },
  2)
-- prepared as delete_article_category
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
  "deleted_link" as (
    delete from article_categories
    where
      article_id in (
        select
          id
        from
          allowed
      )
      and category_id = $11::bigint
      and not (
        $12::bigint[] is not null
        and not exists (
          select
          from
            article_categories as other_link
          where
            other_link.article_id = $13
            and other_link.category_id <> $14::bigint
        )
      )
  )
select
  "version",
  (
    select
      version
    from
      snapshot
  ),
  (
    $15::bigint[] is not null
    and not exists (
      select
      from
        article_categories as other_link
      where
        other_link.article_id = $16
        and other_link.category_id <> $17::bigint
    )
  )
from
  "locked"
where
  set_config('rubric.actor', $18, true) is not null;
