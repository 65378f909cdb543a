CREATE TABLE "revision_texts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "revision_texts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"article_id" bigint NOT NULL,
	"field" text NOT NULL,
	"first_number" integer,
	"dictionary_id" bigint,
	"value" bytea NOT NULL,
	CONSTRAINT "revision_texts_revision_key" UNIQUE("article_id","field","first_number")
);
--> statement-breakpoint
CREATE INDEX "article_revisions_unpacked_idx" ON "article_revisions" ("article_id","number") WHERE octet_length(excerpt) > 512 or octet_length(content) > 512;--> statement-breakpoint
CREATE INDEX "revision_texts_dictionary_idx" ON "revision_texts" ("dictionary_id") WHERE dictionary_id is not null;--> statement-breakpoint
ALTER TABLE "revision_texts" ADD CONSTRAINT "revision_texts_dictionary_id_fkey" FOREIGN KEY ("dictionary_id") REFERENCES "revision_texts"("id");