CREATE TABLE "api_tokens" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "api_tokens_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"role" text NOT NULL,
	"prefix" text NOT NULL,
	"hash" bytea NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	"expires_at" timestamp(3) with time zone,
	"revoked_at" timestamp(3) with time zone,
	CONSTRAINT "api_tokens_name_check" CHECK (name ~ '\S' and char_length(name) <= 200),
	CONSTRAINT "api_tokens_role_check" CHECK (role in ('reader', 'editor', 'admin')),
	CONSTRAINT "api_tokens_hash_check" CHECK (octet_length(hash) = 32)
);
--> statement-breakpoint
CREATE TABLE "article_authors" (
	"article_id" bigint,
	"author_id" bigint,
	"position" integer NOT NULL,
	"listed_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "article_authors_pkey" PRIMARY KEY("article_id","author_id")
);
--> statement-breakpoint
CREATE TABLE "article_categories" (
	"article_id" bigint,
	"category_id" bigint,
	"position" integer NOT NULL,
	"listed_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "article_categories_pkey" PRIMARY KEY("article_id","category_id")
);
--> statement-breakpoint
CREATE TABLE "articles" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "articles_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"title" text NOT NULL,
	"slug" text NOT NULL,
	"excerpt" text,
	"content" text DEFAULT '' NOT NULL,
	"content_format" text DEFAULT 'markdown' NOT NULL,
	"published_at" timestamp(3) with time zone,
	"deleted_at" timestamp(3) with time zone,
	"listed_at" timestamp(3) with time zone GENERATED ALWAYS AS (case when deleted_at is null then coalesce(published_at, 'infinity') else 'infinity' end) STORED NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	CONSTRAINT "articles_id_listed_at_key" UNIQUE("id","listed_at"),
	CONSTRAINT "articles_title_check" CHECK (title ~ '\S' and char_length(title) <= 500),
	CONSTRAINT "articles_slug_check" CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and slug !~ '^[0-9]+$' and char_length(slug) <= 200),
	CONSTRAINT "articles_excerpt_check" CHECK (char_length(excerpt) <= 10000),
	CONSTRAINT "articles_content_format_check" CHECK (content_format in ('markdown', 'html')),
	CONSTRAINT "articles_published_at_check" CHECK (isfinite(published_at)),
	CONSTRAINT "articles_version_check" CHECK (version > 0)
);
--> statement-breakpoint
CREATE TABLE "authors" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "authors_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"email" text,
	"bio" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	CONSTRAINT "authors_name_check" CHECK (name ~ '\S' and char_length(name) <= 200),
	CONSTRAINT "authors_slug_check" CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and slug !~ '^[0-9]+$' and char_length(slug) <= 200),
	CONSTRAINT "authors_email_check" CHECK (char_length(email) <= 254),
	CONSTRAINT "authors_bio_check" CHECK (char_length(bio) <= 10000),
	CONSTRAINT "authors_version_check" CHECK (version > 0)
);
--> statement-breakpoint
CREATE TABLE "categories" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "categories_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"description" text,
	"parent_id" bigint,
	"position" integer DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	CONSTRAINT "categories_name_check" CHECK (name ~ '\S' and char_length(name) <= 200),
	CONSTRAINT "categories_slug_check" CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and slug !~ '^[0-9]+$' and char_length(slug) <= 200),
	CONSTRAINT "categories_description_check" CHECK (char_length(description) <= 10000),
	CONSTRAINT "categories_parent_id_check" CHECK (parent_id <> id),
	CONSTRAINT "categories_version_check" CHECK (version > 0)
);
--> statement-breakpoint
CREATE TABLE "imported_rows" (
	"source" text,
	"kind" text,
	"external_id" text,
	"digest" bytea NOT NULL,
	"article_id" bigint,
	"category_id" bigint,
	"author_id" bigint,
	CONSTRAINT "imported_rows_pkey" PRIMARY KEY("source","kind","external_id"),
	CONSTRAINT "imported_rows_kind_check" CHECK (num_nonnulls(article_id, category_id, author_id) = 1)
);
--> statement-breakpoint
CREATE UNIQUE INDEX "api_tokens_prefix_key" ON "api_tokens" ("prefix");--> statement-breakpoint
CREATE INDEX "article_authors_listing_idx" ON "article_authors" ("author_id","listed_at" DESC,"article_id" DESC);--> statement-breakpoint
CREATE INDEX "article_categories_listing_idx" ON "article_categories" ("category_id","listed_at" DESC,"article_id" DESC);--> statement-breakpoint
CREATE UNIQUE INDEX "articles_slug_key" ON "articles" ("slug") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "articles_listed_at_idx" ON "articles" ("listed_at" DESC,"id" DESC);--> statement-breakpoint
CREATE UNIQUE INDEX "authors_slug_key" ON "authors" ("slug");--> statement-breakpoint
CREATE UNIQUE INDEX "categories_slug_key" ON "categories" ("slug");--> statement-breakpoint
CREATE UNIQUE INDEX "categories_sibling_name_key" ON "categories" (coalesce(parent_id, 0),lower(normalize(name, NFC) collate "und-x-icu"));--> statement-breakpoint
CREATE INDEX "categories_parent_id_idx" ON "categories" ("parent_id");--> statement-breakpoint
CREATE INDEX "imported_rows_article_id_idx" ON "imported_rows" ("article_id");--> statement-breakpoint
CREATE INDEX "imported_rows_category_id_idx" ON "imported_rows" ("category_id");--> statement-breakpoint
CREATE INDEX "imported_rows_author_id_idx" ON "imported_rows" ("author_id");--> statement-breakpoint
ALTER TABLE "article_authors" ADD CONSTRAINT "article_authors_article_fkey" FOREIGN KEY ("article_id","listed_at") REFERENCES "articles"("id","listed_at") ON DELETE CASCADE ON UPDATE CASCADE;--> statement-breakpoint
ALTER TABLE "article_authors" ADD CONSTRAINT "article_authors_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "authors"("id") ON DELETE CASCADE;--> statement-breakpoint
ALTER TABLE "article_categories" ADD CONSTRAINT "article_categories_article_fkey" FOREIGN KEY ("article_id","listed_at") REFERENCES "articles"("id","listed_at") ON DELETE CASCADE ON UPDATE CASCADE;--> statement-breakpoint
ALTER TABLE "article_categories" ADD CONSTRAINT "article_categories_category_id_fkey" FOREIGN KEY ("category_id") REFERENCES "categories"("id") ON DELETE CASCADE;--> statement-breakpoint
ALTER TABLE "categories" ADD CONSTRAINT "categories_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "categories"("id");--> statement-breakpoint
ALTER TABLE "imported_rows" ADD CONSTRAINT "imported_rows_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "articles"("id") ON DELETE CASCADE;--> statement-breakpoint
ALTER TABLE "imported_rows" ADD CONSTRAINT "imported_rows_category_id_fkey" FOREIGN KEY ("category_id") REFERENCES "categories"("id") ON DELETE CASCADE;--> statement-breakpoint
ALTER TABLE "imported_rows" ADD CONSTRAINT "imported_rows_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "authors"("id") ON DELETE CASCADE;