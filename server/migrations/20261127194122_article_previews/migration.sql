CREATE TABLE "article_previews" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "article_previews_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"article_id" bigint NOT NULL,
	"hash" bytea NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	"expires_at" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "article_previews_hash_check" CHECK (octet_length(hash) = 32)
);
--> statement-breakpoint
CREATE UNIQUE INDEX "article_previews_hash_key" ON "article_previews" ("hash");--> statement-breakpoint
CREATE INDEX "article_previews_article_id_idx" ON "article_previews" ("article_id");--> statement-breakpoint
ALTER TABLE "article_previews" ADD CONSTRAINT "article_previews_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "articles"("id") ON DELETE CASCADE;