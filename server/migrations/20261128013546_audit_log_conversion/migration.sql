CREATE TABLE "audit_log_conversion" (
	"is_only_row" boolean PRIMARY KEY DEFAULT true,
	"last_id" bigint NOT NULL,
	"next_id" bigint NOT NULL,
	CONSTRAINT "audit_log_conversion_is_only_row_check" CHECK (is_only_row)
);
