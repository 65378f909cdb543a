CREATE TABLE "category_paths" (
	"category_id" bigint PRIMARY KEY,
	"ancestor_ids" bigint[] NOT NULL
);
--> statement-breakpoint
ALTER TABLE "category_paths" ADD CONSTRAINT "category_paths_category_id_fkey" FOREIGN KEY ("category_id") REFERENCES "categories"("id") ON DELETE CASCADE;