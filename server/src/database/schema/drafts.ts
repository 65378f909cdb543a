import { sql } from 'drizzle-orm';
import { bigint, check, foreignKey, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { nowMs, timestampText } from './columns.ts';
import { articles, fieldChecks, fieldColumns, linkedIdColumns } from './content.ts';

/**
 * The working draft of an article: its future fields and links, while readers see the article. A save updates this one row,
 * which has no trigger and no second index. The draft was created from the revision with the number `base_version`. See
 * docs/decisions/0030-working-drafts.md.
 */
export const articleDrafts = pgTable(
  'article_drafts',
  {
    articleId: bigint('article_id', { mode: 'number' }).primaryKey(),
    version: integer('version').notNull(),
    /** The version of the article from which the draft was created. */
    baseVersion: integer('base_version').notNull(),
    updatedAt: timestampText('updated_at').notNull().default(nowMs),
    /** The actor of the last save. */
    accountId: bigint('account_id', { mode: 'number' }),
    tokenId: bigint('token_id', { mode: 'number' }),
    command: text('command'),
    ...fieldColumns(),
    /** No foreign keys: a deleted row stays in the list, and publishing refuses it by name. */
    ...linkedIdColumns(),
  },
  (t) => [
    foreignKey({
      name: 'article_drafts_article_id_fkey',
      columns: [t.articleId],
      foreignColumns: [articles.id],
    }).onDelete('cascade'),
    ...fieldChecks('article_drafts'),
    check('article_drafts_version_check', sql`version > base_version and base_version > 0`),
  ],
);
