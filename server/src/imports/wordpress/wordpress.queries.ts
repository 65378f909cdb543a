import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../database/database.ts';
import {
  articleAuthors,
  articleCategories,
  articles,
  authors,
  categories,
  importedRows,
} from '../../database/tables.ts';
import { TAG_KEYS } from './identity.ts';

/** Lifts the limits of the connection until the end of the transaction: they are for requests, and an import is long. */
export const updateLimits = (db: Database) =>
  db.execute(sql`select set_config(name, '0', true)
    from unnest(array['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout']) as name`);

/**
 * Makes imports of one site take turns until the end of the transaction, and keeps the tree as it is: a category that
 * went while its articles are written would take the whole import with it.
 */
export const lockImport = (db: Database, source: string) =>
  db.execute(sql`select pg_advisory_xact_lock(hashtext('rubric.import'), hashtext(${source})),
    pg_advisory_xact_lock_shared(hashtext('rubric.category_tree'))`);

const imported = { key: importedRows.externalId, digest: importedRows.digest };
const ofKind = (kind: 'author' | 'category' | 'article', source: string, keys: readonly string[]) =>
  and(
    eq(importedRows.source, source),
    eq(importedRows.kind, kind),
    sql`${importedRows.externalId} = any(${sql.param(keys)}::text[])`,
  );

/** Of these authors those that an import made, as they are now. */
export const listImportedAuthors = (db: Database, source: string, keys: readonly string[]) =>
  db
    .select({ ...imported, id: authors.id, name: authors.name, slug: authors.slug, email: authors.email })
    .from(importedRows)
    .innerJoin(authors, eq(authors.id, importedRows.authorId))
    .where(ofKind('author', source, keys));

/** Of these categories and tags those that an import made, as they are now. */
export const listImportedCategories = (db: Database, source: string, keys: readonly string[]) =>
  db
    .select({
      ...imported,
      id: categories.id,
      name: categories.name,
      slug: categories.slug,
      description: categories.description,
      parentId: categories.parentId,
    })
    .from(importedRows)
    .innerJoin(categories, eq(categories.id, importedRows.categoryId))
    .where(ofKind('category', source, keys));

/** Of these articles those that an import made, as they are now. */
export const listImportedArticles = (db: Database, source: string, keys: readonly string[]) =>
  db
    .select({
      ...imported,
      id: articles.id,
      slug: articles.slug,
      deletedAt: articles.deletedAt,
      createdAt: articles.createdAt,
      updatedAt: articles.updatedAt,
    })
    .from(importedRows)
    .innerJoin(articles, eq(articles.id, importedRows.articleId))
    .where(ofKind('article', source, keys));

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

const above = (id: number | null) => sql`(
  with recursive above as (
    select id, parent_id from categories where id = ${id}
    union
    select categories.id, categories.parent_id from categories join above on categories.id = above.parent_id
  ) select id from above)`;

/**
 * What stands in the way of a category: another with its slug, a sibling with its name, or that its parent is below it.
 *
 * @param id of the category itself; null for one that is to be made
 */
export const findObstacles = (
  db: Database,
  { id, name, slug, parentId }: { id: number | null; name: string; slug: string; parentId: number | null },
) =>
  db.execute<{ slug: boolean; name: boolean; circle: boolean }>(sql`
    select exists (select from categories where slug = ${slug} and id is distinct from ${id}::bigint) as slug,
      exists (select from categories where coalesce(parent_id, 0) = coalesce(${parentId}::bigint, 0)
        and lower(normalize(name, NFC) collate "und-x-icu") = lower(normalize(${name}::text, NFC) collate "und-x-icu")
        and id is distinct from ${id}::bigint) as name,
      ${id}::bigint in ${above(parentId)} as circle`);

/** The links of an article in their order; of those to categories, whether it is a tag of this site. */
export const listLinks = (db: Database, source: string, articleId: number) =>
  db.execute<{ categoryIds: string[]; tagIds: string[]; authorIds: string[] }>(sql`
    select array(select category_id from article_categories where article_id = ${articleId} order by position)
        as "categoryIds",
      array(select category_id from article_categories join imported_rows using (category_id)
        where article_categories.article_id = ${articleId} and source = ${source}
          and starts_with(external_id, ${TAG_KEYS}) order by position) as "tagIds",
      array(select author_id from article_authors where article_id = ${articleId} order by position) as "authorIds"`);

const LINKS = {
  categories: { links: articleCategories, linked: articleCategories.categoryId },
  authors: { links: articleAuthors, linked: articleAuthors.authorId },
} as const;

/** Makes the links of an article exactly these, in this order; those that stay keep their row. */
export const replaceLinks = (db: Database, what: keyof typeof LINKS, articleId: number, ids: readonly number[]) => {
  const { links, linked } = LINKS[what];
  const column = sql.identifier(linked.name);
  const gone = db.$with('gone').as(
    db
      .delete(links)
      .where(and(eq(links.articleId, articleId), sql`${linked} <> all(${sql.param(ids)}::bigint[])`))
      .returning({ id: linked }),
  );
  const filed = db.$with('filed', {}).as(sql`
    insert into ${links} as link (article_id, ${column}, position, listed_at)
    select articles.id, wanted.id, wanted.position, articles.listed_at
    from articles cross join unnest(${sql.param(ids)}::bigint[]) with ordinality as wanted (id, position)
    where articles.id = ${articleId}
    on conflict (article_id, ${column}) do update set position = excluded.position
    where link.position <> excluded.position`);
  return db.with(gone, filed).select({ id: gone.id }).from(gone);
};

/** A change of nothing leaves a row as it was, and of this transaction. */
const nothing = { version: sql`version` };

export const updateAuthor = (db: Database, id: number, change: Partial<typeof authors.$inferInsert>) =>
  db
    .update(authors)
    .set({ ...nothing, ...change })
    .where(eq(authors.id, id));

export const updateCategory = (db: Database, id: number, change: Partial<typeof categories.$inferInsert>) =>
  db
    .update(categories)
    .set({ ...nothing, ...change })
    .where(eq(categories.id, id));

export const updateArticle = (db: Database, id: number, change: Partial<typeof articles.$inferInsert>) =>
  db
    .update(articles)
    .set({ ...nothing, ...change })
    .where(eq(articles.id, id));

/** Remembers what the file says now. */
export const updateDigest = (
  db: Database,
  source: string,
  kind: 'author' | 'category' | 'article',
  key: string,
  digest: Buffer,
) =>
  db
    .update(importedRows)
    .set({ digest })
    .where(and(eq(importedRows.source, source), eq(importedRows.kind, kind), eq(importedRows.externalId, key)));

/** Live articles, other than this one, that have the slug. */
export const findSlugHolder = (db: Database, slug: string, exceptId: number) =>
  db.select({ id: articles.id }).from(articles).where(sql`slug = ${slug} and deleted_at is null and id <> ${exceptId}`);

const mine = (table: SQL) => sql`${table}.xmin = pg_current_xact_id()::xid`;

/**
 * What this transaction wrote, by PostgreSQL's own marks on the rows and not by anybody's count, and the links of the
 * articles among it.
 */
export const countWritten = (db: Database) =>
  db.execute<{ authors: number; categories: number; articles: number; categoryLinks: number; authorLinks: number }>(sql`
    with written as (select id from articles where ${mine(sql`articles`)})
    select (select count(*) from authors where ${mine(sql`authors`)})::float8 as authors,
      (select count(*) from categories where ${mine(sql`categories`)})::float8 as categories,
      (select count(*) from written)::float8 as articles,
      (select count(*) from article_categories where article_id in (select id from written))::float8 as "categoryLinks",
      (select count(*) from article_authors where article_id in (select id from written))::float8 as "authorLinks"`);
