-- Written by `npm run generate` from trash-article.queries.ts.

-- findArticleState(1, { canWriteAll: true, isLimitedToDrafts: false, ownerId: null, allowedCategoryIds: null, actor: { via: 'command', accountId: null, tokenId: null, address: null, command: 'rubric' } })
-- prepared as article_state
select
  "version",
  "slug",
  "deleted_at"
from
  "articles"
where
  (
    ("articles"."id" = $1)
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
  );

-- updateArticleTrashed({ id: 1, expectedVersions: undefined, scope: { canWriteAll: true, isLimitedToDrafts: false, ownerId: null, allowedCategoryIds: null, actor: { via: 'command', accountId: null, tokenId: null, address: null, command: 'rubric' } } })
-- prepared as trash_article
update "articles"
set
  "deleted_at" = now()
where
  (
    ("articles"."id" = $1)
    and (
      (
        $2::int[] is null
        or "articles"."version" = any ($3::int[])
      )
    )
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
    and (("articles"."deleted_at" is null))
    and (set_config('rubric.actor', $10, true) is not null)
  )
returning
  "id";

-- updateArticleRestored({ id: 1, expectedVersions: undefined, scope: { canWriteAll: true, isLimitedToDrafts: false, ownerId: null, allowedCategoryIds: null, actor: { via: 'command', accountId: null, tokenId: null, address: null, command: 'rubric' } } },
  'bread-2')
-- prepared as restore_article
update "articles"
set
  "slug" = coalesce($1, "articles"."slug"),
  "deleted_at" = $2
where
  (
    ("articles"."id" = $3)
    and (
      (
        $4::int[] is null
        or "articles"."version" = any ($5::int[])
      )
    )
    and (
      (
        $6::boolean
        or "articles"."owner_id" = $7::bigint
        and (
          not $8::boolean
          or "articles"."published_at" is null
        )
      )
      and (
        $9::bigint[] is null
        or exists (
          select
          from
            article_categories as link
          where
            link.article_id = "articles"."id"
            and link.category_id = any ($10::bigint[])
        )
        and not exists (
          select
          from
            article_categories as link
          where
            link.article_id = "articles"."id"
            and link.category_id <> all ($11::bigint[])
        )
      )
    )
    and (("articles"."deleted_at" is not null))
    and (set_config('rubric.actor', $12, true) is not null)
  )
returning
  "id";

-- deleteArticle({ id: 1, expectedVersions: undefined, scope: { canWriteAll: true, isLimitedToDrafts: false, ownerId: null, allowedCategoryIds: null, actor: { via: 'command', accountId: null, tokenId: null, address: null, command: 'rubric' } } })
-- prepared as delete_article
delete from "articles"
where
  (
    ("articles"."id" = $1)
    and (
      (
        $2::int[] is null
        or "articles"."version" = any ($3::int[])
      )
    )
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
    and (set_config('rubric.actor', $10, true) is not null)
  )
returning
  "id";
