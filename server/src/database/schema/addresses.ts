import { sql } from 'drizzle-orm';
import { bigint, check, foreignKey, index, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { authors } from './authors.ts';
import { createdAt, identityId, slugShape } from './columns.ts';
import { articles, categories } from './content.ts';
import { ADDRESSED_TYPES } from './enums.ts';
import { MAX } from './field-limits.ts';

/** The target of an address: one of three columns, so that foreign keys can check it. */
const targetColumns = () => ({
  articleId: bigint('article_id', { mode: 'number' }),
  categoryId: bigint('category_id', { mode: 'number' }),
  authorId: bigint('author_id', { mode: 'number' }),
});

/**
 * The former slugs of rows, each with the last row that had it. Only triggers write it. No current slug is in this table:
 * when a row takes a slug, it is deleted here.
 */
export const oldSlugs = pgTable(
  'old_slugs',
  { type: text('type', { enum: ADDRESSED_TYPES }).notNull(), slug: text('slug').notNull(), ...targetColumns() },
  (t) => [
    primaryKey({ name: 'old_slugs_pkey', columns: [t.type, t.slug] }),
    foreignKey({ name: 'old_slugs_article_id_fkey', columns: [t.articleId], foreignColumns: [articles.id] }).onDelete(
      'cascade',
    ),
    foreignKey({
      name: 'old_slugs_category_id_fkey',
      columns: [t.categoryId],
      foreignColumns: [categories.id],
    }).onDelete('cascade'),
    foreignKey({ name: 'old_slugs_author_id_fkey', columns: [t.authorId], foreignColumns: [authors.id] }).onDelete(
      'cascade',
    ),
    index('old_slugs_article_id_idx').on(t.articleId).where(sql`article_id is not null`),
    index('old_slugs_category_id_idx').on(t.categoryId).where(sql`category_id is not null`),
    index('old_slugs_author_id_idx').on(t.authorId).where(sql`author_id is not null`),
    check('old_slugs_slug_check', slugShape()),
    check(
      'old_slugs_target_check',
      sql`num_nonnulls(article_id, category_id, author_id) = 1 and type = case
        when article_id is not null then 'article' when category_id is not null then 'category' else 'author' end`,
    ),
  ],
);

/**
 * Paths of other systems, in the form of `redirects/redirect-path.ts`, and the rows that they lead to. A path without a row
 * is gone, on purpose or because its row was deleted.
 */
export const redirects = pgTable(
  'redirects',
  { id: identityId(), path: text('path').notNull(), ...targetColumns(), createdAt: createdAt() },
  (t) => [
    uniqueIndex('redirects_path_key').on(t.path),
    foreignKey({ name: 'redirects_article_id_fkey', columns: [t.articleId], foreignColumns: [articles.id] }).onDelete(
      'set null',
    ),
    foreignKey({
      name: 'redirects_category_id_fkey',
      columns: [t.categoryId],
      foreignColumns: [categories.id],
    }).onDelete('set null'),
    foreignKey({ name: 'redirects_author_id_fkey', columns: [t.authorId], foreignColumns: [authors.id] }).onDelete(
      'set null',
    ),
    index('redirects_article_id_idx').on(t.articleId).where(sql`article_id is not null`),
    index('redirects_category_id_idx').on(t.categoryId).where(sql`category_id is not null`),
    index('redirects_author_id_idx').on(t.authorId).where(sql`author_id is not null`),
    // Bytes, not characters: the entries of an index are limited by them.
    check('redirects_path_check', sql.raw(`path like '/_%' and octet_length(path) <= ${MAX.path}`)),
    check('redirects_target_check', sql`num_nonnulls(article_id, category_id, author_id) <= 1`),
  ],
);
