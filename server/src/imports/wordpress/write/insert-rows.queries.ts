import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../../database/database.ts';

export interface NewRow {
  /** Absent the first time a row is tried. */
  tryId?: number;
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

/** Rows with ids in their order, and the id of its first try for one that was refused: siblings stay in the file's order. */
const given = (sequence: string, rows: readonly NewRow[], columns: SQL) => sql`given as materialized (
  select coalesce(row."tryId", nextval(${sequence})) as id, row.*
  from json_to_recordset(${JSON.stringify(rows)}::json) as row ("tryId" bigint, key text, digest text, slug text, ${columns}))`;

const remembered = (source: string, kind: 'author' | 'category' | 'article') => sql`remembered as (
  insert into imported_rows (source, kind, external_id, digest, ${sql.raw(`${kind}_id`)})
  select ${source}, ${kind}, key, decode(digest, 'hex'), id from written join given using (id))`;

const outcome = sql`select given.key, given.id::float8 as id, written.id is not null as inserted
  from given left join written using (id)`;

/** A row that was not inserted was refused, since another has its slug (or a sibling its name). */
type Outcome = { key: string; id: number; inserted: boolean };

export const insertAuthors = (db: Database, source: string, rows: readonly NewAuthor[]) =>
  db.execute<Outcome>(sql`
    with ${given('authors_id_seq', rows, sql`name text, email text`)}, written as (
      insert into authors (id, name, slug, email) overriding system value
      select id, name, slug, email from given order by id
      on conflict do nothing returning id
    ), ${remembered(source, 'author')} ${outcome}`);

export const insertCategories = (db: Database, source: string, rows: readonly NewCategory[]) =>
  db.execute<Outcome>(sql`
    with ${given('categories_id_seq', rows, sql`name text, description text, "parentId" bigint`)}, written as (
      insert into categories (id, name, slug, description, parent_id) overriding system value
      select id, name, slug, description, "parentId" from given order by id
      on conflict do nothing returning id
    ), ${remembered(source, 'category')} ${outcome}`);

const ARTICLE_COLUMNS = sql`title text, excerpt text, content text, "publishedAt" timestamptz, "deletedAt" timestamptz,
  "createdAt" timestamptz, "updatedAt" timestamptz, "categoryIds" bigint[], "authorIds" bigint[]`;

/**
 * Articles with their links in one statement: the triggers that count run once for all of them, and versions stay 1.
 * JSON, since arrays for unnest would have to be of one length each, and links are not.
 */
export const insertArticles = (db: Database, source: string, rows: readonly NewArticle[]) =>
  db.execute<Outcome>(sql`
    with ${given('articles_id_seq', rows, ARTICLE_COLUMNS)}, written as (
      insert into articles
        (id, title, slug, excerpt, content, content_format, published_at, deleted_at, created_at, updated_at)
      overriding system value
      select id, title, slug, excerpt, content, 'html', "publishedAt", "deletedAt", "createdAt", "updatedAt"
      from given order by id
      on conflict (slug) where deleted_at is null do nothing returning id, listed_at
    ), filed as (
      insert into article_categories (article_id, category_id, position, listed_at)
      select id, link.category_id, link.position, listed_at from written join given using (id)
      cross join unnest("categoryIds") with ordinality as link (category_id, position)
    ), signed as (
      insert into article_authors (article_id, author_id, position, listed_at)
      select id, link.author_id, link.position, listed_at from written join given using (id)
      cross join unnest("authorIds") with ordinality as link (author_id, position)
    ), ${remembered(source, 'article')} ${outcome}`);
