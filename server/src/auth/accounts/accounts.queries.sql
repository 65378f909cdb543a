-- Written by `npm run generate` from accounts.queries.ts.

-- findAccount(1)
select
  "id",
  "name",
  "email",
  "role",
  "author_id",
  "two_factor_enabled",
  "suspended_at",
  "created_at",
  "updated_at"
from
  "accounts"
where
  "accounts"."id" = $1;

-- findAccountByEmail('maud@rubric.example')
select
  "id",
  "name",
  "email",
  "suspended_at"
from
  "accounts"
where
  "accounts"."email" = $1;

-- listAccounts: (first page)
select
  "id",
  "name",
  "email",
  "role",
  "author_id",
  "two_factor_enabled",
  "suspended_at",
  "created_at",
  "updated_at"
from
  "accounts"
order by
  "accounts"."email" asc
limit
  $1;

-- listAccounts: before=…
select
  "id",
  "name",
  "email",
  "role",
  "author_id",
  "two_factor_enabled",
  "suspended_at",
  "created_at",
  "updated_at"
from
  "accounts"
where
  ("accounts"."email") < ($1)
order by
  "accounts"."email" desc
limit
  $2;

-- countAccounts()
select
  count(*)
from
  "accounts";

-- insertAccount({ via: 'http', accountId: 1, tokenId: null, address: '192.0.2.1', command: null }, { name: 'Maud', email: 'maud@rubric.example', role: 'author', authorId: null })
with
  "inserted" as (
    insert into
      "accounts" (
        "name",
        "email",
        "email_verified",
        "image",
        "role",
        "author_id",
        "suspended_at",
        "two_factor_enabled",
        "created_at",
        "updated_at"
      )
    values
      ($1, $2, default, default, $3, $4, default, default, default, default)
    returning
      "id",
      "name",
      "email",
      "role",
      "author_id",
      "two_factor_enabled",
      "suspended_at",
      "created_at",
      "updated_at"
  )
select
  "id",
  "name",
  "email",
  "role",
  "author_id",
  "two_factor_enabled",
  "suspended_at",
  "created_at",
  "updated_at"
from
  "inserted"
where
  set_config('rubric.actor', $5, true) is not null;

-- insertPassword(1, 'scrypt$15$8$3$…')
insert into
  "account_credentials" (
    "account_id",
    "external_id",
    "provider",
    "issuer",
    "access_token",
    "refresh_token",
    "id_token",
    "access_token_expires_at",
    "refresh_token_expires_at",
    "scope",
    "password",
    "created_at",
    "updated_at"
  )
values
  ($1, $2, $3, default, default, default, default, default, default, default, $4, default, default);

-- updateAccount: suspended=true
update "accounts"
set
  "suspended_at" = coalesce(suspended_at, date_trunc('milliseconds', now())),
  "updated_at" = date_trunc('milliseconds', now())
where
  (
    ("accounts"."id" = $1)
    and (set_config('rubric.actor', $2, true) is not null)
  )
returning
  "id",
  "name",
  "email",
  "role",
  "author_id",
  "two_factor_enabled",
  "suspended_at",
  "created_at",
  "updated_at";

-- updateAccount: name and role
update "accounts"
set
  "name" = $1,
  "role" = $2,
  "updated_at" = date_trunc('milliseconds', now())
where
  (
    ("accounts"."id" = $3)
    and (set_config('rubric.actor', $4, true) is not null)
  )
returning
  "id",
  "name",
  "email",
  "role",
  "author_id",
  "two_factor_enabled",
  "suspended_at",
  "created_at",
  "updated_at";

-- deleteAccount({ via: 'http', accountId: 1, tokenId: null, address: '192.0.2.1', command: null }, 1)
delete from "accounts"
where
  (
    ("accounts"."id" = $1)
    and (set_config('rubric.actor', $2, true) is not null)
  )
returning
  "id";
