import { type AnyColumn, and, eq, inArray, isNotNull, isNull, like, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { articles } from '../database/tables.ts';

const p = sql.placeholder;

/** `trashed` beats `draft` beats `scheduled`; nothing is stored, so that nothing has to flip at the right moment. */
export const status = (t: { deletedAt: AnyColumn; publishedAt: AnyColumn }) => sql<
  'draft' | 'scheduled' | 'published' | 'trashed'
>`case
  when ${t.deletedAt} is not null then 'trashed' when ${t.publishedAt} is null then 'draft'
  when ${t.publishedAt} > now() then 'scheduled' else 'published' end`;

/**
 * Another row as it appears inside an article, in the order of the links. Drizzle calls the joining table of a relation
 * `tr0` one level deep and `tr1` inside another relation; the committed SQL would show a change.
 */
const named = (depth: 0 | 1) =>
  ({
    columns: { id: true, name: true, slug: true },
    orderBy: () => sql.raw(`tr${depth}.position, tr${depth}.article_id`),
  }) as const;

/** What of an article is read: the columns, in the order of the answer, and its categories and authors, flat. */
const rowAt = (depth: 0 | 1) =>
  ({
    columns: {
      id: true,
      title: true,
      slug: true,
      excerpt: true,
      content: true,
      contentFormat: true,
      publishedAt: true,
      createdAt: true,
      updatedAt: true,
      version: true,
    },
    extras: { status },
    with: { categories: named(depth), authors: named(depth) },
  }) as const;
export const row = rowAt(0);
/** The same for a row inside another, as everywhere without `content`. */
export const nestedRow = { ...rowAt(1), columns: { ...row.columns, content: false } } as const;

/** Who sees what: everybody the published; callers with a token what is not, and the trash when they ask for it. */
export type Visibility = 'published' | 'live' | 'any';

const visible: Record<Visibility, (t: typeof articles) => SQL> = {
  published: (t) => sql`${t.listedAt} <= now()`,
  live: (t) => sql`${t.deletedAt} is null`,
  any: () => sql`true`,
};

const statementsFor = (visibility: Visibility) => ({
  id: prepared(`article_by_id_${visibility}`, (db) =>
    db.query.articles.findFirst({
      ...row,
      where: { RAW: (t) => sql`${t.id} = ${p('id')} and ${visible[visibility](t)}` },
    }),
  ),
  // A slug in the trash may be another article's by now: the living one first, then the one trashed last.
  slug: prepared(`article_by_slug_${visibility}`, (db) =>
    db.query.articles.findFirst({
      ...row,
      where: { RAW: (t) => sql`${t.slug} = ${p('slug')} and ${visible[visibility](t)}` },
      orderBy: (t) => sql`${t.deletedAt} desc nulls first`,
    }),
  ),
});
const statements = { published: statementsFor('published'), live: statementsFor('live'), any: statementsFor('any') };

/** One article with all its categories and authors, in order. Undefined when there is none that the caller may see. */
export const findArticle = (db: Database, key: { id: number } | { slug: string }, visibility: Visibility) =>
  'id' in key
    ? statements[visibility].id(db).execute({ id: key.id })
    : statements[visibility].slug(db).execute({ slug: key.slug });

const categoriesOfArticle = prepared('categories_of_article', (db) =>
  db.query.articles.findFirst({
    columns: {},
    with: { categories: named(0) },
    where: {
      RAW: (t) =>
        sql`${t.id} = ${p('id')} and (${t.listedAt} <= now() or ${p('seesAll')}::boolean and ${t.deletedAt} is null)`,
    },
  }),
);

/** The categories of one article, in order; undefined when there is no such article for the caller. */
export const findCategoriesOfArticle = (db: Database, id: number, seesAll: boolean) =>
  categoriesOfArticle(db).execute({ id, seesAll });

/** Where an article stands: null when it is live, else when it was put into the trash. */
export const findArticleState = (db: Database, id: number) =>
  db
    .select({ version: articles.version, slug: articles.slug, deletedAt: articles.deletedAt })
    .from(articles)
    .where(eq(articles.id, id));

/** Slugs of live articles that are `base` with something after it. */
export const listSlugsLike = (db: Database, base: string) =>
  db
    .select({ slug: articles.slug })
    .from(articles)
    .where(and(isNull(articles.deletedAt), like(articles.slug, `${base.replaceAll('_', '\\_')}-%`)));

/** Of these ids, those that are a category (or an author). */
export const listKnownIds = (db: Database, field: 'categoryIds' | 'authorIds', ids: readonly string[]) => {
  const table = sql.identifier(field === 'categoryIds' ? 'categories' : 'authors');
  return db.execute<{ id: string }>(sql`select id from ${table} where id = any(${sql.param(ids)}::bigint[])`);
};

/** Makes those who pick a suffix for the same slug take turns, until the end of the transaction. */
export const lockSlug = (db: Database, slug: string) =>
  db.execute(sql`select pg_advisory_xact_lock(hashtext('rubric.article_slug'), hashtext(${slug}))`);

/** Waits for other writers of the article and keeps them waiting, until the end of the transaction. */
export const lockArticle = (db: Database, id: number) =>
  db.select({ id: articles.id }).from(articles).where(eq(articles.id, id)).for('no key update');

const unexpired = (expected: readonly number[] | undefined) =>
  expected === undefined ? undefined : inArray(articles.version, [...expected]);

/** Moves a live article to the trash. */
export const updateArticleTrashed = (db: Database, id: number, expected: readonly number[] | undefined) =>
  db
    .update(articles)
    .set({ deletedAt: sql`now()` })
    .where(and(eq(articles.id, id), isNull(articles.deletedAt), unexpired(expected)))
    .returning({ id: articles.id });

/** Brings an article back from the trash, under `slug` when its own was taken meanwhile. */
export const updateArticleRestored = (
  db: Database,
  id: number,
  slug: string | undefined,
  expected: readonly number[] | undefined,
) =>
  db
    .update(articles)
    .set({ deletedAt: null, ...(slug !== undefined && { slug }) })
    .where(and(eq(articles.id, id), isNotNull(articles.deletedAt), unexpired(expected)))
    .returning({ id: articles.id });

/** Removes an article, live or trashed, and by the foreign keys its links. */
export const deleteArticle = (db: Database, id: number, expected: readonly number[] | undefined) =>
  db
    .delete(articles)
    .where(and(eq(articles.id, id), unexpired(expected)))
    .returning({ id: articles.id });
