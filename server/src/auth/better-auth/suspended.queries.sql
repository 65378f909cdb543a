-- Written by `npm run generate` from suspended.queries.ts.

-- findSuspended(1)
select
  "id"
from
  "accounts"
where
  (
    ("accounts"."id" = $1)
    and (("accounts"."suspended_at" is not null))
  );
