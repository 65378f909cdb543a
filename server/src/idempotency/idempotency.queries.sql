-- Written by `npm run generate` from idempotency.queries.ts.

-- lockKey({ caller: 'token:1', key: 'b1c0f7a2' })
-- prepared as lock_idempotency_key
select
  pg_try_advisory_xact_lock(hashtextextended ($1 || ' ' || $2, 0))
from
  (
    select
  ) as one;

-- findKeptAnswer({ caller: 'token:1', key: 'b1c0f7a2' })
-- prepared as find_kept_answer
select
  "fingerprint",
  "status",
  "location",
  "body"
from
  "idempotency_keys"
where
  (
    ("idempotency_keys"."caller" = $1)
    and ("idempotency_keys"."key" = $2)
    and (not "idempotency_keys"."created_at" <= now() - interval '24 hours')
  );

-- insertKeptAnswer({ caller: 'token:1', key: 'b1c0f7a2', fingerprint: <Buffer 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00> }, { status: 201, location: '/articles/1', body: '{"id":1}' })
-- prepared as insert_kept_answer
insert into
  "idempotency_keys" ("caller", "key", "fingerprint", "status", "location", "body", "created_at")
values
  ($1, $2, $3, $4, $5, $6, default)
on conflict ("caller", "key") do update
set
  "fingerprint" = excluded.fingerprint,
  "status" = excluded.status,
  "location" = excluded.location,
  "body" = excluded.body,
  "created_at" = date_trunc('milliseconds', now())
where
  "idempotency_keys"."created_at" <= now() - interval '24 hours'
returning
  "status";

-- deleteExpiredAnswers(1000)
with
  expired as (
    select
      caller,
      key
    from
      "idempotency_keys"
    where
      "idempotency_keys"."created_at" <= now() - interval '24 hours'
    order by
      created_at
    limit
      $1
    for update
      skip locked
  ),
  deleted_rows as (
    delete from "idempotency_keys" using expired
    where
      "idempotency_keys"."caller" = expired.caller
      and "idempotency_keys"."key" = expired.key
    returning
      1
  )
select
  count(*)::int as deleted
from
  deleted_rows;
