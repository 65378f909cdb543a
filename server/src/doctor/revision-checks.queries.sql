-- Written by `npm run generate` from revision-checks.queries.ts.

-- listWrongRevisions: of articles with links of each relation
select
  difference,
  (count(*) over ())::int as total
from
  (
    select
      case
        when articles.id is null then format('revisions exist of article %s, which does not', revision.article_id)
        when revision.number is null then format('article %s has no revision', articles.id)
        when revision.number <> articles.version then format(
          'article %s has the version %s, its newest revision is %s',
          articles.id,
          articles.version,
          revision.number
        )
        else format('revision %s of article %s has other links or dates than the article', revision.number, articles.id)
      end
    from
      articles
      full join (
        select distinct
          on (article_id) *
        from
          article_revisions
        order by
          article_id,
          number desc
      ) as revision on revision.article_id = articles.id
    where
      (
        revision.number,
        revision.published_at,
        revision.deleted_at,
        revision.category_ids,
        revision.author_ids
      ) is distinct from (
        articles.version,
        articles.published_at,
        articles.deleted_at,
        array(
          select
            category_id
          from
            article_categories as link
          where
            link.article_id = articles.id
          order by
            position,
            category_id
        ),
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
      )
  ) as violations (difference)
order by
  difference
limit
  $1;

-- listBrokenRevisionTexts({ title: 'title', contentFormat: 'content_format' })
select
  difference,
  (count(*) over ())::int as total
from
  (
    select
      format('revision %s of article %s has no title', number, article_id)
    from
      article_revisions as revision
    where
      'title' = any (changed)
      and title is null
      and not exists (
        select
        from
          revision_texts as packed
        where
          packed.article_id = revision.article_id
          and packed.field = 'title'
          and packed.first_number = revision.first_number
      )
    union all
    select
      format('revision %s of article %s has no contentFormat', number, article_id)
    from
      article_revisions as revision
    where
      'contentFormat' = any (changed)
      and content_format is null
      and not exists (
        select
        from
          revision_texts as packed
        where
          packed.article_id = revision.article_id
          and packed.field = 'contentFormat'
          and packed.first_number = revision.first_number
      )
    union all
    select
      format(
        'article %s has a packed %s of revision %s, which does not exist or did not change it',
        article_id,
        field,
        coalesce(first_number::text, 'none')
      )
    from
      revision_texts as packed
    where
      not exists (
        select
        from
          article_revisions as revision
        where
          revision.article_id = packed.article_id
          and revision.first_number = packed.first_number
          and field = any (changed)
      )
      and not exists (
        select
        from
          revision_texts as dependent
        where
          packed.first_number is null
          and dependent.dictionary_id = packed.id
      )
    union all
    select
      format(
        'the packed %s of revision %s of article %s needs one that is no keyframe of it',
        packed.field,
        packed.first_number,
        packed.article_id
      )
    from
      revision_texts as packed
      left join revision_texts as keyframe on keyframe.id = packed.dictionary_id
    where
      packed.dictionary_id is not null
      and (keyframe.article_id, keyframe.field, keyframe.dictionary_id) is distinct from (packed.article_id, packed.field, null::bigint)
  ) as violations (difference)
order by
  difference
limit
  $1;

-- listTextsInOldEntries()
select
  difference,
  (count(*) over ())::int as total
from
  (
    select
      format('entry %s of the audit log holds texts of article %s', audit_log.id, subject_id)
    from
      audit_log
      join audit_log_conversion on audit_log.id > next_id
      and audit_log.id <= last_id
    where
      transaction_id is null
      and subject = 'article'
      and (before, after) is distinct from (without_article_texts (action, before), without_article_texts (action, after))
  ) as violations (difference)
order by
  difference
limit
  $1;

-- listWrongDrafts: of each relation
select
  difference,
  (count(*) over ())::int as total
from
  (
    select
      format('a working draft exists of article %s, which does not', article_id)
    from
      article_drafts
    where
      not exists (
        select
        from
          articles
        where
          id = article_id
      )
    union all
    select
      format(
        'the working draft of article %s began from revision %s, which does not exist',
        article_id,
        base_version
      )
    from
      article_drafts as draft
    where
      not exists (
        select
        from
          article_revisions as revision
        where
          revision.article_id = draft.article_id
          and base_version between first_number and number
      )
    union all
    select
      format('the working draft of article %s links twice to category %s', article_id, id)
    from
      article_drafts
      cross join unnest(category_ids) as id
    group by
      article_id,
      id
    having
      count(*) > 1
    union all
    select
      format('the working draft of article %s links twice to author %s', article_id, id)
    from
      article_drafts
      cross join unnest(author_ids) as id
    group by
      article_id,
      id
    having
      count(*) > 1
  ) as violations (difference)
order by
  difference
limit
  $1;

-- listWrongNames: of each relation
select
  difference,
  (count(*) over ())::int as total
from
  (
    select
      format(
        'category %s is called "%s" (%s), in the history "%s" (%s)',
        target.id,
        target.name,
        target.slug,
        latest.name,
        latest.slug
      )
    from
      categories as target
      left join lateral (
        select
          name,
          slug
        from
          row_names
        where
          type = 'category'
          and row_names.id = target.id
        order by
          valid_from desc
        limit
          1
      ) as latest on true
    where
      (target.name, target.slug) is distinct from (latest.name, latest.slug)
    union all
    select
      format(
        'author %s is called "%s" (%s), in the history "%s" (%s)',
        target.id,
        target.name,
        target.slug,
        latest.name,
        latest.slug
      )
    from
      authors as target
      left join lateral (
        select
          name,
          slug
        from
          row_names
        where
          type = 'author'
          and row_names.id = target.id
        order by
          valid_from desc
        limit
          1
      ) as latest on true
    where
      (target.name, target.slug) is distinct from (latest.name, latest.slug)
  ) as violations (difference)
order by
  difference
limit
  $1;
