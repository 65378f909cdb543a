-- Written by `npm run generate` from better-auth.queries.ts.

-- insertSecret('auth', '…')
insert into
  "secrets" ("name", "value")
values
  ($1, $2)
on conflict do nothing;

-- findSecret('auth')
select
  "value"
from
  "secrets"
where
  "secrets"."name" = $1;

-- findSuspendedAccount(1)
select
  "id"
from
  "accounts"
where
  (
    ("accounts"."id" = $1)
    and (("accounts"."suspended_at" is not null))
  );
