-- Written by `npm run generate` from verifications.queries.ts.

-- findPromise('hash')
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

-- deletePromisesTo(1)
delete from "verifications"
where
  "verifications"."value" = $1;

-- deleteOldPromises()
delete from "verifications"
where
  "verifications"."expires_at" < now();
