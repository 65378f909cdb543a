CREATE TABLE "old_slugs" (
	"type" text,
	"slug" text,
	"article_id" bigint,
	"category_id" bigint,
	"author_id" bigint,
	CONSTRAINT "old_slugs_pkey" PRIMARY KEY("type","slug"),
	CONSTRAINT "old_slugs_slug_check" CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and slug !~ '^[0-9]+$' and char_length(slug) <= 200),
	CONSTRAINT "old_slugs_target_check" CHECK (num_nonnulls(article_id, category_id, author_id) = 1 and type = case
        when article_id is not null then 'article' when category_id is not null then 'category' else 'author' end)
);
--> statement-breakpoint
CREATE TABLE "redirects" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "redirects_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"path" text NOT NULL,
	"article_id" bigint,
	"category_id" bigint,
	"author_id" bigint,
	"created_at" timestamp(3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	CONSTRAINT "redirects_path_check" CHECK (path like '/_%' and octet_length(path) <= 2000),
	CONSTRAINT "redirects_target_check" CHECK (num_nonnulls(article_id, category_id, author_id) <= 1)
);
--> statement-breakpoint
CREATE INDEX "old_slugs_article_id_idx" ON "old_slugs" ("article_id") WHERE article_id is not null;--> statement-breakpoint
CREATE INDEX "old_slugs_category_id_idx" ON "old_slugs" ("category_id") WHERE category_id is not null;--> statement-breakpoint
CREATE INDEX "old_slugs_author_id_idx" ON "old_slugs" ("author_id") WHERE author_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "redirects_path_key" ON "redirects" ("path");--> statement-breakpoint
CREATE INDEX "redirects_article_id_idx" ON "redirects" ("article_id") WHERE article_id is not null;--> statement-breakpoint
CREATE INDEX "redirects_category_id_idx" ON "redirects" ("category_id") WHERE category_id is not null;--> statement-breakpoint
CREATE INDEX "redirects_author_id_idx" ON "redirects" ("author_id") WHERE author_id is not null;--> statement-breakpoint
ALTER TABLE "old_slugs" ADD CONSTRAINT "old_slugs_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "articles"("id") ON DELETE CASCADE;--> statement-breakpoint
ALTER TABLE "old_slugs" ADD CONSTRAINT "old_slugs_category_id_fkey" FOREIGN KEY ("category_id") REFERENCES "categories"("id") ON DELETE CASCADE;--> statement-breakpoint
ALTER TABLE "old_slugs" ADD CONSTRAINT "old_slugs_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "authors"("id") ON DELETE CASCADE;--> statement-breakpoint
ALTER TABLE "redirects" ADD CONSTRAINT "redirects_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "articles"("id") ON DELETE SET NULL;--> statement-breakpoint
ALTER TABLE "redirects" ADD CONSTRAINT "redirects_category_id_fkey" FOREIGN KEY ("category_id") REFERENCES "categories"("id") ON DELETE SET NULL;--> statement-breakpoint
ALTER TABLE "redirects" ADD CONSTRAINT "redirects_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "authors"("id") ON DELETE SET NULL;