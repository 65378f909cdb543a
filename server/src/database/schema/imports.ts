import { sql } from 'drizzle-orm';
import { bigint, check, foreignKey, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { authors } from './authors.ts';
import { bytea } from './columns.ts';
import { articles, categories } from './content.ts';

/**
 * Maps an imported item to the row that was written for it, so that importing the same file again changes nothing. `source`
 * is the site, `kind` and `external_id` identify the item, `digest` is a hash of its content in the file.
 */
export const importedRows = pgTable(
  'imported_rows',
  {
    source: text('source').notNull(),
    kind: text('kind', { enum: ['article', 'category', 'author'] }).notNull(),
    externalId: text('external_id').notNull(),
    digest: bytea('digest').notNull(),
    articleId: bigint('article_id', { mode: 'number' }),
    categoryId: bigint('category_id', { mode: 'number' }),
    authorId: bigint('author_id', { mode: 'number' }),
  },
  (t) => [
    primaryKey({ name: 'imported_rows_pkey', columns: [t.source, t.kind, t.externalId] }),
    foreignKey({
      name: 'imported_rows_article_id_fkey',
      columns: [t.articleId],
      foreignColumns: [articles.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'imported_rows_category_id_fkey',
      columns: [t.categoryId],
      foreignColumns: [categories.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'imported_rows_author_id_fkey',
      columns: [t.authorId],
      foreignColumns: [authors.id],
    }).onDelete('cascade'),
    index('imported_rows_article_id_idx').on(t.articleId),
    index('imported_rows_category_id_idx').on(t.categoryId),
    index('imported_rows_author_id_idx').on(t.authorId),
    check('imported_rows_kind_check', sql`num_nonnulls(article_id, category_id, author_id) = 1`),
  ],
);
