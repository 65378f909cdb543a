-- Written by `npm run generate` from preferences.queries.ts.

-- findPreferences(1)
select
  "values",
  "version",
  "updated_at"
from
  "account_preferences"
where
  "account_preferences"."account_id" = $1;

-- replacePreferences(1, { theme: 'dark' }, [ 0, 3 ])
insert into
  "account_preferences" ("account_id", "values", "version", "updated_at")
values
  ($1, $2, default, default)
on conflict ("account_id") do update
set
  "values" = $3,
  "version" = "account_preferences"."version" + 1,
  "updated_at" = date_trunc('milliseconds', now())
where
  (
    $4::int[] is null
    or "account_preferences"."version" = any ($5::int[])
  )
returning
  "values",
  "version",
  "updated_at";

-- replacePreferences(1, { theme: 'dark' }, null)
insert into
  "account_preferences" ("account_id", "values", "version", "updated_at")
values
  ($1, $2, default, default)
on conflict ("account_id") do update
set
  "values" = $3,
  "version" = "account_preferences"."version" + 1,
  "updated_at" = date_trunc('milliseconds', now())
where
  (
    $4::int[] is null
    or "account_preferences"."version" = any ($5::int[])
  )
returning
  "values",
  "version",
  "updated_at";

-- updatePreferences(1, { theme: 'dark' }, [ 3 ])
update "account_preferences"
set
  "values" = $1,
  "version" = "account_preferences"."version" + 1,
  "updated_at" = date_trunc('milliseconds', now())
where
  (
    ("account_preferences"."account_id" = $2)
    and (
      (
        $3::int[] is null
        or "account_preferences"."version" = any ($4::int[])
      )
    )
  )
returning
  "values",
  "version",
  "updated_at";
