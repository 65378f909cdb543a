-- Of several that are open for one address, the latest stays: it was to take the place of the others.
delete from invitations using invitations as later
where invitations.accepted_at is null and later.accepted_at is null
  and later.email = invitations.email and later.id > invitations.id;
--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "invited_by" bigint;--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_open_key" ON "invitations" ("email") WHERE accepted_at is null;--> statement-breakpoint
CREATE INDEX "invitations_invited_by_idx" ON "invitations" ("invited_by");--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_invited_by_fkey" FOREIGN KEY ("invited_by") REFERENCES "accounts"("id") ON DELETE CASCADE;
