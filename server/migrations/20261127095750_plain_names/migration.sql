ALTER TABLE "category_count_changes" RENAME TO "category_count_deltas";--> statement-breakpoint
ALTER TABLE "used_codes" RENAME TO "used_totp_codes";--> statement-breakpoint
ALTER TABLE "rate_limits" RENAME COLUMN "free_at" TO "resets_at";--> statement-breakpoint
ALTER TABLE "counted_articles" RENAME COLUMN "filed" TO "direct_ids";--> statement-breakpoint
ALTER TABLE "counted_articles" RENAME COLUMN "sections" TO "deep_ids";--> statement-breakpoint
ALTER INDEX "articles_date_idx" RENAME TO "articles_published_at_idx";--> statement-breakpoint
ALTER INDEX "category_count_changes_idx" RENAME TO "category_count_deltas_idx";--> statement-breakpoint
ALTER TABLE "used_totp_codes" RENAME CONSTRAINT "used_codes_account_id_fkey" TO "used_totp_codes_account_id_fkey";--> statement-breakpoint
ALTER TABLE "used_totp_codes" RENAME CONSTRAINT "used_codes_pkey" TO "used_totp_codes_pkey";