import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../../database/database.ts';
import {
  articleAuthors,
  articleCategories,
  articles,
  categories,
  importedRows,
} from '../../../database/schema/content.ts';
import { authors } from '../../../database/schema/identity.ts';
import { TAG_KEYS } from '../plan/external-keys.ts';

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
      version: articles.version,
    })
    .from(importedRows)
    .innerJoin(articles, eq(articles.id, importedRows.articleId))
    .where(ofKind('article', source, keys));

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
    .where(eq(articles.id, id))
    .returning({ version: articles.version });

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
