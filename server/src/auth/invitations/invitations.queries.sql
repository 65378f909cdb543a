-- Written by `npm run generate` from invitations.queries.ts.

-- listInvitations()
select
  "id",
  "email",
  "role",
  "author_id",
  "invited_by",
  "created_at",
  "expires_at",
  "accepted_at"
from
  "invitations"
order by
  "invitations"."id" desc;

-- findOpenInvitation(<Buffer 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00>)
select
  "id",
  "email",
  "role",
  "author_id",
  "invited_by",
  "created_at",
  "expires_at",
  "accepted_at"
from
  "invitations"
where
  (
    ("invitations"."hash" = $1)
    and (
      "invitations"."accepted_at" is null
      and "invitations"."expires_at" > now()
    )
  );

-- insertInvitation({ via: 'http', accountId: 1, tokenId: null, address: '192.0.2.1', command: null }, { email: 'maud@rubric.example', role: 'author', authorId: null, invitedBy: 7, hash: <Buffer 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00>, expiresAt: 2026-01-31T12:00:00.000Z })
with
  "inserted" as (
    insert into
      "invitations" ("email", "role", "author_id", "invited_by", "hash", "created_at", "expires_at", "accepted_at")
    values
      ($1, $2, $3, $4, $5, default, $6, default)
    returning
      "id",
      "email",
      "role",
      "author_id",
      "invited_by",
      "created_at",
      "expires_at",
      "accepted_at"
  )
select
  "id",
  "email",
  "role",
  "author_id",
  "invited_by",
  "created_at",
  "expires_at",
  "accepted_at"
from
  "inserted"
where
  set_config('rubric.actor', $7, true) is not null;

-- claimInvitation({ via: 'http', accountId: 1, tokenId: null, address: '192.0.2.1', command: null }, 1)
update "invitations"
set
  "accepted_at" = date_trunc('milliseconds', now())
where
  (
    ("invitations"."id" = $1)
    and (
      "invitations"."accepted_at" is null
      and "invitations"."expires_at" > now()
    )
    and (set_config('rubric.actor', $2, true) is not null)
  )
returning
  "id";

-- deleteInvitation({ via: 'http', accountId: 1, tokenId: null, address: '192.0.2.1', command: null }, 1)
delete from "invitations"
where
  (
    ("invitations"."id" = $1)
    and (set_config('rubric.actor', $2, true) is not null)
  )
returning
  "id";

-- deleteInvitationsOf({ via: 'http', accountId: 1, tokenId: null, address: '192.0.2.1', command: null }, 'maud@rubric.example')
delete from "invitations"
where
  (
    ("invitations"."email" = $1)
    and (("invitations"."accepted_at" is null))
    and (set_config('rubric.actor', $2, true) is not null)
  );
