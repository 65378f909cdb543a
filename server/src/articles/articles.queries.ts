import { type AnyColumn, eq, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { articles } from '../database/schema/content.ts';
import { isVisible } from './visibility/visibility.queries.ts';
import type { ReadScope } from './visibility/visibility.ts';

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

/** Everybody sees what is published, and callers what is theirs to see besides, the trash when they ask for it. */
const published = (t: typeof articles) => sql`${t.listedAt} <= now()`;
/** What is in the trash is listed never: the first condition follows from the other, but the index of slugs has to hear it. */
const publishedAndLive = (t: typeof articles) => sql`${t.deletedAt} is null and ${published(t)}`;
const publishedOrSeen = (t: typeof articles) => sql`(${published(t)} or ${isVisible(t)})`;
const live = (t: typeof articles) => sql`${t.deletedAt} is null and ${publishedOrSeen(t)}`;
/** Every article is one or the other: each index of slugs has to hear that its half is asked for. */
const alsoInTrash = (t: typeof articles) =>
  sql`(${t.deletedAt} is null or ${t.deletedAt} is not null) and ${publishedOrSeen(t)}`;

const statementsFor = (name: string, visible: (t: typeof articles) => SQL) => ({
  id: prepared({ name: `${name}_by_id`, pipelined: true }, (db) =>
    db.query.articles.findFirst({ ...row, where: { RAW: (t) => sql`${t.id} = ${p('id')} and ${visible(t)}` } }),
  ),
  // A slug in the trash may be another article's by now: the living one first, then the one trashed last.
  slug: prepared({ name: `${name}_by_slug`, pipelined: true }, (db) =>
    db.query.articles.findFirst({
      ...row,
      where: { RAW: (t) => sql`${t.slug} = ${p('slug')} and ${visible(t)}` },
      orderBy: (t) => sql`${t.deletedAt} desc nulls first`,
    }),
  ),
});
const statements = {
  published: statementsFor('published_article', publishedAndLive),
  live: statementsFor('live_article', live),
  any: statementsFor('any_article', alsoInTrash),
};

/**
 * One article with all its categories and authors, in order. Undefined when there is none that the caller may see.
 *
 * @param reader null for somebody who sees what is published and no more
 */
export const findArticle = (
  db: Database,
  key: { id: number } | { slug: string },
  reader: ReadScope | null,
  trashed = false,
) => {
  const { id, slug } = statements[reader === null ? 'published' : trashed ? 'any' : 'live'];
  return 'id' in key ? id(db).execute({ ...reader, id: key.id }) : slug(db).execute({ ...reader, slug: key.slug });
};

const categoriesOfArticle = prepared({ name: 'categories_of_article', pipelined: true }, (db) =>
  db.query.articles.findFirst({
    columns: {},
    with: { categories: named(0) },
    where: {
      RAW: (t) => sql`${t.id} = ${p('id')} and (${published(t)} or ${isVisible(t)} and ${t.deletedAt} is null)`,
    },
  }),
);

/** The categories of one article, in order; undefined when there is no such article for the caller. */
export const findCategoriesOfArticle = (db: Database, id: number, reader: ReadScope) =>
  categoriesOfArticle(db).execute({ ...reader, id });

/** Of these ids, those that are a category (or an author). */
export const listKnownIds = (db: Database, field: 'categoryIds' | 'authorIds', ids: readonly string[]) => {
  const table = sql.identifier(field === 'categoryIds' ? 'categories' : 'authors');
  return db.execute<{ id: string }>(sql`select id from ${table} where id = any(${sql.param(ids)}::bigint[])`);
};

/** Waits for other writers of the article and keeps them waiting, until the end of the transaction. */
export const lockArticle = (db: Database, id: number) =>
  db.select({ id: articles.id }).from(articles).where(eq(articles.id, id)).for('no key update');
