-- Written by `npm run generate` from sessions.queries.ts.

-- findSession('token')
-- prepared as session_by_token
select
  "sessions"."id",
  "accounts"."id",
  "accounts"."role",
  "accounts"."author_id",
  "sessions"."updated_at"
from
  "sessions"
  inner join "accounts" on "accounts"."id" = "sessions"."account_id"
where
  (
    ("sessions"."token" = $1)
    and (
      "sessions"."expires_at" > now()
      and "sessions"."updated_at" > now() - interval '7 days'
    )
    and ("accounts"."suspended_at" is null)
  );

-- updateSessionSeenAt(1)
update "sessions"
set
  "updated_at" = date_trunc('milliseconds', now())
where
  "sessions"."id" = $1;

-- listSessions(1)
select
  "id",
  "ip_address",
  "user_agent",
  "created_at",
  "updated_at",
  "expires_at"
from
  "sessions"
where
  (
    ("sessions"."account_id" = $1)
    and (
      "sessions"."expires_at" > now()
      and "sessions"."updated_at" > now() - interval '7 days'
    )
  )
order by
  "sessions"."id" desc;

-- deleteSessionByToken('token')
delete from "sessions"
where
  "sessions"."token" = $1
returning
  "id",
  "account_id";

-- deleteSession(1, 2)
delete from "sessions"
where
  (
    ("sessions"."account_id" = $1)
    and ("sessions"."id" = $2)
  )
returning
  "id";

-- deleteOtherSessions(1, 'token')
delete from "sessions"
where
  (
    ("sessions"."account_id" = $1)
    and ("sessions"."token" <> $2)
  )
returning
  "id";

-- deleteSessionsOf(1)
delete from "sessions"
where
  "sessions"."account_id" = $1;

-- deleteExpiredSessions()
delete from "sessions"
where
  not (
    "sessions"."expires_at" > now()
    and "sessions"."updated_at" > now() - interval '7 days'
  );
