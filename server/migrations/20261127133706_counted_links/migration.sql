CREATE TABLE "counted_article_changes" (
	"sign" integer NOT NULL,
	"direct_ids" bigint[] NOT NULL,
	"listed_at" timestamp(3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "uncounted_articles" (
	"article_ids" bigint[] NOT NULL
);
--> statement-breakpoint
ALTER TABLE "counted_articles" DROP COLUMN "deep_ids";