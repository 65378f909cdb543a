-- Written by `npm run generate` from rate-limits.queries.ts.

-- claimLease('requests/600:address:192.0.2.1', { limit: 600, leaseSize: 60 })
-- prepared as claim_lease
with
  "claimed" as (
    insert into
      "rate_limits" ("key", "resets_at")
    values
      (
        $1,
        date_bin('1 minute', statement_timestamp(), timestamptz '2000-01-01 00:00:00+00') + ($2::int * interval '1 millisecond')
      )
    on conflict ("key") do update
    set
      "resets_at" = least(
        greatest(
          "rate_limits"."resets_at",
          date_bin('1 minute', statement_timestamp(), timestamptz '2000-01-01 00:00:00+00')
        ) + ($3::int * interval '1 millisecond'),
        date_bin('1 minute', statement_timestamp(), timestamptz '2000-01-01 00:00:00+00') + ($4::int * interval '1 millisecond')
      )
    where
      greatest(
        "rate_limits"."resets_at",
        date_bin('1 minute', statement_timestamp(), timestamptz '2000-01-01 00:00:00+00')
      ) < date_bin('1 minute', statement_timestamp(), timestamptz '2000-01-01 00:00:00+00') + ($5::int * interval '1 millisecond')
    returning
      "resets_at"
  )
select
  (
    select
      extract(
        epoch
        from
          resets_at - date_bin('1 minute', statement_timestamp(), timestamptz '2000-01-01 00:00:00+00')
      ) * 1000
    from
      claimed
  )::int,
  (
    extract(
      epoch
      from
        date_bin('1 minute', statement_timestamp(), timestamptz '2000-01-01 00:00:00+00') + interval '1 minute' - statement_timestamp()
    ) * 1000
  )::float8
from
  (
    select
  ) as one;

-- deleteUnusedLimits()
delete from "rate_limits"
where
  "rate_limits"."resets_at" < statement_timestamp() - interval '2 minutes';

-- claimLimit('sign-in:192.0.2.1', { burst: 5, perMs: 60000 }, 1)
-- prepared as claim_limit
with
  "claimed" as (
    insert into
      "rate_limits" ("key", "resets_at")
    values
      ($1, statement_timestamp() + ($2::float8 * $3::float8 * interval '1 millisecond'))
    on conflict ("key") do update
    set
      "resets_at" = greatest("rate_limits"."resets_at", statement_timestamp()) + ($4::float8 * $5::float8 * interval '1 millisecond')
    where
      greatest("rate_limits"."resets_at", statement_timestamp()) + ($6::float8 * $7::float8 * interval '1 millisecond') <= statement_timestamp() + ($8::float8 * $9::float8 * interval '1 millisecond') + interval '0.5 milliseconds'
    returning
      "resets_at"
  )
select
  exists (
    select
    from
      claimed
  ),
  (
    extract(
      epoch
      from
        greatest(
          coalesce(
            (
              select
                resets_at
              from
                claimed
            ),
            (
              select
                "rate_limits"."resets_at"
              from
                "rate_limits"
              where
                "rate_limits"."key" = $10
            )
          ),
          statement_timestamp()
        ) - statement_timestamp()
    ) * 1000
  )::float8
from
  (
    select
  ) as one;
