import { sql } from 'drizzle-orm';
import { check, foreignKey, index, pgTable, uniqueIndex } from 'drizzle-orm/pg-core';
import { bytea, createdAt, foreignId, identityId, timestampMs } from './columns.ts';
import { articles } from './content.ts';

/** Links that show one article to everybody who has them. The link contains a secret; the row holds its SHA-256. */
export const articlePreviews = pgTable(
  'article_previews',
  {
    id: identityId(),
    articleId: foreignId('article_id'),
    hash: bytea('hash').notNull(),
    createdAt: createdAt(),
    expiresAt: timestampMs('expires_at').notNull(),
  },
  (t) => [
    foreignKey({
      name: 'article_previews_article_id_fkey',
      columns: [t.articleId],
      foreignColumns: [articles.id],
    }).onDelete('cascade'),
    uniqueIndex('article_previews_hash_key').on(t.hash),
    index('article_previews_article_id_idx').on(t.articleId),
    check('article_previews_hash_check', sql`octet_length(hash) = 32`),
  ],
);
