-- Written by `npm run generate` from save-draft.queries.ts.

-- updateDraft: an autosave of text
-- prepared as update_draft_9
update "article_drafts"
set
  "version" = article_drafts.version + (
    article_drafts.title is distinct from save.title
    or article_drafts.content is distinct from save.content
  )::int,
  "updated_at" = date_trunc('milliseconds', now()),
  "account_id" = $1,
  "token_id" = $2,
  "command" = $3,
  "title" = save.title,
  "content" = save.content
from
  articles
  cross join (
    select
      $4::bigint as id,
      $5::int[] as expected_versions,
      $6::text as title,
      $7::text as content
  ) as save
where
  (
    (
      article_drafts.article_id = save.id
      and articles.id = save.id
      and articles.listed_at <= now()
    )
    and (
      (
        $8::boolean
        or articles.owner_id = $9::bigint
        and (
          not $10::boolean
          or articles.published_at is null
        )
      )
      and (
        $11::bigint[] is null
        or exists (
          select
          from
            article_categories as link
          where
            link.article_id = articles.id
            and link.category_id = any ($12::bigint[])
        )
        and not exists (
          select
          from
            article_categories as link
          where
            link.article_id = articles.id
            and link.category_id <> all ($13::bigint[])
        )
      )
    )
    and (
      (
        save.expected_versions is null
        or article_drafts.version = any (save.expected_versions)
      )
    )
  )
returning
  articles.id,
  case
    when articles.deleted_at is not null then 'trashed'
    when articles.published_at is null then 'draft'
    when articles.published_at > now() then 'scheduled'
    else 'published'
  end,
  articles.published_at,
  articles.created_at,
  article_drafts.version,
  article_drafts.base_version,
  articles.version,
  article_drafts.updated_at,
  article_drafts.account_id,
  (
    select
      name
    from
      accounts
    where
      accounts.id = article_drafts.account_id
  ),
  article_drafts.token_id,
  (
    select
      name
    from
      api_tokens
    where
      api_tokens.id = article_drafts.token_id
  ),
  article_drafts.command,
  null,
  article_drafts.slug,
  article_drafts.excerpt,
  null,
  article_drafts.content_format,
  article_drafts.category_ids::text,
  article_drafts.author_ids::text,
  (
    select
      epoch
    from
      name_epoch
  );

-- updateDraft: a slug and links, which are checked
-- prepared as update_draft_34
update "article_drafts"
set
  "version" = article_drafts.version + (
    article_drafts.slug is distinct from save.slug
    or article_drafts.category_ids is distinct from save.category_ids
  )::int,
  "updated_at" = date_trunc('milliseconds', now()),
  "account_id" = $1,
  "token_id" = $2,
  "command" = $3,
  "slug" = save.slug,
  "category_ids" = save.category_ids
from
  articles
  cross join (
    select
      $4::bigint as id,
      $5::int[] as expected_versions,
      $6::text as slug,
      $7::bigint[] as category_ids
  ) as save
where
  (
    (
      article_drafts.article_id = save.id
      and articles.id = save.id
      and articles.listed_at <= now()
    )
    and (
      (
        $8::boolean
        or articles.owner_id = $9::bigint
        and (
          not $10::boolean
          or articles.published_at is null
        )
      )
      and (
        $11::bigint[] is null
        or exists (
          select
          from
            article_categories as link
          where
            link.article_id = articles.id
            and link.category_id = any ($12::bigint[])
        )
        and not exists (
          select
          from
            article_categories as link
          where
            link.article_id = articles.id
            and link.category_id <> all ($13::bigint[])
        )
      )
    )
    and (
      (
        save.expected_versions is null
        or article_drafts.version = any (save.expected_versions)
      )
    )
    and (
      not exists (
        select
        from
          unnest(save.category_ids) as requested (id)
        where
          requested.id <> all (article_drafts.category_ids)
          and not exists (
            select
            from
              categories as target
            where
              target.id = requested.id
          )
      )
    )
    and (
      (
        save.slug = article_drafts.slug
        or not exists (
          select
          from
            articles as other
          where
            other.slug = save.slug
            and other.deleted_at is null
            and other.id <> save.id
        )
      )
    )
  )
returning
  articles.id,
  case
    when articles.deleted_at is not null then 'trashed'
    when articles.published_at is null then 'draft'
    when articles.published_at > now() then 'scheduled'
    else 'published'
  end,
  articles.published_at,
  articles.created_at,
  article_drafts.version,
  article_drafts.base_version,
  articles.version,
  article_drafts.updated_at,
  article_drafts.account_id,
  (
    select
      name
    from
      accounts
    where
      accounts.id = article_drafts.account_id
  ),
  article_drafts.token_id,
  (
    select
      name
    from
      api_tokens
    where
      api_tokens.id = article_drafts.token_id
  ),
  article_drafts.command,
  article_drafts.title,
  null,
  article_drafts.excerpt,
  article_drafts.content,
  article_drafts.content_format,
  article_drafts.category_ids::text,
  article_drafts.author_ids::text,
  (
    select
      epoch
    from
      name_epoch
  );

-- insertDraft: a slug and links, which are checked
-- prepared as insert_draft_34
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
  "inserted_draft" as (
    insert into
      article_drafts (
        article_id,
        version,
        base_version,
        account_id,
        token_id,
        command,
        title,
        slug,
        excerpt,
        content,
        content_format,
        category_ids,
        author_ids
      )
    select
      articles.id,
      articles.version + 1,
      articles.version,
      $11::bigint,
      $12::bigint,
      $13::text,
      articles.title,
      save.slug,
      articles.excerpt,
      articles.content,
      articles.content_format,
      save.category_ids,
      array(
        select
          author_id
        from
          article_authors as link
        where
          link.article_id = articles.id
        order by
          position,
          author_id
      )
    from
      allowed
      join articles on articles.id = allowed.id
      cross join (
        select
          $14::bigint as id,
          $15::int[] as expected_versions,
          $16::text as slug,
          $17::bigint[] as category_ids
      ) as save
    where
      allowed.listed_at <= now()
      and not exists (
        select
        from
          unnest(save.category_ids) as requested (id)
        where
          requested.id <> all ('{}'::bigint[])
          and not exists (
            select
            from
              categories as target
            where
              target.id = requested.id
          )
      )
      and not exists (
        select
        from
          articles as other
        where
          other.slug = save.slug
          and other.deleted_at is null
          and other.id <> save.id
      )
    on conflict do nothing
    returning
      *
  )
select
  articles.id,
  case
    when articles.deleted_at is not null then 'trashed'
    when articles.published_at is null then 'draft'
    when articles.published_at > now() then 'scheduled'
    else 'published'
  end,
  articles.published_at,
  articles.created_at,
  article_drafts.version,
  article_drafts.base_version,
  articles.version,
  article_drafts.updated_at,
  article_drafts.account_id,
  (
    select
      name
    from
      accounts
    where
      accounts.id = article_drafts.account_id
  ),
  article_drafts.token_id,
  (
    select
      name
    from
      api_tokens
    where
      api_tokens.id = article_drafts.token_id
  ),
  article_drafts.command,
  article_drafts.title,
  null,
  article_drafts.excerpt,
  article_drafts.content,
  article_drafts.content_format,
  article_drafts.category_ids::text,
  article_drafts.author_ids::text,
  (
    select
      epoch
    from
      name_epoch
  )
from
  inserted_draft as article_drafts
  inner join "articles" on articles.id = article_drafts.article_id;

-- findDraftState({ id: 1, expectedVersions: [ 6 ], scope: { canWriteAll: true, isLimitedToDrafts: false, ownerId: null, allowedCategoryIds: null, actor: { via: 'command', accountId: null, tokenId: null, address: null, command: 'rubric' } } },
  undefined)
-- prepared as draft_state
select
  "articles"."version",
  "articles"."listed_at" <= now(),
  "article_drafts"."version",
  "article_drafts"."slug",
  "article_drafts"."category_ids",
  "article_drafts"."author_ids",
  exists (
    select
    from
      articles as other
    where
      other.slug = $1::text
      and other.deleted_at is null
      and other.id <> "articles"."id"
  )
from
  "articles"
  left join "article_drafts" on "article_drafts"."article_id" = "articles"."id"
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
  );
