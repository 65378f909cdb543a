CREATE TABLE "idempotency_keys" (
	"caller" text,
	"key" text,
	"fingerprint" bytea NOT NULL,
	"status" smallint NOT NULL,
	"location" text,
	"body" text,
	"created_at" timestamp(3) with time zone DEFAULT date_trunc('milliseconds', now()) NOT NULL,
	CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY("caller","key"),
	CONSTRAINT "idempotency_keys_key_check" CHECK (char_length(key) <= 255)
);
--> statement-breakpoint
CREATE INDEX "idempotency_keys_created_at_idx" ON "idempotency_keys" ("created_at");