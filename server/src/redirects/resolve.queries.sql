-- Written by `npm run generate` from resolve.queries.ts.

-- findTargetOfPath('/2019/05/a-post', null, { canReadAll: false, ownerId: null, allowedCategoryIds: null, seesWorkingDrafts: false })
-- prepared as resolve_path
select
  is_redirect
  and num_nonnulls (article_id, category_id, author_id) = 0,
  target.type,
  target.id,
  target.slug
from
  (
    select
      true as is_redirect,
      article_id,
      category_id,
      author_id
    from
      redirects
    where
      path = $1::text
    union all
    select
      false,
      case
        when $2::text = 'article' then coalesce(
          $3::bigint,
          (
            select
              id
            from
              articles
            where
              slug = $4::text
              and deleted_at is null
          ),
          (
            select
              article_id
            from
              old_slugs
            where
              type = 'article'
              and slug = $5::text
          )
        )
      end,
      case
        when $6::text = 'category' then coalesce(
          $7::bigint,
          (
            select
              id
            from
              categories
            where
              slug = $8::text
          ),
          (
            select
              category_id
            from
              old_slugs
            where
              type = 'category'
              and slug = $9::text
          )
        )
      end,
      case
        when $10::text = 'author' then coalesce(
          $11::bigint,
          (
            select
              id
            from
              authors
            where
              slug = $12::text
          ),
          (
            select
              author_id
            from
              old_slugs
            where
              type = 'author'
              and slug = $13::text
          )
        )
      end
    where
      $14::text is not null
    limit
      1
  ) as address
  left join lateral (
    select
      'article' as type,
      a.id,
      a.slug
    from
      articles as a
    where
      a.id = article_id
      and a.deleted_at is null
      and (
        a.listed_at <= now()
        or (
          $15::boolean
          or a.owner_id = $16::bigint
        )
        and (
          $17::bigint[] is null
          or exists (
            select
            from
              article_categories as link
            where
              link.article_id = a.id
              and link.category_id = any ($18::bigint[])
          )
        )
      )
    union all
    select
      'category',
      id,
      slug
    from
      categories
    where
      id = category_id
    union all
    select
      'author',
      id,
      slug
    from
      authors
    where
      id = author_id
  ) as target on true;
