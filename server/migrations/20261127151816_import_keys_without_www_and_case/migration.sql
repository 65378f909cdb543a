-- An import now identifies a site without `www.`, and slugs of terms and logins without case. Earlier imports keep their
-- rows. Where both spellings were imported, the row with the old key stays, and later imports update the other one.
UPDATE imported_rows AS old SET source = 'wordpress:' || substr(source, length('wordpress:www.') + 1)
WHERE source LIKE 'wordpress:www.%' AND NOT EXISTS (
  SELECT FROM imported_rows AS other
  WHERE other.source = 'wordpress:' || substr(old.source, length('wordpress:www.') + 1)
    AND other.kind = old.kind AND other.external_id = old.external_id
);--> statement-breakpoint
UPDATE imported_rows AS old SET external_id = lower(external_id COLLATE "und-x-icu")
WHERE external_id ~ '^(category:slug|tag:slug|login):' AND external_id <> lower(external_id COLLATE "und-x-icu") AND NOT EXISTS (
  SELECT FROM imported_rows AS other
  WHERE other.source = old.source AND other.kind = old.kind
    AND lower(other.external_id COLLATE "und-x-icu") = lower(old.external_id COLLATE "und-x-icu") AND other.external_id <> old.external_id
);
