-- Written by `npm run generate` from verifications.queries.ts.

-- findVerification('hash')
select
  "accounts"."id",
  "accounts"."email"
from
  "verifications"
  inner join "accounts" on "verifications"."value" = "accounts"."id"::text
where
  (
    ("verifications"."identifier" = $1)
    and ("verifications"."expires_at" > now())
  );

-- deleteVerificationsOf(1)
delete from "verifications"
where
  "verifications"."value" = $1;

-- deleteExpiredVerifications()
delete from "verifications"
where
  "verifications"."expires_at" < now();
