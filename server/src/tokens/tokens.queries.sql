-- Written by `npm run generate` from tokens.queries.ts.

-- findTokenByPrefix('0123456789abcdef')
-- prepared as token_by_prefix
select
  "id",
  "role",
  "hash"
from
  "api_tokens"
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
  );

-- insertToken({ name: 'front end', role: 'reader', prefix: '0123456789abcdef', hash: <Buffer > })
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
  "prefix",
  "created_at",
  "expires_at",
  "revoked_at";

-- listTokens()
select
  "id",
  "name",
  "role",
  "prefix",
  "created_at",
  "expires_at",
  "revoked_at"
from
  "api_tokens"
order by
  "api_tokens"."id" desc;

-- updateTokenRevoked(1)
update "api_tokens"
set
  "revoked_at" = coalesce(revoked_at, now())
where
  "api_tokens"."id" = $1
returning
  "id";
