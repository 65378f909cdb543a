CREATE TABLE "name_epoch" (
	"is_only_row" boolean PRIMARY KEY DEFAULT true,
	"epoch" uuid DEFAULT gen_random_uuid() NOT NULL,
	"transaction_id" xid8,
	CONSTRAINT "name_epoch_is_only_row_check" CHECK (is_only_row)
);
--> statement-breakpoint
CREATE INDEX "article_authors_order_idx" ON "article_authors" ("article_id","position","author_id");--> statement-breakpoint
CREATE INDEX "article_categories_order_idx" ON "article_categories" ("article_id","position","category_id");