DROP INDEX "audit_log_subject_idx";--> statement-breakpoint
CREATE INDEX "audit_log_subject_idx" ON "audit_log" ("subject","subject_id","at" DESC,"id" DESC);--> statement-breakpoint
DROP INDEX "audit_log_account_idx";--> statement-breakpoint
CREATE INDEX "audit_log_account_idx" ON "audit_log" ("account_id","at" DESC,"id" DESC) WHERE account_id is not null;--> statement-breakpoint
CREATE INDEX "audit_log_at_idx" ON "audit_log" ("at" DESC,"id" DESC);--> statement-breakpoint
CREATE INDEX "audit_log_token_idx" ON "audit_log" ("token_id","at" DESC,"id" DESC) WHERE token_id is not null;--> statement-breakpoint
CREATE INDEX "audit_log_action_idx" ON "audit_log" ("action","at" DESC,"id" DESC) WHERE not (action in ('article.create', 'article.change', 'article.link', 'article.unlink'));--> statement-breakpoint
CREATE INDEX "articles_trashed_slug_idx" ON "articles" ("slug") WHERE deleted_at is not null;