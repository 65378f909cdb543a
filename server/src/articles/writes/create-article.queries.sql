-- Written by `npm run generate` from create-article.queries.ts.

-- insertArticle({ excerpt: null, content: '', contentFormat: 'markdown', title: 'Bread', slug: 'bread', publishedAt: undefined, categoryIds: [ '1', '2' ], authorIds: [ '3' ] }, { canWriteAll: true, isLimitedToDrafts: false, ownerId: null, allowedCategoryIds: null, actor: { via: 'command', accountId: null, tokenId: null, address: null, command: 'rubric' } })
-- prepared as insert_article
with
  "inserted_article" as (
    insert into
      "articles" (
        "title",
        "slug",
        "excerpt",
        "content",
        "content_format",
        "published_at",
        "deleted_at",
        "owner_id",
        "version",
        "created_at",
        "updated_at"
      )
    values
      (
        $1,
        $2,
        $3,
        $4,
        $5,
        case
          when $6::boolean then date_trunc('milliseconds', now())
          else $7::timestamptz
        end,
        default,
        $8,
        default,
        default,
        default
      )
    returning
      "id",
      "published_at",
      "deleted_at",
      "listed_at",
      "created_at",
      "updated_at",
      "version"
  ),
  "inserted_article_categories" as (
    insert into
      article_categories (article_id, category_id, position, listed_at)
    select
      inserted_article.id,
      requested.id,
      requested.position,
      inserted_article.listed_at
    from
      inserted_article
      cross join unnest($9::bigint[]) with ordinality as requested (id, position)
  ),
  "inserted_article_authors" as (
    insert into
      article_authors (article_id, author_id, position, listed_at)
    select
      inserted_article.id,
      requested.id,
      requested.position,
      inserted_article.listed_at
    from
      inserted_article
      cross join unnest($10::bigint[]) with ordinality as requested (id, position)
  )
select
  "id",
  "published_at",
  "created_at",
  "updated_at",
  "version",
  case
    when "inserted_article"."deleted_at" is not null then 'trashed'
    when "inserted_article"."published_at" is null then 'draft'
    when "inserted_article"."published_at" > now() then 'scheduled'
    else 'published'
  end,
  false,
  (
    select
      coalesce(
        json_agg(
          json_build_object('id', reference.id, 'name', reference.name, 'slug', reference.slug)
          order by
            requested.position
        ),
        '[]'
      )
    from
      unnest($11::bigint[]) with ordinality as requested (id, position)
      join "categories" as reference on reference.id = requested.id
  ),
  (
    select
      coalesce(
        json_agg(
          json_build_object('id', reference.id, 'name', reference.name, 'slug', reference.slug)
          order by
            requested.position
        ),
        '[]'
      )
    from
      unnest($12::bigint[]) with ordinality as requested (id, position)
      join "authors" as reference on reference.id = requested.id
  )
from
  "inserted_article"
where
  set_config('rubric.actor', $13, true) is not null;
