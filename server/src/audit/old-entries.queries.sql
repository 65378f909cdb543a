-- Written by `npm run generate` from old-entries.queries.ts.

-- findConversion()
select
  "last_id",
  "next_id"
from
  "audit_log_conversion";

-- updateConversion({ lastId: 900, nextId: 600 })
update "audit_log_conversion"
set
  "last_id" = $1,
  "next_id" = $2;

-- listUnconvertedEntries({ from: 500, to: 600 }, 20)
select
  "id",
  "at",
  "via",
  "account_id",
  "token_id",
  "action",
  "subject_id"
from
  "audit_log"
where
  (
    ("audit_log"."id" > $1)
    and ("audit_log"."id" <= $2)
    and (
      (
        (("audit_log"."transaction_id" is null))
        and ("audit_log"."subject" = $3)
        and (("audit_log"."subject_version" is null))
      )
    )
  )
order by
  "audit_log"."id" desc
limit
  $4;

-- listFirstEntries([ 12, 13 ])
select distinct
  on ("audit_log"."subject_id") "id",
  "at",
  "action",
  "subject_id"
from
  "audit_log"
where
  subject = 'article'
  and subject_id = any ($1::bigint[])
  and action in ('article.create', 'article.delete')
order by
  "audit_log"."subject_id",
  "audit_log"."id" desc;

-- listChangesOfTransaction({ id: 7, at: 2026-01-31T06:10:00.000Z, via: 'http', accountId: 3, tokenId: null, action: 'article.change', articleId: 12 })
select
  "id",
  "action",
  (
    select
      jsonb_object_agg(
        key,
        case
          when key in ('title', 'excerpt', 'content') then 'null'
          else value
        end
      )
    from
      jsonb_each("before")
  ),
  (
    select
      jsonb_object_agg(
        key,
        case
          when key in ('title', 'excerpt', 'content') then 'null'
          else value
        end
      )
    from
      jsonb_each("after")
  )
from
  "audit_log"
where
  (
    ("audit_log"."subject_id" = $1)
    and ("audit_log"."at" = $2)
    and (
      (
        (("audit_log"."transaction_id" is null))
        and ("audit_log"."subject" = $3)
        and (("audit_log"."subject_version" is null))
      )
    )
    and ("audit_log"."action" <> $4)
    and ("audit_log"."via" = $5)
    and (
      account_id is not distinct from $6::bigint
      and token_id is not distinct from $7::bigint
    )
  )
order by
  "audit_log"."id" desc;

-- updateConvertedEntries(4,
  [ { id: 7, changed: [ 'title' ] } ])
update audit_log as entry
set
  before = without_article_texts (action, before),
  after = without_article_texts (action, after),
  subject_version = $1,
  changed = converted.changed
from
  jsonb_to_recordset($2::jsonb) as converted (id bigint, changed text[])
where
  entry.id = converted.id;

-- updateEntriesOfGoneArticles([ 7, 8 ])
update audit_log
set
  before = without_article_texts (action, before),
  after = without_article_texts (action, after)
where
  id = any ($1::bigint[])
  and (before, after) is distinct from (without_article_texts (action, before), without_article_texts (action, after));
