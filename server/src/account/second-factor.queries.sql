-- Written by `npm run generate` from second-factor.queries.ts.

-- findSecondFactor(1)
select
  "accounts"."two_factor_enabled",
  "two_factors"."id"
from
  "two_factors"
  inner join "accounts" on "accounts"."id" = "two_factors"."account_id"
where
  "two_factors"."account_id" = $1;

-- deleteSecondFactor(1)
delete from "two_factors"
where
  "two_factors"."account_id" = $1;
