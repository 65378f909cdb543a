-- Written by `npm run generate` from setup.queries.ts.

-- findAccountExists()
select
  exists (
    select
    from
      accounts
  )
from
  (
    values
      (1)
  ) as one;

-- insertSetupCode('{"code":"7KQM-2XWD","tries":5}')
insert into
  "secrets" ("name", "value")
values
  ($1, $2)
on conflict do nothing;

-- findSetupCode()
select
  "value"
from
  "secrets"
where
  "secrets"."name" = $1;

-- lockSetupCode()
select
  "value"
from
  "secrets"
where
  "secrets"."name" = $1
for update;

-- updateSetupCode('{"code":"7KQM-2XWD","tries":4}')
update "secrets"
set
  "value" = $1
where
  "secrets"."name" = $2;

-- deleteSetupCode()
delete from "secrets"
where
  "secrets"."name" = $1;
