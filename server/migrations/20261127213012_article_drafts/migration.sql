CREATE TABLE "article_drafts" (
	"article_id" bigint PRIMARY KEY,
	"version" integer NOT NULL,
	"base_version" integer NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	"account_id" bigint,
	"token_id" bigint,
	"command" text,
	"title" text NOT NULL,
	"slug" text NOT NULL,
	"excerpt" text,
	"content" text DEFAULT '' NOT NULL,
	"content_format" text DEFAULT 'markdown' NOT NULL,
	"category_ids" bigint[] NOT NULL,
	"author_ids" bigint[] NOT NULL,
	CONSTRAINT "article_drafts_title_check" CHECK (title ~ '\S' and char_length(title) <= 500),
	CONSTRAINT "article_drafts_slug_check" CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and slug !~ '^[0-9]+$' and char_length(slug) <= 200),
	CONSTRAINT "article_drafts_excerpt_check" CHECK (char_length(excerpt) <= 10000),
	CONSTRAINT "article_drafts_content_format_check" CHECK (content_format in ('markdown', 'html')),
	CONSTRAINT "article_drafts_version_check" CHECK (version > base_version and base_version > 0)
);
--> statement-breakpoint
ALTER TABLE "article_drafts" ADD CONSTRAINT "article_drafts_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "articles"("id") ON DELETE CASCADE;