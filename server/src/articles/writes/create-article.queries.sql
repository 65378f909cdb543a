-- Written by `npm run generate` from create-article.queries.ts.

-- insertArticle({ title: 'Bread', slug: 'bread', excerpt: null, content: '', contentFormat: 'markdown', publishedAt: undefined, categoryIds: [ '1', '2' ], authorIds: [ '3' ] }, { writesAll: true, draftsOnly: false, owner: null, within: null, actor: { via: 'command', accountId: null, tokenId: null, address: null } })
-- prepared as insert_article
with
  "article" as (
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
      "title",
      "slug",
      "excerpt",
      "content",
      "content_format",
      "published_at",
      "deleted_at",
      "listed_at",
      "owner_id",
      "version",
      "created_at",
      "updated_at"
  ),
  "filed" as (
    insert into
      article_categories (article_id, category_id, position, listed_at)
    select
      article.id,
      wanted.id,
      wanted.position,
      article.listed_at
    from
      article
      cross join unnest($9::bigint[]) with ordinality as wanted (id, position)
  ),
  "signed" as (
    insert into
      article_authors (article_id, author_id, position, listed_at)
    select
      article.id,
      wanted.id,
      wanted.position,
      article.listed_at
    from
      article
      cross join unnest($10::bigint[]) with ordinality as wanted (id, position)
  )
select
  "id",
  "title",
  "slug",
  "excerpt",
  "content",
  "content_format",
  "published_at",
  "created_at",
  "updated_at",
  "version",
  case
    when "article"."deleted_at" is not null then 'trashed'
    when "article"."published_at" is null then 'draft'
    when "article"."published_at" > now() then 'scheduled'
    else 'published'
  end,
  (
    select
      coalesce(
        json_agg(
          json_build_object('id', named.id, 'name', named.name, 'slug', named.slug)
          order by
            wanted.position
        ),
        '[]'
      )
    from
      unnest($11::bigint[]) with ordinality as wanted (id, position)
      join "categories" as named on named.id = wanted.id
  ),
  (
    select
      coalesce(
        json_agg(
          json_build_object('id', named.id, 'name', named.name, 'slug', named.slug)
          order by
            wanted.position
        ),
        '[]'
      )
    from
      unnest($12::bigint[]) with ordinality as wanted (id, position)
      join "authors" as named on named.id = wanted.id
  )
from
  "article"
where
  set_config('rubric.actor', $13, true) is not null;
