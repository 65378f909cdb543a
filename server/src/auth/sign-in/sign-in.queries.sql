-- Written by `npm run generate` from sign-in.queries.ts.

-- findPasswordHash('maud@rubric.example')
select
  "account_credentials"."password"
from
  "account_credentials"
  inner join "accounts" on "accounts"."id" = "account_credentials"."account_id"
where
  "accounts"."email" = $1;

-- lockAccountForSignIn('maud@rubric.example')
select
  "account_credentials"."password",
  "accounts"."two_factor_enabled",
  "accounts"."suspended_at"
from
  "accounts"
  inner join "account_credentials" on "accounts"."id" = "account_credentials"."account_id"
where
  "accounts"."email" = $1
for share;

-- listKnownAddresses('maud@rubric.example')
select distinct
  address
from
  (
    (
      select
        ip_address as address
      from
        "sessions"
        join "accounts" on "accounts"."id" = "sessions"."account_id"
      where
        email = $1
      order by
        "sessions"."id" desc
      limit
        100
    )
    union all
    (
      select
        address
      from
        "audit_log"
        join "accounts" on "accounts"."id" = "audit_log"."subject_id"
      where
        email = $2
        and subject = 'account'
        and action = 'session.create'
      order by
        "audit_log"."at" desc,
        "audit_log"."id" desc
      limit
        100
    )
  ) as addresses
where
  address is not null;
