import { eq, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { articles } from '../database/schema/content.ts';
import { FIELD_NAMES, UNLISTED_FIELDS } from './article-fields.ts';
import { type LinkedTable, recordOfLinkedTables } from './article-relations.ts';
import { linkedIds } from './linked-names/linked-names.queries.ts';
import { recordOf } from './record-of.ts';
import { canReadUnpublished, hasDraft, isReadable } from './visibility/visibility.queries.ts';
import type { ReadScope } from './visibility/visibility.ts';

const p = sql.placeholder;

/**
 * The status of an article: `trashed` takes precedence over `draft`, and `draft` over `scheduled`. It is not stored but
 * computed, so no job has to change it at the time of publication.
 */
export const statusOf = (t: { deletedAt: SQLWrapper; publishedAt: SQLWrapper }) => sql<
  'draft' | 'scheduled' | 'published' | 'trashed'
>`case
  when ${t.deletedAt} is not null then 'trashed' when ${t.publishedAt} is null then 'draft'
  when ${t.publishedAt} > now() then 'scheduled' else 'published' end`;

/**
 * The linked rows of an article, in the order of the links. Drizzle names the joining table of a relation `tr0`; a
 * different alias would show in the generated SQL.
 */
const linkedReferences = {
  columns: { id: true, name: true, slug: true },
  orderBy: () => sql.raw('tr0.position, tr0.article_id'),
} as const;

/** The columns of an article in the order of the response, with the linked rows. */
export const articleSelection = {
  columns: {
    id: true,
    ...recordOf(FIELD_NAMES, () => true as const),
    publishedAt: true,
    createdAt: true,
    updatedAt: true,
    version: true,
  },
  extras: { status: statusOf },
  with: recordOfLinkedTables(() => linkedReferences),
} as const;
/** The columns of an article in a list, with the ids of the linked rows; `LinkedNames` adds the names. */
export const listedSelection = {
  columns: { ...articleSelection.columns, ...recordOf(UNLISTED_FIELDS, () => false as const) },
  extras: { ...articleSelection.extras, ...linkedIds },
};

type ArticlesTable = typeof articles;
const isPublished = (t: ArticlesTable) => sql`${t.listedAt} <= now()`;

/**
 * `isPublished` implies that the article is live, because `listed_at` is infinity in the trash. PostgreSQL cannot infer that,
 * and it uses the partial index of live slugs only for a condition on `deleted_at`.
 */
const isPublishedAndLive = (t: ArticlesTable) => sql`${t.deletedAt} is null and ${isPublished(t)}`;
const isReadableAndLive = (t: ArticlesTable) => sql`${t.deletedAt} is null and ${isReadable(t)}`;
/** The condition on `deleted_at` is always true. It lets PostgreSQL use both partial indexes of slugs, of live and of trashed ones. */
const isReadableLiveOrTrashed = (t: ArticlesTable) =>
  sql`(${t.deletedAt} is null or ${t.deletedAt} is not null) and ${isReadable(t)}`;

type Extras = typeof articleSelection.extras;
/** `findArticle` declares the type of the optional `hasDraft`. */
const withDraft = { ...articleSelection.extras, hasDraft };

const findStatements = (
  name: string,
  condition: (t: ArticlesTable) => SQL,
  extras: Extras = articleSelection.extras,
) => ({
  byId: prepared({ name: `${name}_by_id`, pipelined: true }, (db) =>
    db.query.articles.findFirst({
      ...articleSelection,
      extras,
      where: { RAW: (t) => sql`${t.id} = ${p('id')} and ${condition(t)}` },
    }),
  ),
  // Articles in the trash can have the slug of another article: the live one comes first, then the one that was trashed
  // last.
  bySlug: prepared({ name: `${name}_by_slug`, pipelined: true }, (db) =>
    db.query.articles.findFirst({
      ...articleSelection,
      extras,
      where: { RAW: (t) => sql`${t.slug} = ${p('slug')} and ${condition(t)}` },
      orderBy: (t) => sql`${t.deletedAt} desc nulls first`,
    }),
  ),
});
const findPublished = findStatements('published_article', isPublishedAndLive);
const findLive = findStatements('live_article', isReadableAndLive, withDraft);
const findLiveOrTrashed = findStatements('live_or_trashed_article', isReadableLiveOrTrashed, withDraft);

type FoundArticle = NonNullable<Awaited<ReturnType<ReturnType<typeof findPublished.byId>['execute']>>>;

/**
 * Finds an article with all its categories and authors, in order. Undefined if there is none that the caller can read.
 *
 * @param scope null for a caller that reads published articles only
 * @param trashed also finds articles in the trash
 */
export const findArticle = (
  db: Database,
  key: { id: number } | { slug: string },
  scope: ReadScope | null,
  trashed = false,
): Promise<(FoundArticle & { hasDraft?: boolean | null }) | undefined> => {
  const { byId, bySlug } = scope === null ? findPublished : trashed ? findLiveOrTrashed : findLive;
  return 'id' in key ? byId(db).execute({ ...scope, id: key.id }) : bySlug(db).execute({ ...scope, slug: key.slug });
};

const findCategoriesStatement = prepared({ name: 'categories_of_article', pipelined: true }, (db) =>
  db.query.articles.findFirst({
    columns: {},
    with: { categories: linkedReferences },
    where: {
      RAW: (t) =>
        sql`${t.id} = ${p('id')} and (${isPublished(t)} or ${canReadUnpublished(t)} and ${t.deletedAt} is null)`,
    },
  }),
);

/** Finds the categories of an article, in order. Undefined if there is none that the caller can read. */
export const findCategoriesOfArticle = (db: Database, id: number, scope: ReadScope) =>
  findCategoriesStatement(db).execute({ ...scope, id });

/** Lists which of these ids exist. */
export const listExistingIds = (db: Database, table: LinkedTable, ids: readonly string[]) =>
  db.execute<{ id: string }>(sql`select id from ${sql.identifier(table)} where id = any(${sql.param(ids)}::bigint[])`);

/** Locks an article against other writers until the end of the transaction. */
export const lockArticle = (db: Database, id: number) =>
  db.select({ id: articles.id }).from(articles).where(eq(articles.id, id)).for('no key update');
