-- Written by `npm run generate` from secrets.queries.ts.

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
