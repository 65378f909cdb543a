-- Written by `npm run generate` from article-writes.queries.ts.

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

-- updateArticle: title alone
-- prepared as update_article_t
with
  "seen" as (
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
                article_categories as probe
              where
                probe.article_id = "articles"."id"
                and probe.category_id = any ($7::bigint[])
            )
            and not exists (
              select
              from
                article_categories as probe
              where
                probe.article_id = "articles"."id"
                and probe.category_id <> all ($8::bigint[])
            )
          )
        )
      )
    for no key update
  ),
  "admitted" as (
    select
      locked.id,
      locked.listed_at
    from
      locked
      join seen on seen.version = locked.version
    where
      $9::int[] is null
      or locked.version = any ($10::int[])
  ),
  "changed" as (
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
              admitted
          )
        )
        and ("articles"."title" is distinct from $12)
      )
    returning
      "id",
      "listed_at"
  ),
  "written" as (
    select
      admitted.id,
      coalesce(changed.listed_at, admitted.listed_at) as listed_at
    from
      admitted
      left join changed on true
  )
select
  "version",
  (
    select
      version
    from
      seen
  )
from
  "locked"
where
  set_config('rubric.actor', $13, true) is not null;

-- updateArticle: categoryIds alone
-- prepared as update_article_C
with
  "seen" as (
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
                article_categories as probe
              where
                probe.article_id = "articles"."id"
                and probe.category_id = any ($7::bigint[])
            )
            and not exists (
              select
              from
                article_categories as probe
              where
                probe.article_id = "articles"."id"
                and probe.category_id <> all ($8::bigint[])
            )
          )
        )
      )
    for no key update
  ),
  "admitted" as (
    select
      locked.id,
      locked.listed_at
    from
      locked
      join seen on seen.version = locked.version
    where
      $9::int[] is null
      or locked.version = any ($10::int[])
  ),
  "written" as (
    select
      *
    from
      admitted
  ),
  "unfiled" as (
    delete from "article_categories"
    where
      article_id in (
        select
          id
        from
          written
      )
      and "category_id" <> all ($11::bigint[])
  ),
  "filed" as (
    insert into
      "article_categories" as link (article_id, "category_id", position, listed_at)
    select
      written.id,
      wanted.id,
      wanted.position,
      written.listed_at
    from
      written
      cross join unnest($12::bigint[]) with ordinality as wanted (id, position)
    where
      $13::bigint[] is distinct from (
        select
          array_agg(
            "category_id"
            order by
              position
          )
        from
          "article_categories"
        where
          article_id = written.id
      )
    on conflict (article_id, "category_id") do update
    set
      position = excluded.position
    where
      link.position <> excluded.position
  )
select
  "version",
  (
    select
      version
    from
      seen
  )
from
  "locked"
where
  set_config('rubric.actor', $14, true) is not null;

-- updateArticle: title, publishedAt, categoryIds and authorIds
-- prepared as update_article_ptCA
with
  "seen" as (
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
                article_categories as probe
              where
                probe.article_id = "articles"."id"
                and probe.category_id = any ($7::bigint[])
            )
            and not exists (
              select
              from
                article_categories as probe
              where
                probe.article_id = "articles"."id"
                and probe.category_id <> all ($8::bigint[])
            )
          )
        )
      )
    for no key update
  ),
  "admitted" as (
    select
      locked.id,
      locked.listed_at
    from
      locked
      join seen on seen.version = locked.version
    where
      $9::int[] is null
      or locked.version = any ($10::int[])
  ),
  "changed" as (
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
              admitted
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
  "written" as (
    select
      admitted.id,
      coalesce(changed.listed_at, admitted.listed_at) as listed_at
    from
      admitted
      left join changed on true
  ),
  "unfiled" as (
    delete from "article_categories"
    where
      article_id in (
        select
          id
        from
          written
      )
      and "category_id" <> all ($15::bigint[])
  ),
  "filed" as (
    insert into
      "article_categories" as link (article_id, "category_id", position, listed_at)
    select
      written.id,
      wanted.id,
      wanted.position,
      written.listed_at
    from
      written
      cross join unnest($16::bigint[]) with ordinality as wanted (id, position)
    where
      $17::bigint[] is distinct from (
        select
          array_agg(
            "category_id"
            order by
              position
          )
        from
          "article_categories"
        where
          article_id = written.id
      )
    on conflict (article_id, "category_id") do update
    set
      position = excluded.position
    where
      link.position <> excluded.position
  ),
  "unsigned" as (
    delete from "article_authors"
    where
      article_id in (
        select
          id
        from
          written
      )
      and "author_id" <> all ($18::bigint[])
  ),
  "signed" as (
    insert into
      "article_authors" as link (article_id, "author_id", position, listed_at)
    select
      written.id,
      wanted.id,
      wanted.position,
      written.listed_at
    from
      written
      cross join unnest($19::bigint[]) with ordinality as wanted (id, position)
    where
      $20::bigint[] is distinct from (
        select
          array_agg(
            "author_id"
            order by
              position
          )
        from
          "article_authors"
        where
          article_id = written.id
      )
    on conflict (article_id, "author_id") do update
    set
      position = excluded.position
    where
      link.position <> excluded.position
  )
select
  "version",
  (
    select
      version
    from
      seen
  )
from
  "locked"
where
  set_config('rubric.actor', $21, true) is not null;

-- insertArticleCategory({ id: 1, expected: null, writer: { writesAll: true, draftsOnly: false, owner: null, within: null, actor: { via: 'command', accountId: null, tokenId: null, address: null } } },
  2)
-- prepared as insert_article_category
with
  "seen" as (
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
                article_categories as probe
              where
                probe.article_id = "articles"."id"
                and probe.category_id = any ($7::bigint[])
            )
            and not exists (
              select
              from
                article_categories as probe
              where
                probe.article_id = "articles"."id"
                and probe.category_id <> all ($8::bigint[])
            )
          )
        )
      )
    for no key update
  ),
  "admitted" as (
    select
      locked.id,
      locked.listed_at
    from
      locked
      join seen on seen.version = locked.version
    where
      $9::int[] is null
      or locked.version = any ($10::int[])
  ),
  "filed" as (
    insert into
      article_categories (article_id, category_id, position, listed_at)
    select
      admitted.id,
      $11::bigint,
      (
        select
          coalesce(max(position), 0) + 1
        from
          article_categories
        where
          article_id = admitted.id
      ),
      admitted.listed_at
    from
      admitted
    on conflict do nothing
  )
select
  "version",
  (
    select
      version
    from
      seen
  )
from
  "locked"
where
  set_config('rubric.actor', $12, true) is not null;

-- deleteArticleCategory({ id: 1, expected: null, writer: { writesAll: true, draftsOnly: false, owner: null, within: null, actor: { via: 'command', accountId: null, tokenId: null, address: null } } },
  2)
-- prepared as delete_article_category
with
  "seen" as (
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
                article_categories as probe
              where
                probe.article_id = "articles"."id"
                and probe.category_id = any ($7::bigint[])
            )
            and not exists (
              select
              from
                article_categories as probe
              where
                probe.article_id = "articles"."id"
                and probe.category_id <> all ($8::bigint[])
            )
          )
        )
      )
    for no key update
  ),
  "admitted" as (
    select
      locked.id,
      locked.listed_at
    from
      locked
      join seen on seen.version = locked.version
    where
      $9::int[] is null
      or locked.version = any ($10::int[])
  ),
  "unfiled" as (
    delete from article_categories
    where
      article_id in (
        select
          id
        from
          admitted
      )
      and category_id = $11::bigint
  )
select
  "version",
  (
    select
      version
    from
      seen
  )
from
  "locked"
where
  set_config('rubric.actor', $12, true) is not null;
