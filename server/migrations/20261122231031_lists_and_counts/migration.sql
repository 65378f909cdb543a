CREATE TABLE "article_search" (
	"article_id" bigint PRIMARY KEY,
	"document" tsvector NOT NULL
);
--> statement-breakpoint
CREATE TABLE "category_count_changes" (
	"category_id" bigint NOT NULL,
	"effective_at" timestamp(3) with time zone NOT NULL,
	"direct" integer NOT NULL,
	"deep" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "category_counts" (
	"category_id" bigint PRIMARY KEY,
	"direct" integer NOT NULL,
	"deep" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "counted_articles" (
	"article_id" bigint PRIMARY KEY,
	"filed" bigint[] NOT NULL,
	"sections" bigint[] NOT NULL,
	"listed_at" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "article_search_document_idx" ON "article_search" USING gin ("document");--> statement-breakpoint
CREATE INDEX "articles_title_idx" ON "articles" (title collate "und-x-icu","id");--> statement-breakpoint
CREATE INDEX "articles_updated_at_idx" ON "articles" ("updated_at","id");--> statement-breakpoint
CREATE INDEX "category_count_changes_idx" ON "category_count_changes" ("category_id","effective_at");--> statement-breakpoint
ALTER TABLE "article_search" ADD CONSTRAINT "article_search_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "articles"("id") ON DELETE CASCADE;--> statement-breakpoint
ALTER TABLE "category_counts" ADD CONSTRAINT "category_counts_category_id_fkey" FOREIGN KEY ("category_id") REFERENCES "categories"("id") ON DELETE CASCADE;