CREATE TABLE "article_schedules" (
	"article_id" bigint PRIMARY KEY,
	"due_at" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "event_sequence" (
	"is_only_row" boolean PRIMARY KEY DEFAULT true,
	"last_event_id" bigint DEFAULT 0 NOT NULL,
	"last_log_id" bigint DEFAULT 0 NOT NULL,
	"issued_log_id" bigint DEFAULT 0 NOT NULL,
	"running" xid8[] DEFAULT '{}'::xid8[] NOT NULL,
	"running_since" bigint[] DEFAULT '{}'::bigint[] NOT NULL,
	"unlisted_from" xid8 DEFAULT '0' NOT NULL,
	"unlisted_until" xid8 DEFAULT '0' NOT NULL,
	"unlisted_since" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "event_sequence_is_only_row_check" CHECK (is_only_row)
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" bigint PRIMARY KEY,
	"log_id" bigint NOT NULL,
	"type" text NOT NULL,
	"was_public" boolean NOT NULL,
	"is_public" boolean NOT NULL,
	"numbered_at" timestamp(3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	CONSTRAINT "events_type_check" CHECK (type in ('article.created', 'article.deleted', 'article.trashed', 'article.restored', 'article.published', 'article.unpublished', 'article.updated', 'category.created', 'category.deleted', 'category.updated', 'author.created', 'author.deleted', 'author.updated'))
);
--> statement-breakpoint
CREATE INDEX "article_schedules_due_at_idx" ON "article_schedules" ("due_at");