-- Written by `npm run generate` from packing.queries.ts.

-- lockRevisionStorage()
select
  pg_try_advisory_xact_lock(hashtext ('rubric.revision_storage')) as acquired;

-- listUnpackedTexts(10)
select
  article_id as "articleId",
  number,
  field,
  text
from
  (
    select
      *
    from
      article_revisions
    where
      article_id = (
        select
          article_id
        from
          article_revisions
        where
          (
            octet_length(excerpt) > 512
            or octet_length(content) > 512
          )
          and at < now() - interval '10 minutes'
        order by
          article_id
        limit
          1
      )
      and (
        octet_length(excerpt) > 512
        or octet_length(content) > 512
      )
      and at < now() - interval '10 minutes'
    order by
      number
    limit
      $1
  ) as revision
  cross join lateral (
    values
      (
        'excerpt',
        case
          when octet_length(excerpt) > 512 then excerpt
        end
      ),
      (
        'content',
        case
          when octet_length(content) > 512 then content
        end
      )
  ) as texts (field, text)
where
  text is not null
order by
  number;

-- findKeyframe('1', 'content')
select
  id,
  value,
  (
    select
      count(*)::int
    from
      revision_texts as dependent
    where
      dependent.dictionary_id = keyframe.id
  ) as uses
from
  revision_texts as keyframe
where
  article_id = $1
  and field = $2
  and dictionary_id is null
order by
  id desc
limit
  1;

-- insertPackedText({ articleId: '1', number: 3, field: 'content' }, '7', <Buffer 70 61 63 6b 65 64>)
with
  unpacked as (
    update article_revisions
    set
      content = null
    where
      article_id = $1
      and number = $2
      and content is not null
    returning
      article_id,
      first_number
  )
insert into
  revision_texts (article_id, field, first_number, dictionary_id, value)
select
  article_id,
  $3,
  first_number,
  $4::bigint,
  $5::bytea
from
  unpacked
returning
  id;
