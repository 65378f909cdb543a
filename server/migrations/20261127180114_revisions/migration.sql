CREATE TABLE "article_revisions" (
	"article_id" bigint,
	"number" integer,
	"first_number" integer NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"via" text NOT NULL,
	"account_id" bigint,
	"token_id" bigint,
	"command" text,
	"kind" text NOT NULL,
	"open_until" timestamp with time zone,
	"changed" text[],
	"published_at" timestamp(3) with time zone,
	"deleted_at" timestamp(3) with time zone,
	"category_ids" bigint[] NOT NULL,
	"author_ids" bigint[] NOT NULL,
	"title" text,
	"slug" text,
	"excerpt" text,
	"content" text,
	"content_format" text,
	CONSTRAINT "article_revisions_pkey" PRIMARY KEY("article_id","number"),
	CONSTRAINT "article_revisions_via_check" CHECK (via in ('http', 'command', 'database')),
	CONSTRAINT "article_revisions_kind_check" CHECK (kind in ('create', 'change', 'publish', 'restore', 'import')),
	CONSTRAINT "article_revisions_number_check" CHECK (first_number <= number)
);
--> statement-breakpoint
CREATE TABLE "row_names" (
	"type" text,
	"id" bigint,
	"valid_from" timestamp with time zone DEFAULT now(),
	"name" text NOT NULL,
	"slug" text NOT NULL,
	CONSTRAINT "row_names_pkey" PRIMARY KEY("type","id","valid_from")
);
--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "command" text;--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "changed" text[];--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "subject_version" integer;--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "subject_slug" text;--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "was_public" boolean;--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "is_public" boolean;--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "subject_owner_id" bigint;--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "subject_category_ids" bigint[];--> statement-breakpoint
-- In two steps: a column with this default in one step would rewrite the log.
ALTER TABLE "audit_log" ADD COLUMN "transaction_id" xid8;--> statement-breakpoint
ALTER TABLE "audit_log" ALTER COLUMN "transaction_id" SET DEFAULT pg_current_xact_id();