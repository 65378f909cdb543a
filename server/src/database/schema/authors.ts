import { sql } from 'drizzle-orm';
import { check, index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { identityId, maxLength, notBlank, slugShape, versionedTimestamps } from './columns.ts';
import { MAX } from './field-limits.ts';

/** An author of articles. Needs no account. */
export const authors = pgTable(
  'authors',
  {
    id: identityId(),
    name: text('name').notNull(),
    slug: text('slug').notNull(),
    email: text('email'),
    bio: text('bio'),
    ...versionedTimestamps(),
  },
  (t) => [
    uniqueIndex('authors_slug_key').on(t.slug),
    // ICU's root collation, like the titles of articles.
    index('authors_name_idx').on(sql`name collate "und-x-icu"`, t.id),
    check('authors_name_check', notBlank('name', MAX.name)),
    check('authors_slug_check', slugShape()),
    check('authors_email_check', maxLength('email', MAX.email)),
    check('authors_bio_check', maxLength('bio', MAX.bio)),
    check('authors_version_check', sql`version > 0`),
  ],
);
