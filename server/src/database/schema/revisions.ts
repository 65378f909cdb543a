import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
} from 'drizzle-orm/pg-core';
import { bytea, foreignId, identityId, oneOf, timestampMs, timestampText } from './columns.ts';
import { linkedIdColumns } from './content.ts';
import { AUDIT_SOURCES, REVISION_KINDS } from './enums.ts';

/** `now()` to the microsecond: a revision uses the names that were committed before its transaction began. */
const exactTime = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' }).notNull().default(sql`now()`);

/**
 * Columns with long texts, which are packed. Shorter texts stay in `article_revisions`: packing them would not save space.
 */
export const LONG_TEXTS = ['excerpt', 'content'] as const;
export const isLongText = (column: (typeof LONG_TEXTS)[number]) => sql.raw(`octet_length(${column}) > 512`);
/** The condition of the index on unpacked revisions; a query must repeat it exactly to use the index. */
export const hasLongText = sql.join(LONG_TEXTS.map(isLongText), sql` or `);

/**
 * One row for each saved change of an article, written only by the triggers on `articles`. Short values (links in order,
 * times) are stored as the change left them. Texts are stored as they were before the change, and only those that it
 * changed, so that a new article stores no second copy of its text. The text of a revision is the value before the first
 * later change of that field, or the current one. See docs/decisions/0024-revisions.md.
 */
export const articleRevisions = pgTable(
  'article_revisions',
  {
    /** No foreign key: it would look up the article for each change. A trigger deletes the revisions of an article. */
    articleId: foreignId('article_id'),
    /** The version of the article after the change. */
    number: integer('number').notNull(),
    /** The version after the first of the saves that were merged into this revision. */
    firstNumber: integer('first_number').notNull(),
    at: exactTime('at'),
    via: text('via', { enum: AUDIT_SOURCES }).notNull(),
    accountId: bigint('account_id', { mode: 'number' }),
    tokenId: bigint('token_id', { mode: 'number' }),
    command: text('command'),
    kind: text('kind', { enum: REVISION_KINDS }).notNull(),
    /** Saves by the same actor until this time are merged into this revision. Null if none are. */
    openUntil: timestamp('open_until', { withTimezone: true, mode: 'date' }),
    /** The fields that differ from the revision before, by their names in requests. Null in the first revision. */
    changed: text('changed').array(),
    publishedAt: timestampText('published_at'),
    deletedAt: timestampMs('deleted_at'),
    ...linkedIdColumns(),
    /**
     * The values of these fields before the change; null for fields that `changed` does not contain, and for texts in
     * `revision_texts`.
     */
    title: text('title'),
    slug: text('slug'),
    excerpt: text('excerpt'),
    content: text('content'),
    contentFormat: text('content_format'),
  },
  (t) => [
    primaryKey({ name: 'article_revisions_pkey', columns: [t.articleId, t.number] }),
    check('article_revisions_via_check', oneOf('via', AUDIT_SOURCES)),
    check('article_revisions_kind_check', oneOf('kind', REVISION_KINDS)),
    check('article_revisions_number_check', sql`first_number <= number`),
    // Contains only revisions that the worker has not packed yet.
    index('article_revisions_unpacked_idx').on(t.articleId, t.number).where(hasLongText),
  ],
);

/**
 * The long texts of revisions that are older than ten minutes, in place of the columns of `article_revisions`, compressed by
 * zstd: a keyframe by itself, up to nine other texts of the same field with the keyframe as their dictionary. In a table of
 * its own, so that PostgreSQL gives back the space of the texts that it replaces.
 */
export const revisionTexts = pgTable(
  'revision_texts',
  {
    id: identityId(),
    /** No foreign key, like that of `article_revisions`. */
    articleId: foreignId('article_id'),
    /** The field, by its name in requests. */
    field: text('field').notNull(),
    /** Of the revision, whose `number` can still rise. Null for a keyframe whose revision is gone. */
    firstNumber: integer('first_number'),
    /** The keyframe that the value was compressed with. */
    dictionaryId: bigint('dictionary_id', { mode: 'number' }),
    value: bytea('value').notNull(),
  },
  (t) => [
    unique('revision_texts_revision_key').on(t.articleId, t.field, t.firstNumber),
    foreignKey({
      name: 'revision_texts_dictionary_id_fkey',
      columns: [t.dictionaryId],
      foreignColumns: [t.id],
    }),
    index('revision_texts_dictionary_idx').on(t.dictionaryId).where(sql`dictionary_id is not null`),
  ],
);

/**
 * The names and slugs of categories and authors over time, for revisions: each row is valid from its time until the next
 * one of the same row. Triggers insert them, and they outlive the row.
 */
export const rowNames = pgTable(
  'row_names',
  {
    /** `category` or `author`. */
    type: text('type').notNull(),
    id: bigint('id', { mode: 'number' }).notNull(),
    validFrom: exactTime('valid_from'),
    name: text('name').notNull(),
    slug: text('slug').notNull(),
  },
  (t) => [primaryKey({ name: 'row_names_pkey', columns: [t.type, t.id, t.validFrom] })],
);
