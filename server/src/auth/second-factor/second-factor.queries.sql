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

-- claimTotpCode(1, '492039')
insert into
  "used_totp_codes" ("account_id", "code", "used_at")
values
  ($1, $2, default)
on conflict do nothing
returning
  "code";

-- deleteExpiredTotpCodes(1)
delete from "used_totp_codes"
where
  (
    ("used_totp_codes"."account_id" = $1)
    and ("used_totp_codes"."used_at" < now() - interval '5 minutes')
  );
