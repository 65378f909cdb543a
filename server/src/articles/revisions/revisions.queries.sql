-- Written by `npm run generate` from revisions.queries.ts.

-- listRevisions: (first page)
-- prepared as revisions
select
  "revision"."number",
  "revision"."at",
  "revision"."account_id",
  "accounts"."name",
  "revision"."token_id",
  "api_tokens"."name",
  "revision"."command",
  "revision"."kind",
  "revision"."is_published",
  "revision"."changed"
from
  "articles"
  left join (
    select
      "number",
      "at",
      "account_id",
      "token_id",
      "command",
      "kind",
      "changed",
      "deleted_at" is null
      and coalesce("published_at" <= "at", false) as "is_published"
    from
      "article_revisions"
    where
      (
        ("article_revisions"."article_id" = $1)
        and (number < coalesce($2::bigint, 2147483648))
      )
    order by
      number desc
    limit
      $3
  ) "revision" on true
  left join "accounts" on "accounts"."id" = "revision"."account_id"
  left join "api_tokens" on "api_tokens"."id" = "revision"."token_id"
where
  (
    ("articles"."id" = $4)
    and (
      (
        $5::boolean
        or "articles"."owner_id" = $6::bigint
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
      )
      and (
        "articles"."deleted_at" is null
        or $9::boolean
      )
    )
  )
order by
  revision.number desc;

-- listRevisions: before=…
-- prepared as revisions_backward
select
  "revision"."number",
  "revision"."at",
  "revision"."account_id",
  "accounts"."name",
  "revision"."token_id",
  "api_tokens"."name",
  "revision"."command",
  "revision"."kind",
  "revision"."is_published",
  "revision"."changed"
from
  "articles"
  left join (
    select
      "number",
      "at",
      "account_id",
      "token_id",
      "command",
      "kind",
      "changed",
      "deleted_at" is null
      and coalesce("published_at" <= "at", false) as "is_published"
    from
      "article_revisions"
    where
      (
        ("article_revisions"."article_id" = $1)
        and (number > coalesce($2::bigint, 0))
      )
    order by
      number asc
    limit
      $3
  ) "revision" on true
  left join "accounts" on "accounts"."id" = "revision"."account_id"
  left join "api_tokens" on "api_tokens"."id" = "revision"."token_id"
where
  (
    ("articles"."id" = $4)
    and (
      (
        $5::boolean
        or "articles"."owner_id" = $6::bigint
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
      )
      and (
        "articles"."deleted_at" is null
        or $9::boolean
      )
    )
  )
order by
  revision.number asc;

-- findRevision({ id: 1, trashed: false, number: 3 }, { canReadAll: true, ownerId: null, allowedCategoryIds: null, seesWorkingDrafts: true })
-- prepared as readable_revision
select
  "articles"."id",
  "articles"."created_at",
  "articles"."version",
  "articles"."title",
  "articles"."slug",
  "articles"."excerpt",
  "articles"."content",
  "articles"."content_format",
  (
    select
      coalesce(
        json_agg(
          category_id
          order by
            position,
            category_id
        ),
        '[]'
      )
    from
      article_categories as link
    where
      link.article_id = "articles"."id"
  ),
  (
    select
      coalesce(
        json_agg(
          author_id
          order by
            position,
            author_id
        ),
        '[]'
      )
    from
      article_authors as link
    where
      link.article_id = "articles"."id"
  ),
  "revision"."number",
  "revision"."at",
  "revision"."published_at",
  "revision"."deleted_at",
  (
    select
      max(number)
    from
      article_revisions
    where
      article_id = $1
      and number < revision.first_number
  ),
  (
    select
      json_agg(
        json_build_object(
          'field',
          first_change.field,
          'text',
          case first_change.field
            when 'title' then later.title
            when 'slug' then later.slug
            when 'excerpt' then later.excerpt
            when 'content' then later.content
            when 'contentFormat' then later.content_format
          end,
          'packed',
          encode(packed.value, 'base64'),
          'dictionary',
          encode(dictionary.value, 'base64')
        )
      )
    from
      (
        select
          field,
          min(number) as number
        from
          article_revisions
          cross join unnest(changed) as field
        where
          article_id = $2
          and number > revision.number
        group by
          field
      ) as first_change
      join article_revisions as later on later.article_id = $3
      and later.number = first_change.number
      left join revision_texts as packed on packed.article_id = $4
      and packed.field = first_change.field
      and packed.first_number = later.first_number
      left join revision_texts as dictionary on dictionary.id = packed.dictionary_id
  ),
  (
    select
      json_agg(
        json_build_object(
          'id',
          linked.id,
          'name',
          called.name,
          'slug',
          called.slug,
          'isGone',
          not exists (
            select
            from
              categories as target
            where
              target.id = linked.id
          )
        )
        order by
          linked.position
      )
    from
      unnest(revision.category_ids) with ordinality as linked (id, position)
      cross join lateral (
        select
          name,
          slug
        from
          row_names
        where
          type = 'category'
          and row_names.id = linked.id
        order by
          valid_from <= revision.at desc,
          case
            when valid_from <= revision.at then valid_from
          end desc,
          valid_from
        limit
          1
      ) as called
  ),
  (
    select
      json_agg(
        json_build_object(
          'id',
          linked.id,
          'name',
          called.name,
          'slug',
          called.slug,
          'isGone',
          not exists (
            select
            from
              authors as target
            where
              target.id = linked.id
          )
        )
        order by
          linked.position
      )
    from
      unnest(revision.author_ids) with ordinality as linked (id, position)
      cross join lateral (
        select
          name,
          slug
        from
          row_names
        where
          type = 'author'
          and row_names.id = linked.id
        order by
          valid_from <= revision.at desc,
          case
            when valid_from <= revision.at then valid_from
          end desc,
          valid_from
        limit
          1
      ) as called
  )
from
  "articles"
  left join (
    select
      "number",
      "first_number",
      "at",
      "published_at",
      "deleted_at",
      "category_ids",
      "author_ids"
    from
      "article_revisions"
    where
      (
        ("article_revisions"."article_id" = $5)
        and (number >= $6::bigint)
      )
    order by
      "article_revisions"."number"
    limit
      $7
  ) "revision" on "revision"."first_number" <= $8::bigint
where
  (
    ("articles"."id" = $9)
    and (
      (
        $10::boolean
        or "articles"."owner_id" = $11::bigint
      )
      and (
        $12::bigint[] is null
        or exists (
          select
          from
            article_categories as link
          where
            link.article_id = "articles"."id"
            and link.category_id = any ($13::bigint[])
        )
      )
      and (
        "articles"."deleted_at" is null
        or $14::boolean
      )
    )
  );

-- findRevisionOfDraft({ id: 1, number: 3 })
-- prepared as base_revision
select
  "articles"."id",
  "articles"."created_at",
  "articles"."version",
  "articles"."title",
  "articles"."slug",
  "articles"."excerpt",
  "articles"."content",
  "articles"."content_format",
  (
    select
      coalesce(
        json_agg(
          category_id
          order by
            position,
            category_id
        ),
        '[]'
      )
    from
      article_categories as link
    where
      link.article_id = "articles"."id"
  ),
  (
    select
      coalesce(
        json_agg(
          author_id
          order by
            position,
            author_id
        ),
        '[]'
      )
    from
      article_authors as link
    where
      link.article_id = "articles"."id"
  ),
  "revision"."number",
  "revision"."at",
  "revision"."published_at",
  "revision"."deleted_at",
  (
    select
      max(number)
    from
      article_revisions
    where
      article_id = $1
      and number < revision.first_number
  ),
  (
    select
      json_agg(
        json_build_object(
          'field',
          first_change.field,
          'text',
          case first_change.field
            when 'title' then later.title
            when 'slug' then later.slug
            when 'excerpt' then later.excerpt
            when 'content' then later.content
            when 'contentFormat' then later.content_format
          end,
          'packed',
          encode(packed.value, 'base64'),
          'dictionary',
          encode(dictionary.value, 'base64')
        )
      )
    from
      (
        select
          field,
          min(number) as number
        from
          article_revisions
          cross join unnest(changed) as field
        where
          article_id = $2
          and number > revision.number
        group by
          field
      ) as first_change
      join article_revisions as later on later.article_id = $3
      and later.number = first_change.number
      left join revision_texts as packed on packed.article_id = $4
      and packed.field = first_change.field
      and packed.first_number = later.first_number
      left join revision_texts as dictionary on dictionary.id = packed.dictionary_id
  ),
  (
    select
      json_agg(
        json_build_object(
          'id',
          linked.id,
          'name',
          called.name,
          'slug',
          called.slug,
          'isGone',
          not exists (
            select
            from
              categories as target
            where
              target.id = linked.id
          )
        )
        order by
          linked.position
      )
    from
      unnest(revision.category_ids) with ordinality as linked (id, position)
      cross join lateral (
        select
          name,
          slug
        from
          row_names
        where
          type = 'category'
          and row_names.id = linked.id
        order by
          valid_from <= revision.at desc,
          case
            when valid_from <= revision.at then valid_from
          end desc,
          valid_from
        limit
          1
      ) as called
  ),
  (
    select
      json_agg(
        json_build_object(
          'id',
          linked.id,
          'name',
          called.name,
          'slug',
          called.slug,
          'isGone',
          not exists (
            select
            from
              authors as target
            where
              target.id = linked.id
          )
        )
        order by
          linked.position
      )
    from
      unnest(revision.author_ids) with ordinality as linked (id, position)
      cross join lateral (
        select
          name,
          slug
        from
          row_names
        where
          type = 'author'
          and row_names.id = linked.id
        order by
          valid_from <= revision.at desc,
          case
            when valid_from <= revision.at then valid_from
          end desc,
          valid_from
        limit
          1
      ) as called
  )
from
  "articles"
  left join (
    select
      "number",
      "first_number",
      "at",
      "published_at",
      "deleted_at",
      "category_ids",
      "author_ids"
    from
      "article_revisions"
    where
      (
        ("article_revisions"."article_id" = $5)
        and (number >= $6::bigint)
      )
    order by
      "article_revisions"."number"
    limit
      $7
  ) "revision" on "revision"."first_number" <= $8::bigint
where
  (
    ("articles"."id" = $9)
    and (true)
  );

-- findRevisionToRestore({ id: 1, number: 3 }, { canWriteAll: true, isLimitedToDrafts: false, ownerId: null, allowedCategoryIds: null, actor: { via: 'command', accountId: null, tokenId: null, address: null, command: 'rubric' } })
-- prepared as writable_revision
select
  "articles"."id",
  "articles"."created_at",
  "articles"."version",
  "articles"."title",
  "articles"."slug",
  "articles"."excerpt",
  "articles"."content",
  "articles"."content_format",
  (
    select
      coalesce(
        json_agg(
          category_id
          order by
            position,
            category_id
        ),
        '[]'
      )
    from
      article_categories as link
    where
      link.article_id = "articles"."id"
  ),
  (
    select
      coalesce(
        json_agg(
          author_id
          order by
            position,
            author_id
        ),
        '[]'
      )
    from
      article_authors as link
    where
      link.article_id = "articles"."id"
  ),
  "revision"."number",
  "revision"."at",
  "revision"."published_at",
  "revision"."deleted_at",
  (
    select
      max(number)
    from
      article_revisions
    where
      article_id = $1
      and number < revision.first_number
  ),
  (
    select
      json_agg(
        json_build_object(
          'field',
          first_change.field,
          'text',
          case first_change.field
            when 'title' then later.title
            when 'slug' then later.slug
            when 'excerpt' then later.excerpt
            when 'content' then later.content
            when 'contentFormat' then later.content_format
          end,
          'packed',
          encode(packed.value, 'base64'),
          'dictionary',
          encode(dictionary.value, 'base64')
        )
      )
    from
      (
        select
          field,
          min(number) as number
        from
          article_revisions
          cross join unnest(changed) as field
        where
          article_id = $2
          and number > revision.number
        group by
          field
      ) as first_change
      join article_revisions as later on later.article_id = $3
      and later.number = first_change.number
      left join revision_texts as packed on packed.article_id = $4
      and packed.field = first_change.field
      and packed.first_number = later.first_number
      left join revision_texts as dictionary on dictionary.id = packed.dictionary_id
  ),
  (
    select
      json_agg(
        json_build_object(
          'id',
          linked.id,
          'name',
          called.name,
          'slug',
          called.slug,
          'isGone',
          not exists (
            select
            from
              categories as target
            where
              target.id = linked.id
          )
        )
        order by
          linked.position
      )
    from
      unnest(revision.category_ids) with ordinality as linked (id, position)
      cross join lateral (
        select
          name,
          slug
        from
          row_names
        where
          type = 'category'
          and row_names.id = linked.id
        order by
          valid_from <= revision.at desc,
          case
            when valid_from <= revision.at then valid_from
          end desc,
          valid_from
        limit
          1
      ) as called
  ),
  (
    select
      json_agg(
        json_build_object(
          'id',
          linked.id,
          'name',
          called.name,
          'slug',
          called.slug,
          'isGone',
          not exists (
            select
            from
              authors as target
            where
              target.id = linked.id
          )
        )
        order by
          linked.position
      )
    from
      unnest(revision.author_ids) with ordinality as linked (id, position)
      cross join lateral (
        select
          name,
          slug
        from
          row_names
        where
          type = 'author'
          and row_names.id = linked.id
        order by
          valid_from <= revision.at desc,
          case
            when valid_from <= revision.at then valid_from
          end desc,
          valid_from
        limit
          1
      ) as called
  )
from
  "articles"
  left join (
    select
      "number",
      "first_number",
      "at",
      "published_at",
      "deleted_at",
      "category_ids",
      "author_ids"
    from
      "article_revisions"
    where
      (
        ("article_revisions"."article_id" = $5)
        and (number >= $6::bigint)
      )
    order by
      "article_revisions"."number"
    limit
      $7
  ) "revision" on "revision"."first_number" <= $8::bigint
where
  (
    ("articles"."id" = $9)
    and (
      "articles"."deleted_at" is null
      and (
        $10::boolean
        or "articles"."owner_id" = $11::bigint
        and (
          not $12::boolean
          or "articles"."published_at" is null
        )
      )
      and (
        $13::bigint[] is null
        or exists (
          select
          from
            article_categories as link
          where
            link.article_id = "articles"."id"
            and link.category_id = any ($14::bigint[])
        )
        and not exists (
          select
          from
            article_categories as link
          where
            link.article_id = "articles"."id"
            and link.category_id <> all ($15::bigint[])
        )
      )
    )
  );
