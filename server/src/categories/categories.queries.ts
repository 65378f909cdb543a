import { and, eq, inArray, sql } from 'drizzle-orm';
import { type Actor, setActor } from '../database/actor.ts';
import { type Database, LONG_RUNNING_TIMEOUT_MS } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { categories } from '../database/schema/content.ts';
import { countOf } from './category-counts/category-counts.queries.ts';

const p = sql.placeholder;

export type CategoriesTable = typeof categories;

/** The ancestors of a category, the root first. */
const ancestorsOf = (t: CategoriesTable) => sql<{ id: number; name: string; slug: string }[]>`(
  with recursive ancestors as (
    select id, name, slug, parent_id, 1 as distance from categories where id = ${t.parentId}
    union all
    select parent.id, parent.name, parent.slug, parent.parent_id, ancestors.distance + 1
    from categories as parent join ancestors on parent.id = ancestors.parent_id
  )
  select coalesce(json_agg(json_build_object('id', id, 'name', name, 'slug', slug) order by distance desc), '[]')
  from ancestors)`;

/** The columns of a category in the order of the response, with its ancestors and counts. */
export const categorySelection = {
  columns: {
    id: true,
    name: true,
    slug: true,
    description: true,
    parentId: true,
    position: true,
    ordering: true,
    version: true,
    createdAt: true,
    updatedAt: true,
  },
  extras: {
    path: ancestorsOf,
    articleCount: (t: CategoriesTable) => countOf('direct', t.id),
    articleCountDeep: (t: CategoriesTable) => countOf('deep', t.id),
  },
} as const;

const findCategoryStatement = prepared('category_by_id', (db) =>
  db.query.categories.findFirst({ ...categorySelection, where: { RAW: (t) => sql`${t.id} = ${p('id')}` } }),
);

/** Finds a category with its ancestors and counts. */
export const findCategory = (db: Database, id: number) => findCategoryStatement(db).execute({ id });

const findIdStatement = prepared('category_id_by_key', (db) =>
  db
    .select({ id: categories.id, slug: categories.slug })
    .from(categories)
    .where(sql`${categories.id} = ${p('id')}::bigint or ${categories.slug} = ${p('slug')}`),
);

/** Finds the id and slug of a category by one of them. No row if it does not exist. */
export const findCategoryId = (db: Database, key: { id: number } | { slug: string }) =>
  findIdStatement(db).execute({ id: 'id' in key ? key.id : null, slug: 'slug' in key ? key.slug : null });

export const countCategories = (db: Database) =>
  db.select({ total: sql<number>`count(*)`.mapWith(Number) }).from(categories);

export const insertCategory = (db: Database, actor: Actor, category: typeof categories.$inferInsert) => {
  const insertedCategory = db
    .$with('inserted_category')
    .as(db.insert(categories).values(category).returning({ id: categories.id }));
  return db.with(insertedCategory).select().from(insertedCategory).where(setActor(actor));
};

const hasExpectedVersion = (expectedVersions: readonly number[] | undefined) =>
  expectedVersions === undefined ? undefined : inArray(categories.version, [...expectedVersions]);

/**
 * Updates a category. Without changes it sets the version to itself, which the trigger ignores, and still returns whether
 * the category exists in an expected version.
 */
export const updateCategory = (
  db: Database,
  actor: Actor,
  id: number,
  changes: Partial<typeof categories.$inferInsert>,
  expectedVersions: readonly number[] | undefined,
) =>
  db
    .update(categories)
    .set({ version: sql`version`, ...changes })
    .where(and(eq(categories.id, id), hasExpectedVersion(expectedVersions), setActor(actor)))
    .returning({ id: categories.id });

export const findCategoryVersion = (db: Database, id: number) =>
  db.select({ version: categories.version }).from(categories).where(eq(categories.id, id));

/** Locks the articles of a category in the order of their ids, before its links are deleted and their versions rise. */
export const lockArticlesOfCategory = (db: Database, id: number) =>
  db.execute(sql`select from articles where id in (select article_id from article_categories where category_id = ${id})
    order by id for no key update`);

/**
 * Locks the articles that were linked to a category between `lockArticlesOfCategory` and `lockCategory`. Does not wait for
 * locked ones: their writers can be waiting for the category.
 *
 * @returns the number of articles of the category that others have locked
 */
export const lockNewArticlesOfCategory = (db: Database, id: number) =>
  db.execute<{ lockedByOthers: number }>(sql`
    with locked_articles as materialized (
      select from articles where id in (select article_id from article_categories where category_id = ${id})
      for no key update skip locked
    )
    select (select count(*) from article_categories where category_id = ${id})::int
      - (select count(*) from locked_articles)::int as "lockedByOthers"`);

/**
 * Locks moves and deletions of categories: one transaction at a time. The triggers take the same lock; taken here before
 * any row lock, it prevents two of these transactions from waiting for rows of each other. The following statements of the
 * transaction have a timeout of ten minutes, also behind a pooler, where the timeout is that of the role.
 */
export const lockCategoryMoves = (db: Database) =>
  db.execute(sql`select set_config('statement_timeout', ${String(LONG_RUNNING_TIMEOUT_MS)}, true),
    pg_advisory_xact_lock(hashtext('rubric.category_moves'))`);

/** Locks a category. Waits for transactions that link articles to it, and makes new ones wait. */
export const lockCategory = (db: Database, id: number) =>
  db.select({ id: categories.id }).from(categories).where(eq(categories.id, id)).for('update');

/**
 * Lists the children that cannot move up to the parent of a category, because another child of that parent has a name that
 * looks the same.
 */
export const listConflictingChildren = (db: Database, id: number) =>
  db.execute<{ id: string; name: string }>(sql`
    select child.id, child.name from categories as child join categories as parent on parent.id = child.parent_id
    where parent.id = ${id} and exists (
      select from categories as sibling
      where coalesce(sibling.parent_id, 0) = coalesce(parent.parent_id, 0) and sibling.id <> parent.id
        and fold_category_name(sibling.name) = fold_category_name(child.name))
    order by child.name`);

/** Finds the child of a parent, or the category at the top, that has this name or one that looks the same. */
export const findSiblingNamed = (db: Database, parentId: number | null, name: string) =>
  db.execute<{ id: string; name: string }>(sql`
    select id, name from categories
    where coalesce(parent_id, 0) = coalesce(${parentId}::bigint, 0) and fold_category_name(name) = fold_category_name(${name})`);

/**
 * Deletes a category and moves its children up to its parent. In one statement with the delete first, so a child can have
 * the name of the deleted category. A trigger deletes its links.
 */
export const deleteCategory = (
  db: Database,
  actor: Actor,
  id: number,
  expectedVersions: readonly number[] | undefined,
) => {
  const deletedCategory = db.$with('deleted_category').as(
    db
      .delete(categories)
      .where(and(eq(categories.id, id), hasExpectedVersion(expectedVersions), setActor(actor)))
      .returning({ id: categories.id, parentId: categories.parentId }),
  );
  const movedChildren = db.$with('moved_children', {}).as(sql`
    update categories set parent_id = deleted_category.parent_id
    from deleted_category where categories.parent_id = deleted_category.id`);
  return db.with(deletedCategory, movedChildren).select({ id: deletedCategory.id }).from(deletedCategory);
};
