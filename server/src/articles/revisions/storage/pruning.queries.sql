-- Written by `npm run generate` from pruning.queries.ts.

-- listPrunableRevisions('0', 500, 200)
with
  page as materialized (
    select
      id
    from
      articles
    where
      id > $1
    order by
      id
    limit
      $2
  ),
  revisions as (
    select
      article_id,
      number,
      first_number,
      at,
      (at at time zone 'UTC')::date as day,
      row_number() over in_order as position,
      lead(number) over in_order as next_number,
      lead(first_number) over in_order as next_first_number,
      deleted_at is null
      and published_at < lead(at) over in_order as was_public
    from
      article_revisions
    where
      article_id in (
        select
          id
        from
          page
      )
    window
      in_order as (
        partition by
          article_id
        order by
          number
      )
  ),
  revisions_of_days as (
    select
      *,
      max(number) over of_day as last_number,
      max(number) filter (
        where
          was_public
      ) over of_day as last_public_number
    from
      revisions
    window
      of_day as (
        partition by
          article_id,
          day
      )
  )
select
  pruned.*,
  (
    select
      max(id)
    from
      page
  ) as "lastId"
from
  (
    values
      (1)
  ) as one
  left join (
    select
      article_id as "articleId",
      number,
      first_number as "firstNumber",
      next_number as "nextNumber",
      next_first_number as "nextFirstNumber"
    from
      revisions_of_days
    where
      at < now() - interval '30 days'
      and position > 1
      and number < last_number
      and number is distinct from last_public_number
      and not exists (
        select
        from
          article_drafts as draft
        where
          draft.article_id = revisions_of_days.article_id
          and draft.base_version between first_number and number
      )
    order by
      article_id,
      number
    limit
      $3
  ) as pruned on true
order by
  pruned."articleId",
  pruned.number;

-- updateNextRevision({ articleId: '1', number: 3, firstNumber: 3, nextNumber: 5, nextFirstNumber: 4 })
update article_revisions as next
set
  changed = array_union (pruned.changed, next.changed),
  title = case
    when 'title' = any (pruned.changed) then pruned.title
    else next.title
  end,
  slug = case
    when 'slug' = any (pruned.changed) then pruned.slug
    else next.slug
  end,
  excerpt = case
    when 'excerpt' = any (pruned.changed) then pruned.excerpt
    else next.excerpt
  end,
  content = case
    when 'content' = any (pruned.changed) then pruned.content
    else next.content
  end,
  content_format = case
    when 'contentFormat' = any (pruned.changed) then pruned.content_format
    else next.content_format
  end
from
  article_revisions as pruned
where
  next.article_id = $1
  and next.number = $2
  and pruned.article_id = $3
  and pruned.number = $4;

-- updateReplacedTexts({ articleId: '1', number: 3, firstNumber: 3, nextNumber: 5, nextFirstNumber: 4 })
update revision_texts
set
  first_number = null
where
  article_id = $1
  and field in ('excerpt', 'content')
  and first_number = $2
  and field = any (
    (
      select
        changed
      from
        article_revisions
      where
        article_id = $3
        and number = $4
    )::text[]
  );

-- updateMovedTexts({ articleId: '1', number: 3, firstNumber: 3, nextNumber: 5, nextFirstNumber: 4 })
update revision_texts
set
  first_number = $1
where
  article_id = $2
  and field in ('excerpt', 'content')
  and first_number = $3;

-- deleteRevision({ articleId: '1', number: 3, firstNumber: 3, nextNumber: 5, nextFirstNumber: 4 })
delete from article_revisions
where
  article_id = $1
  and number = $2;

-- deleteUnusedTexts('1')
delete from revision_texts as unused
where
  article_id = $1
  and field in ('excerpt', 'content')
  and first_number is null
  and not exists (
    select
    from
      revision_texts as dependent
    where
      dependent.dictionary_id = unused.id
  );
