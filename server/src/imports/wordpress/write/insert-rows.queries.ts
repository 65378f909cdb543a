import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../../database/database.ts';

interface NewRow {
  /** The id of the first attempt, if this is a retry. */
  reservedId?: number;
  key: string;
  /** In hexadecimal. */
  digest: string;
  slug: string;
}

export interface NewAuthor extends NewRow {
  name: string;
  email: string | null;
}

export interface NewCategory extends NewRow {
  name: string;
  description: string | null;
  parentId: number | null;
}

export interface NewArticle extends NewRow {
  title: string;
  excerpt: string | null;
  content: string;
  publishedAt: Date | null;
  deletedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  categoryIds: readonly number[];
  authorIds: readonly number[];
}

/** Assigns ids in row order. A retried row keeps the id of its first attempt, so siblings stay in file order. */
const requested = (sequence: string, rows: readonly NewRow[], columns: SQL) => sql`requested as materialized (
  select coalesce(row."reservedId", nextval(${sequence})) as id, row.*
  from json_to_recordset(${JSON.stringify(rows)}::json)
    as row ("reservedId" bigint, key text, digest text, slug text, ${columns}))`;

const insertedKeys = (source: string, kind: 'author' | 'category' | 'article') => sql`inserted_keys as (
  insert into imported_rows (source, kind, external_id, digest, ${sql.raw(`${kind}_id`)})
  select ${source}, ${kind}, key, decode(digest, 'hex'), id from inserted join requested using (id))`;

const results = sql`select requested.key, requested.id::float8 as id, inserted.id is not null as inserted
  from requested left join inserted using (id)`;

/** A row that was not inserted conflicts with the slug of another row, or with the name of a sibling category. */
type InsertResult = { key: string; id: number; inserted: boolean };

export const insertAuthors = (db: Database, source: string, rows: readonly NewAuthor[]) =>
  db.execute<InsertResult>(sql`
    with ${requested('authors_id_seq', rows, sql`name text, email text`)}, inserted as (
      insert into authors (id, name, slug, email) overriding system value
      select id, name, slug, email from requested order by id
      on conflict do nothing returning id
    ), ${insertedKeys(source, 'author')} ${results}`);

export const insertCategories = (db: Database, source: string, rows: readonly NewCategory[]) =>
  db.execute<InsertResult>(sql`
    with ${requested('categories_id_seq', rows, sql`name text, description text, "parentId" bigint`)}, inserted as (
      insert into categories (id, name, slug, description, parent_id) overriding system value
      select id, name, slug, description, "parentId" from requested order by id
      on conflict do nothing returning id
    ), ${insertedKeys(source, 'category')} ${results}`);

const ARTICLE_COLUMNS = sql`title text, excerpt text, content text, "publishedAt" timestamptz, "deletedAt" timestamptz,
  "createdAt" timestamptz, "updatedAt" timestamptz, "categoryIds" bigint[], "authorIds" bigint[]`;

/**
 * Inserts articles and their links in one statement: the counting triggers run once for all of them, and versions stay 1.
 * The rows are passed as JSON, because unnest needs arrays of the same length and articles differ in their links.
 */
export const insertArticles = (db: Database, source: string, rows: readonly NewArticle[]) =>
  db.execute<InsertResult>(sql`
    with ${requested('articles_id_seq', rows, ARTICLE_COLUMNS)}, inserted as (
      insert into articles
        (id, title, slug, excerpt, content, content_format, published_at, deleted_at, created_at, updated_at)
      overriding system value
      select id, title, slug, excerpt, content, 'html', "publishedAt", "deletedAt", "createdAt", "updatedAt"
      from requested order by id
      on conflict (slug) where deleted_at is null do nothing returning id, listed_at
    ), inserted_category_links as (
      insert into article_categories (article_id, category_id, position, listed_at)
      select id, link.category_id, link.position, listed_at from inserted join requested using (id)
      cross join unnest("categoryIds") with ordinality as link (category_id, position)
    ), inserted_author_links as (
      insert into article_authors (article_id, author_id, position, listed_at)
      select id, link.author_id, link.position, listed_at from inserted join requested using (id)
      cross join unnest("authorIds") with ordinality as link (author_id, position)
    ), ${insertedKeys(source, 'article')} ${results}`);
