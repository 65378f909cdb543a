-- Written by `npm run generate` from save-draft.queries.ts.

-- updateDraft({ id: 1, expectedVersions: [ 6 ], scope: { canWriteAll: true, isLimitedToDrafts: false, ownerId: null, allowedCategoryIds: null, actor: { via: 'command', accountId: null, tokenId: null, address: null, command: 'rubric' } } },
  { columns: { title: 'Rye' }, links: { categoryIds: [ '3' ] } })
-- prepared as update_draft
with
  "saved_draft" as (
    update article_drafts as draft
    set
      version = draft.version + (
        'title' = any (save.saved)
        and draft.title is distinct from save.title
        or 'slug' = any (save.saved)
        and draft.slug is distinct from save.slug
        or 'excerpt' = any (save.saved)
        and draft.excerpt is distinct from save.excerpt
        or 'content' = any (save.saved)
        and draft.content is distinct from save.content
        or 'contentFormat' = any (save.saved)
        and draft.content_format is distinct from save.content_format
        or 'categoryIds' = any (save.saved)
        and draft.category_ids is distinct from save.category_ids
        or 'authorIds' = any (save.saved)
        and draft.author_ids is distinct from save.author_ids
      )::int,
      updated_at = date_trunc('milliseconds', now()),
      account_id = save.account_id,
      token_id = save.token_id,
      command = save.command,
      title = case
        when 'title' = any (save.saved) then save.title
        else draft.title
      end,
      slug = case
        when 'slug' = any (save.saved) then save.slug
        else draft.slug
      end,
      excerpt = case
        when 'excerpt' = any (save.saved) then save.excerpt
        else draft.excerpt
      end,
      content = case
        when 'content' = any (save.saved) then save.content
        else draft.content
      end,
      content_format = case
        when 'contentFormat' = any (save.saved) then save.content_format
        else draft.content_format
      end,
      category_ids = case
        when 'categoryIds' = any (save.saved) then save.category_ids
        else draft.category_ids
      end,
      author_ids = case
        when 'authorIds' = any (save.saved) then save.author_ids
        else draft.author_ids
      end
    from
      articles
      cross join (
        select
          $1::bigint as id,
          $2::text[] as saved,
          $3::int[] as expected_versions,
          $4::bigint as account_id,
          $5::bigint as token_id,
          $6::text as command,
          $7::text as title,
          $8::text as slug,
          $9::text as excerpt,
          $10::text as content,
          $11::text as content_format,
          $12::bigint[] as category_ids,
          $13::bigint[] as author_ids
      ) as save
    where
      draft.article_id = save.id
      and articles.id = save.id
      and articles.listed_at <= now()
      and (
        $14::boolean
        or articles.owner_id = $15::bigint
        and (
          not $16::boolean
          or articles.published_at is null
        )
      )
      and (
        $17::bigint[] is null
        or exists (
          select
          from
            article_categories as link
          where
            link.article_id = articles.id
            and link.category_id = any ($18::bigint[])
        )
        and not exists (
          select
          from
            article_categories as link
          where
            link.article_id = articles.id
            and link.category_id <> all ($19::bigint[])
        )
      )
      and (
        save.expected_versions is null
        or draft.version = any (save.expected_versions)
      )
      and not exists (
        select
        from
          unnest(save.category_ids) as requested (id)
        where
          requested.id <> all (draft.category_ids)
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
          unnest(save.author_ids) as requested (id)
        where
          requested.id <> all (draft.author_ids)
          and not exists (
            select
            from
              authors as target
            where
              target.id = requested.id
          )
      )
      and (
        save.slug is null
        or save.slug = draft.slug
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
    returning
      draft.*
  )
select
  "articles"."id",
  case
    when "articles"."deleted_at" is not null then 'trashed'
    when "articles"."published_at" is null then 'draft'
    when "articles"."published_at" > now() then 'scheduled'
    else 'published'
  end,
  "articles"."published_at",
  "articles"."created_at",
  article_drafts.version,
  article_drafts.base_version,
  article_drafts.updated_at,
  article_drafts.account_id,
  "accounts"."name",
  article_drafts.token_id,
  "api_tokens"."name",
  article_drafts.command,
  case
    when not 'title' = any (save.saved) then article_drafts.title
  end,
  case
    when not 'slug' = any (save.saved) then article_drafts.slug
  end,
  case
    when not 'excerpt' = any (save.saved) then article_drafts.excerpt
  end,
  case
    when not 'content' = any (save.saved) then article_drafts.content
  end,
  case
    when not 'contentFormat' = any (save.saved) then article_drafts.content_format
  end,
  (
    select
      coalesce(
        json_agg(
          json_build_object(
            'id',
            linked.id,
            'name',
            coalesce(target.name, called.name),
            'slug',
            coalesce(target.slug, called.slug),
            'isGone',
            target.id is null
          )
          order by
            linked.position
        ),
        '[]'
      )
    from
      unnest(article_drafts.category_ids) with ordinality as linked (id, position)
      left join categories as target on target.id = linked.id
      left join lateral (
        select
          name,
          slug
        from
          row_names
        where
          type = 'category'
          and row_names.id = linked.id
        order by
          valid_from desc
        limit
          1
      ) as called on target.id is null
  ),
  (
    select
      coalesce(
        json_agg(
          json_build_object(
            'id',
            linked.id,
            'name',
            coalesce(target.name, called.name),
            'slug',
            coalesce(target.slug, called.slug),
            'isGone',
            target.id is null
          )
          order by
            linked.position
        ),
        '[]'
      )
    from
      unnest(article_drafts.author_ids) with ordinality as linked (id, position)
      left join authors as target on target.id = linked.id
      left join lateral (
        select
          name,
          slug
        from
          row_names
        where
          type = 'author'
          and row_names.id = linked.id
        order by
          valid_from desc
        limit
          1
      ) as called on target.id is null
  )
from
  saved_draft as article_drafts
  cross join (
    select
      $20::text[] as saved
  ) as save
  inner join "articles" on "articles"."id" = article_drafts.article_id
  left join "accounts" on "accounts"."id" = article_drafts.account_id
  left join "api_tokens" on "api_tokens"."id" = article_drafts.token_id;

-- insertDraft({ id: 1, expectedVersions: [ 6 ], scope: { canWriteAll: true, isLimitedToDrafts: false, ownerId: null, allowedCategoryIds: null, actor: { via: 'command', accountId: null, tokenId: null, address: null, command: 'rubric' } } },
  { columns: { title: 'Rye' }, links: { categoryIds: [ '3' ] } })
-- prepared as insert_draft
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
  "saved_draft" as (
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
      save.account_id,
      save.token_id,
      save.command,
      case
        when 'title' = any (save.saved) then save.title
        else articles.title
      end,
      case
        when 'slug' = any (save.saved) then save.slug
        else articles.slug
      end,
      case
        when 'excerpt' = any (save.saved) then save.excerpt
        else articles.excerpt
      end,
      case
        when 'content' = any (save.saved) then save.content
        else articles.content
      end,
      case
        when 'contentFormat' = any (save.saved) then save.content_format
        else articles.content_format
      end,
      case
        when 'categoryIds' = any (save.saved) then save.category_ids
        else array(
          select
            category_id
          from
            article_categories as link
          where
            link.article_id = articles.id
          order by
            position,
            category_id
        )
      end,
      case
        when 'authorIds' = any (save.saved) then save.author_ids
        else array(
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
      end
    from
      allowed
      join articles on articles.id = allowed.id
      cross join (
        select
          $11::bigint as id,
          $12::text[] as saved,
          $13::int[] as expected_versions,
          $14::bigint as account_id,
          $15::bigint as token_id,
          $16::text as command,
          $17::text as title,
          $18::text as slug,
          $19::text as excerpt,
          $20::text as content,
          $21::text as content_format,
          $22::bigint[] as category_ids,
          $23::bigint[] as author_ids
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
          unnest(save.author_ids) as requested (id)
        where
          requested.id <> all ('{}'::bigint[])
          and not exists (
            select
            from
              authors as target
            where
              target.id = requested.id
          )
      )
      and (
        save.slug is null
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
    on conflict do nothing
    returning
      *
  )
select
  "articles"."id",
  case
    when "articles"."deleted_at" is not null then 'trashed'
    when "articles"."published_at" is null then 'draft'
    when "articles"."published_at" > now() then 'scheduled'
    else 'published'
  end,
  "articles"."published_at",
  "articles"."created_at",
  article_drafts.version,
  article_drafts.base_version,
  article_drafts.updated_at,
  article_drafts.account_id,
  "accounts"."name",
  article_drafts.token_id,
  "api_tokens"."name",
  article_drafts.command,
  case
    when not 'title' = any (save.saved) then article_drafts.title
  end,
  case
    when not 'slug' = any (save.saved) then article_drafts.slug
  end,
  case
    when not 'excerpt' = any (save.saved) then article_drafts.excerpt
  end,
  case
    when not 'content' = any (save.saved) then article_drafts.content
  end,
  case
    when not 'contentFormat' = any (save.saved) then article_drafts.content_format
  end,
  (
    select
      coalesce(
        json_agg(
          json_build_object(
            'id',
            linked.id,
            'name',
            coalesce(target.name, called.name),
            'slug',
            coalesce(target.slug, called.slug),
            'isGone',
            target.id is null
          )
          order by
            linked.position
        ),
        '[]'
      )
    from
      unnest(article_drafts.category_ids) with ordinality as linked (id, position)
      left join categories as target on target.id = linked.id
      left join lateral (
        select
          name,
          slug
        from
          row_names
        where
          type = 'category'
          and row_names.id = linked.id
        order by
          valid_from desc
        limit
          1
      ) as called on target.id is null
  ),
  (
    select
      coalesce(
        json_agg(
          json_build_object(
            'id',
            linked.id,
            'name',
            coalesce(target.name, called.name),
            'slug',
            coalesce(target.slug, called.slug),
            'isGone',
            target.id is null
          )
          order by
            linked.position
        ),
        '[]'
      )
    from
      unnest(article_drafts.author_ids) with ordinality as linked (id, position)
      left join authors as target on target.id = linked.id
      left join lateral (
        select
          name,
          slug
        from
          row_names
        where
          type = 'author'
          and row_names.id = linked.id
        order by
          valid_from desc
        limit
          1
      ) as called on target.id is null
  )
from
  saved_draft as article_drafts
  cross join (
    select
      $24::text[] as saved
  ) as save
  inner join "articles" on "articles"."id" = article_drafts.article_id
  left join "accounts" on "accounts"."id" = article_drafts.account_id
  left join "api_tokens" on "api_tokens"."id" = article_drafts.token_id;

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
