-- Written by `npm run generate` from events.queries.ts.

-- lockEventSequence()
lock table event_sequence in exclusive mode;

-- updateEventSequence()
select
  sequence_events () as "lastEventId";

-- findEventBounds()
select
  coalesce(
    (
      select
        min(id)
      from
        events
    ),
    last_event_id + 1
  ),
  "last_event_id"
from
  "event_sequence";

-- listEvents({ canReadAll: false, ownerId: 7, allowedCategoryIds: null, seesWorkingDrafts: false }, { after: 41, until: 10041, limit: 20 })
-- prepared as list_events
select
  "events"."id",
  "events"."type",
  "audit_log"."at",
  "audit_log"."subject",
  "audit_log"."subject_id",
  case
    when "events"."is_public"
    or (
      $1::boolean
      or "audit_log"."subject_owner_id" = $2::bigint
    )
    and (
      $3::bigint[] is null
      or "audit_log"."subject_category_ids" && $4::bigint[]
    ) then "audit_log"."subject_slug"
    else coalesce("audit_log"."before" ->> 'slug', "audit_log"."subject_slug")
  end as "slug",
  "audit_log"."account_id",
  "accounts"."name",
  "audit_log"."token_id",
  "api_tokens"."name",
  "audit_log"."command",
  "audit_log"."changed"
from
  "events"
  inner join "audit_log" on "audit_log"."id" = "events"."log_id"
  left join "accounts" on "accounts"."id" = "audit_log"."account_id"
  left join "api_tokens" on "api_tokens"."id" = "audit_log"."token_id"
where
  "events"."id" > $5::bigint
  and "events"."id" <= $6::bigint
  and (
    "events"."was_public"
    or "events"."is_public"
    or (
      $7::boolean
      or "audit_log"."subject_owner_id" = $8::bigint
    )
    and (
      $9::bigint[] is null
      or "audit_log"."subject_category_ids" && $10::bigint[]
    )
  )
order by
  "events"."id"
limit
  $11;

-- deleteExpiredEvents(1000)
delete from "events"
where
  "events"."id" in (
    select
      id
    from
      (
        select
          id,
          numbered_at
        from
          events
        order by
          id
        limit
          $1
      ) as oldest
    where
      numbered_at < now() - interval '30 days'
  );
