-- Written by `npm run generate` from tokens.queries.ts.

-- findTokenByPrefix('0123456789abcdef')
-- prepared as token_by_prefix
select
  "api_tokens"."id",
  "api_tokens"."role",
  "api_tokens"."hash",
  "api_tokens"."account_id",
  "api_tokens"."read_only",
  "api_tokens"."category_ids",
  "accounts"."role",
  "accounts"."author_id"
from
  "api_tokens"
  left join "accounts" on "accounts"."id" = "api_tokens"."account_id"
where
  (
    ("api_tokens"."prefix" = $1)
    and (("api_tokens"."revoked_at" is null))
    and (
      (
        "api_tokens"."expires_at" is null
        or "api_tokens"."expires_at" > now()
      )
    )
    and (("accounts"."suspended_at" is null))
  );

-- insertToken({ via: 'http', accountId: 1, tokenId: null, address: '192.0.2.1', command: null }, { name: 'front end', role: 'reader', prefix: '0123456789abcdef', hash: <Buffer > })
with
  "inserted" as (
    insert into
      "api_tokens" (
        "name",
        "role",
        "account_id",
        "read_only",
        "category_ids",
        "prefix",
        "hash",
        "created_at",
        "expires_at",
        "revoked_at",
        "last_used_at"
      )
    values
      ($1, $2, default, default, default, $3, $4, default, default, default, default)
    returning
      "id",
      "name",
      "role",
      "account_id",
      "read_only",
      "category_ids",
      "prefix",
      "created_at",
      "expires_at",
      "revoked_at",
      "last_used_at"
  )
select
  "id",
  "name",
  "role",
  "account_id",
  "read_only",
  "category_ids",
  "prefix",
  "created_at",
  "expires_at",
  "revoked_at",
  "last_used_at"
from
  "inserted"
where
  set_config('rubric.actor', $5, true) is not null;

-- listTokens(null)
select
  "id",
  "name",
  "role",
  "account_id",
  "read_only",
  "category_ids",
  "prefix",
  "created_at",
  "expires_at",
  "revoked_at",
  "last_used_at"
from
  "api_tokens"
order by
  "api_tokens"."id" desc;

-- listTokens(7)
select
  "id",
  "name",
  "role",
  "account_id",
  "read_only",
  "category_ids",
  "prefix",
  "created_at",
  "expires_at",
  "revoked_at",
  "last_used_at"
from
  "api_tokens"
where
  "api_tokens"."account_id" = $1
order by
  "api_tokens"."id" desc;

-- updateTokenRevoked({ via: 'http', accountId: 1, tokenId: null, address: '192.0.2.1', command: null }, 1, null)
update "api_tokens"
set
  "revoked_at" = coalesce(revoked_at, now())
where
  (
    ("api_tokens"."id" = $1)
    and (set_config('rubric.actor', $2, true) is not null)
  )
returning
  "id";

-- updateTokenRevoked({ via: 'http', accountId: 1, tokenId: null, address: '192.0.2.1', command: null }, 1, 7)
update "api_tokens"
set
  "revoked_at" = coalesce(revoked_at, now())
where
  (
    ("api_tokens"."id" = $1)
    and ("api_tokens"."account_id" = $2)
    and (set_config('rubric.actor', $3, true) is not null)
  )
returning
  "id";

-- updateTokenUsed(1)
update "api_tokens"
set
  "last_used_at" = date_trunc('milliseconds', now())
where
  (
    ("api_tokens"."id" = $1)
    and (coalesce(last_used_at, '-infinity') < now() - interval '1 hour')
  );
