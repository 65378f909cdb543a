-- Written by `npm run generate` from publish-draft.queries.ts.

-- lockArticleOfDraft(1, { canWriteAll: true, isLimitedToDrafts: false, ownerId: null, allowedCategoryIds: null, actor: { via: 'command', accountId: null, tokenId: null, address: null, command: 'rubric' } })
-- prepared as lock_article_of_draft
select
  "version",
  "listed_at" <= now()
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
for no key update;

-- lockDraft(1)
-- prepared as lock_draft
select
  "version",
  "base_version",
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
  "article_drafts"
where
  "article_drafts"."article_id" = $1
for update;

-- deletePublishedDraft(1)
delete from "article_drafts"
where
  "article_drafts"."article_id" = $1;

-- deleteDraft({ id: 1, expectedVersions: [ 6 ], scope: { canWriteAll: true, isLimitedToDrafts: false, ownerId: null, allowedCategoryIds: null, actor: { via: 'command', accountId: null, tokenId: null, address: null, command: 'rubric' } } })
-- prepared as discard_draft
with
  "discarded_draft" as (
    delete from article_drafts as draft using articles
    where
      draft.article_id = $1
      and articles.id = $2
      and articles.deleted_at is null
      and (
        $3::boolean
        or articles.owner_id = $4::bigint
        and (
          not $5::boolean
          or articles.published_at is null
        )
      )
      and (
        $6::bigint[] is null
        or exists (
          select
          from
            article_categories as link
          where
            link.article_id = articles.id
            and link.category_id = any ($7::bigint[])
        )
        and not exists (
          select
          from
            article_categories as link
          where
            link.article_id = articles.id
            and link.category_id <> all ($8::bigint[])
        )
      )
      and (
        $9::int[] is null
        or draft.version = any ($10::int[])
      )
    returning
      draft.article_id,
      draft.version,
      draft.base_version,
      draft.updated_at
  )
select
  record_entry (
    'draft',
    'delete',
    article_id,
    jsonb_build_object('version', version, 'baseVersion', base_version, 'updatedAt', updated_at),
    null
  )
from
  discarded_draft
where
  set_config('rubric.actor', $11, true) is not null;
