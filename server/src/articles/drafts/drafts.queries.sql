-- Written by `npm run generate` from drafts.queries.ts.

-- findDraft(1, { canReadAll: true, ownerId: null, allowedCategoryIds: null, seesWorkingDrafts: true })
-- prepared as draft
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
  article_drafts.slug,
  article_drafts.excerpt,
  article_drafts.content,
  article_drafts.content_format,
  (
    select
      coalesce(
        json_agg(
          json_build_object(
            'id',
            linked.id,
            'name',
            coalesce(
              target.name,
              (
                select
                  name
                from
                  row_names
                where
                  type = 'category'
                  and row_names.id = linked.id
                order by
                  valid_from desc
                limit
                  1
              )
            ),
            'slug',
            coalesce(
              target.slug,
              (
                select
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
              )
            ),
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
  ),
  (
    select
      coalesce(
        json_agg(
          json_build_object(
            'id',
            linked.id,
            'name',
            coalesce(
              target.name,
              (
                select
                  name
                from
                  row_names
                where
                  type = 'author'
                  and row_names.id = linked.id
                order by
                  valid_from desc
                limit
                  1
              )
            ),
            'slug',
            coalesce(
              target.slug,
              (
                select
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
              )
            ),
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
  )
from
  "articles"
  left join "article_drafts" on "article_drafts"."article_id" = "articles"."id"
where
  (
    (("articles"."deleted_at" is null))
    and (
      "articles"."id" = $1
      and $2::boolean
      and (
        $3::boolean
        or "articles"."owner_id" = $4::bigint
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
      )
    )
  );

-- findPreviewedDraft(<Buffer 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00>)
-- prepared as previewed_draft
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
  article_drafts.slug,
  article_drafts.excerpt,
  article_drafts.content,
  article_drafts.content_format,
  (
    select
      coalesce(
        json_agg(
          json_build_object(
            'id',
            linked.id,
            'name',
            coalesce(
              target.name,
              (
                select
                  name
                from
                  row_names
                where
                  type = 'category'
                  and row_names.id = linked.id
                order by
                  valid_from desc
                limit
                  1
              )
            ),
            'slug',
            coalesce(
              target.slug,
              (
                select
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
              )
            ),
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
  ),
  (
    select
      coalesce(
        json_agg(
          json_build_object(
            'id',
            linked.id,
            'name',
            coalesce(
              target.name,
              (
                select
                  name
                from
                  row_names
                where
                  type = 'author'
                  and row_names.id = linked.id
                order by
                  valid_from desc
                limit
                  1
              )
            ),
            'slug',
            coalesce(
              target.slug,
              (
                select
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
              )
            ),
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
  )
from
  "articles"
  left join "article_drafts" on "article_drafts"."article_id" = "articles"."id"
where
  (
    (("articles"."deleted_at" is null))
    and (
      "articles"."listed_at" <= now()
      and "article_drafts"."article_id" = (
        select
          preview.article_id
        from
          article_previews as preview
        where
          preview.hash = $1::bytea
          and preview.expires_at > now()
      )
    )
  );

-- findDraftLinks({ categoryIds: [ '1', '2' ], authorIds: [ '1', '2' ] })
-- prepared as links_of_draft
select
  (
    select
      coalesce(
        json_agg(
          json_build_object(
            'id',
            linked.id,
            'name',
            coalesce(
              target.name,
              (
                select
                  name
                from
                  row_names
                where
                  type = 'category'
                  and row_names.id = linked.id
                order by
                  valid_from desc
                limit
                  1
              )
            ),
            'slug',
            coalesce(
              target.slug,
              (
                select
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
              )
            ),
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
  ),
  (
    select
      coalesce(
        json_agg(
          json_build_object(
            'id',
            linked.id,
            'name',
            coalesce(
              target.name,
              (
                select
                  name
                from
                  row_names
                where
                  type = 'author'
                  and row_names.id = linked.id
                order by
                  valid_from desc
                limit
                  1
              )
            ),
            'slug',
            coalesce(
              target.slug,
              (
                select
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
              )
            ),
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
  ),
  (
    select
      epoch
    from
      name_epoch
  )
from
  (
    select
      $1::bigint[] as category_ids,
      $2::bigint[] as author_ids
  ) as article_drafts;
