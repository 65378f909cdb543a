-- Written by `npm run generate` from audit.queries.ts.

-- insertAuditEntry({ via: 'http', accountId: 1, tokenId: null, address: '192.0.2.1', command: null }, { action: 'access.refused', subject: null, subjectId: null })
insert into
  "audit_log" (
    "at",
    "via",
    "account_id",
    "token_id",
    "address",
    "action",
    "subject",
    "subject_id",
    "before",
    "after",
    "command",
    "changed",
    "subject_version",
    "subject_slug",
    "was_public",
    "is_public",
    "subject_owner_id",
    "subject_category_ids",
    "transaction_id"
  )
values
  (
    default,
    $1,
    $2,
    $3,
    $4,
    $5,
    $6,
    $7,
    default,
    default,
    $8,
    default,
    default,
    default,
    default,
    default,
    default,
    default,
    default
  );

-- updateActor({ via: 'http', accountId: 1, tokenId: null, address: '192.0.2.1', command: null })
select
  set_config('rubric.actor', $1, true) is not null;

-- listAuditEntries: (first page)
select
  "id",
  "at",
  "via",
  "account_id",
  "token_id",
  "address",
  "command",
  "action",
  "subject",
  "subject_id",
  case
    when subject = 'article'
    and action <> 'article.delete' then subject_version
  end,
  "changed",
  "before",
  "after"
from
  "audit_log"
order by
  "audit_log"."at" desc,
  "audit_log"."id" desc
limit
  $1;

-- listAuditEntries: subject=article&subjectId=1&before=…
select
  "id",
  "at",
  "via",
  "account_id",
  "token_id",
  "address",
  "command",
  "action",
  "subject",
  "subject_id",
  case
    when subject = 'article'
    and action <> 'article.delete' then subject_version
  end,
  "changed",
  "before",
  "after"
from
  "audit_log"
where
  (
    ("audit_log"."subject" = $1)
    and ("audit_log"."subject_id" = $2)
    and (("audit_log"."at", "audit_log"."id") > ($3::timestamptz, $4))
  )
order by
  "audit_log"."at" asc,
  "audit_log"."id" asc
limit
  $5;

-- listAuditEntries: account=1&action=article.change&at[gte]=…
select
  "id",
  "at",
  "via",
  "account_id",
  "token_id",
  "address",
  "command",
  "action",
  "subject",
  "subject_id",
  case
    when subject = 'article'
    and action <> 'article.delete' then subject_version
  end,
  "changed",
  "before",
  "after"
from
  "audit_log"
where
  (
    ("audit_log"."account_id" = $1)
    and ("audit_log"."action" = $2)
    and ("audit_log"."at" >= $3::timestamptz)
  )
order by
  "audit_log"."at" desc,
  "audit_log"."id" desc
limit
  $4;
