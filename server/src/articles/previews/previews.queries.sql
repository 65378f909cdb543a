-- Written by `npm run generate` from previews.queries.ts.

-- findPreviewedArticle(<Buffer 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00>)
-- prepared as previewed_article
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
    "d0"."listed_at" <= now()
    and exists (
      select
      from
        article_drafts as draft
      where
        draft.article_id = "d0"."id"
    )
  ) as "isDraftShown",
  "categories"."r" as "categories",
  "authors"."r" as "authors"
from
  (
    select
      "d0".*
    from
      "articles" as "d0"
    where
      "d0"."deleted_at" is null
      and "d0"."id" = (
        select
          preview.article_id
        from
          article_previews as preview
        where
          preview.hash = $1::bytea
          and preview.expires_at > now()
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
  $2;

-- insertPreview(1, { canWriteAll: true, isLimitedToDrafts: false, ownerId: null, allowedCategoryIds: null, actor: { via: 'command', accountId: null, tokenId: null, address: null, command: 'rubric' } }, { hash: <Buffer 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00>, expiresAt: 1970-01-01T00:00:00.000Z })
-- prepared as insert_preview
with
  "article" as (
    select
      "id"
    from
      "articles"
    where
      (
        ("articles"."id" = $1)
        and (("articles"."deleted_at" is null))
        and (
          (
            $2::boolean
            or "articles"."owner_id" = $3::bigint
            and (
              not $4::boolean
              or "articles"."published_at" is null
            )
          )
          and (
            $5::bigint[] is null
            or exists (
              select
              from
                article_categories as link
              where
                link.article_id = "articles"."id"
                and link.category_id = any ($6::bigint[])
            )
            and not exists (
              select
              from
                article_categories as link
              where
                link.article_id = "articles"."id"
                and link.category_id <> all ($7::bigint[])
            )
          )
        )
      )
    for key share
  ),
  "inserted_preview" as (
    insert into
      article_previews (article_id, hash, expires_at)
    select
      article.id,
      $8::bytea,
      $9::timestamptz
    from
      article
    returning
      id
  )
select
  inserted_preview.id
from
  "inserted_preview"
where
  set_config('rubric.actor', $10, true) is not null;

-- listPreviews(1, { canReadAll: true, ownerId: null, allowedCategoryIds: null, seesWorkingDrafts: true })
-- prepared as previews_of_article
select
  "article_previews"."id",
  "article_previews"."created_at",
  "article_previews"."expires_at"
from
  "articles"
  left join "article_previews" on (
    ("article_previews"."article_id" = "articles"."id")
    and ("article_previews"."expires_at" > now())
  )
where
  (
    ("articles"."id" = $1)
    and (("articles"."deleted_at" is null))
    and (
      (
        $2::boolean
        or "articles"."owner_id" = $3::bigint
      )
      and (
        $4::bigint[] is null
        or exists (
          select
          from
            article_categories as link
          where
            link.article_id = "articles"."id"
            and link.category_id = any ($5::bigint[])
        )
      )
    )
  )
order by
  "article_previews"."id" desc;

-- deletePreview(1, 2, { canWriteAll: true, isLimitedToDrafts: false, ownerId: null, allowedCategoryIds: null, actor: { via: 'command', accountId: null, tokenId: null, address: null, command: 'rubric' } })
-- prepared as delete_preview
delete from "article_previews"
where
  (
    ("article_previews"."id" = $1)
    and ("article_previews"."article_id" = $2)
    and ("article_previews"."expires_at" > now())
    and (
      exists (
        (
          select
            "id"
          from
            "articles"
          where
            (
              ("articles"."id" = $3)
              and (("articles"."deleted_at" is null))
              and (
                (
                  $4::boolean
                  or "articles"."owner_id" = $5::bigint
                  and (
                    not $6::boolean
                    or "articles"."published_at" is null
                  )
                )
                and (
                  $7::bigint[] is null
                  or exists (
                    select
                    from
                      article_categories as link
                    where
                      link.article_id = "articles"."id"
                      and link.category_id = any ($8::bigint[])
                  )
                  and not exists (
                    select
                    from
                      article_categories as link
                    where
                      link.article_id = "articles"."id"
                      and link.category_id <> all ($9::bigint[])
                  )
                )
              )
            )
        )
      )
    )
    and (set_config('rubric.actor', $10, true) is not null)
  )
returning
  "id";
