-- Written by `npm run generate` from reauthorize.queries.ts.

-- lockAccounts([ 1, 2 ], true)
select
  "id",
  "role",
  "suspended_at",
  (
    "accounts"."role" = 'admin'
    and "accounts"."suspended_at" is null
    and exists (
      select
      from
        account_credentials
      where
        account_id = "accounts"."id"
        and password is not null
    )
  )
from
  "accounts"
where
  (
    "accounts"."id" = any ($1::bigint[])
    or (
      $2::boolean
      and (
        "accounts"."role" = 'admin'
        and "accounts"."suspended_at" is null
        and exists (
          select
          from
            account_credentials
          where
            account_id = "accounts"."id"
            and password is not null
        )
      )
    )
  )
order by
  "accounts"."id"
for no key update;

-- lockAccountForShare(1)
select
  "role",
  "suspended_at"
from
  "accounts"
where
  "accounts"."id" = $1
for share;

-- lockSession(1)
select
  "id"
from
  "sessions"
where
  "sessions"."id" = $1
for share;

-- lockTokens([ 1, 2 ])
select
  "id",
  "role"
from
  "api_tokens"
where
  (
    ("api_tokens"."id" = any ($1::bigint[]))
    and (("api_tokens"."revoked_at" is null))
  )
order by
  "api_tokens"."id"
for no key update;
