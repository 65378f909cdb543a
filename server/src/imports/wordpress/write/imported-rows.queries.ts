import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../../../database/database.ts';
import { authors } from '../../../database/schema/authors.ts';
import { articles, categories } from '../../../database/schema/content.ts';
import { importedRows } from '../../../database/schema/imports.ts';

type ImportedKind = (typeof importedRows.$inferSelect)['kind'];

const keyAndDigest = { key: importedRows.externalId, digest: importedRows.digest };
const hasKey = (kind: ImportedKind, source: string, keys: readonly string[]) =>
  and(
    eq(importedRows.source, source),
    eq(importedRows.kind, kind),
    sql`${importedRows.externalId} = any(${sql.param(keys)}::text[])`,
  );

/** Lists the authors with these keys that earlier imports created. */
export const listImportedAuthors = (db: Database, source: string, keys: readonly string[]) =>
  db
    .select({ ...keyAndDigest, id: authors.id, name: authors.name, slug: authors.slug, email: authors.email })
    .from(importedRows)
    .innerJoin(authors, eq(authors.id, importedRows.authorId))
    .where(hasKey('author', source, keys));

/**
 * Lists the categories with these keys that earlier imports created from categories and tags. Locks them against deletion,
 * as a link does: a category deleted while its articles are written would fail the whole import.
 */
export const listImportedCategories = (db: Database, source: string, keys: readonly string[]) =>
  db
    .select({
      ...keyAndDigest,
      id: categories.id,
      name: categories.name,
      slug: categories.slug,
      description: categories.description,
      parentId: categories.parentId,
    })
    .from(importedRows)
    .innerJoin(categories, eq(categories.id, importedRows.categoryId))
    .where(hasKey('category', source, keys))
    .for('key share', { of: categories });

/** Lists the articles with these keys that earlier imports created. */
export const listImportedArticles = (db: Database, source: string, keys: readonly string[]) =>
  db
    .select({
      ...keyAndDigest,
      id: articles.id,
      slug: articles.slug,
      deletedAt: articles.deletedAt,
      version: articles.version,
    })
    .from(importedRows)
    .innerJoin(articles, eq(articles.id, importedRows.articleId))
    .where(hasKey('article', source, keys));

export const updateDigest = (db: Database, source: string, kind: ImportedKind, key: string, digest: Buffer) =>
  db
    .update(importedRows)
    .set({ digest })
    .where(and(eq(importedRows.source, source), eq(importedRows.kind, kind), eq(importedRows.externalId, key)));
