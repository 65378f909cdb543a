import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { nestedRow } from '../articles/articles.queries.ts';
import { type Actor, setActor } from '../database/actor.ts';
import type { Database } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { categories, categoryCountDeltas, categoryCounts } from '../database/schema/content.ts';
import { countOf } from './category-counts/category-counts.queries.ts';

const p = sql.placeholder;

interface NamedRow {
  id: number;
  name: string;
  slug: string;
}

/** The ancestors of a category, the root first. */
const path = (t: typeof categories) => sql<NamedRow[]>`(
  with recursive up as (
    select id, name, slug, parent_id, 1 as distance from categories where id = ${t.parentId}
    union all
    select c.id, c.name, c.slug, c.parent_id, up.distance + 1 from categories as c join up on c.id = up.parent_id
  )
  select coalesce(json_agg(json_build_object('id', id, 'name', name, 'slug', slug) order by distance desc), '[]') from up)`;

/** What of a category is read, in the order of the answer. */
const row = {
  columns: {
    id: true,
    name: true,
    slug: true,
    description: true,
    parentId: true,
    position: true,
    version: true,
    createdAt: true,
    updatedAt: true,
  },
  extras: {
    path,
    articleCount: (t: typeof categories) => countOf('direct', t.id),
    articleCountDeep: (t: typeof categories) => countOf('deep', t.id),
  },
} as const;

/** One category with its ancestors and counts. */
const categoryById = prepared('category_by_id', (db) =>
  db.query.categories.findFirst({ ...row, where: { RAW: (t) => sql`${t.id} = ${p('id')}` } }),
);
export const findCategory = (db: Database, id: number) => categoryById(db).execute({ id });

/** The same with its newest published articles, straight through the relation, in one statement. */
const withArticles = (name: string, where: (t: typeof categories) => SQL) =>
  prepared(name, (db) =>
    db.query.categories.findFirst({
      ...row,
      where: { RAW: where },
      with: {
        articles: {
          ...nestedRow,
          where: { RAW: () => sql`tr0.listed_at <= now()` },
          orderBy: { listedAt: 'desc', id: 'desc' },
          limit: p('articles'),
        },
      },
    }),
  );
const categoryWithArticles = {
  id: withArticles('category_by_id_with_articles', (t) => sql`${t.id} = ${p('key')}::bigint`),
  slug: withArticles('category_by_slug_with_articles', (t) => sql`${t.slug} = ${p('key')}`),
};

/** @param articles how many of its newest articles to read */
export const findCategoryWithArticles = (db: Database, key: { id: number } | { slug: string }, articles: number) =>
  'id' in key
    ? categoryWithArticles.id(db).execute({ key: key.id, articles })
    : categoryWithArticles.slug(db).execute({ key: key.slug, articles });

const idOf = prepared('category_id_by_key', (db) =>
  db
    .select({ id: categories.id })
    .from(categories)
    .where(sql`${categories.id} = ${p('id')}::bigint or ${categories.slug} = ${p('slug')}`),
);

/** The id of a category, by either key. */
export const findCategoryId = (db: Database, key: { id: number } | { slug: string }) =>
  idOf(db).execute({ id: 'id' in key ? key.id : null, slug: 'slug' in key ? key.slug : null });

/** Where a category stands in the tree: position and id of each ancestor and of itself. Parents sort before children. */
const place = (t: typeof categories) => sql<string>`(
  with recursive up as (
    select ${t.parentId} as parent_id, array[${t.position}::bigint, ${t.id}] as place
    union all
    select c.parent_id, array[c.position::bigint, c.id] || up.place from categories as c join up on c.id = up.parent_id
  )
  select place::text from up where parent_id is null)`;

/** The ids of a page of the tree, depth first. */
const pageOfTree = (backward: boolean) => sql`
  with recursive tree as (
    select id, array[position::bigint, id] as place from categories where parent_id is null
    union all
    select c.id, tree.place || array[c.position::bigint, c.id] from categories as c join tree on c.parent_id = tree.id
  )
  select id from tree where ${p('from')}::bigint[] is null or place ${sql.raw(backward ? '<' : '>')} ${p('from')}::bigint[]
  order by place ${sql.raw(backward ? 'desc' : 'asc')} limit ${p('fetch')} offset ${p('offset')}`;

const listStatement = (name: string, backward: boolean) =>
  prepared(name, (db) =>
    db.query.categories.findMany({
      ...row,
      extras: { ...row.extras, place },
      where: { RAW: (t) => sql`${t.id} in (${pageOfTree(backward)})` },
      orderBy: (t) => sql`${place(t)}::bigint[] ${sql.raw(backward ? 'desc' : 'asc')}`,
    }),
  );
const lists = {
  forward: listStatement('list_categories', false),
  backward: listStatement('list_categories_backward', true),
};

/**
 * The tree, flat: each category after its parent, siblings by position, then id.
 *
 * @param from the place after (backward: before) which to begin, as `place` gives it; null for the start
 * @param fetch how many rows at most
 */
export const listCategories = (
  db: Database,
  { backward, ...values }: { backward: boolean; from: string | null; fetch: number; offset: number },
) => lists[backward ? 'backward' : 'forward'](db).execute(values);

const treeStatement = prepared('category_tree', (db) => {
  const due = db
    .select({
      categoryId: categoryCountDeltas.categoryId,
      direct: sql<number>`sum(${categoryCountDeltas.direct})`.as('direct'),
      deep: sql<number>`sum(${categoryCountDeltas.deep})`.as('deep'),
    })
    .from(categoryCountDeltas)
    .where(sql`${categoryCountDeltas.effectiveAt} <= now()`)
    .groupBy(categoryCountDeltas.categoryId)
    .as('due');
  return db
    .select({
      id: categories.id,
      name: categories.name,
      slug: categories.slug,
      description: categories.description,
      parentId: categories.parentId,
      position: categories.position,
      version: categories.version,
      createdAt: categories.createdAt,
      updatedAt: categories.updatedAt,
      articleCount: sql<number>`(coalesce(${categoryCounts.direct}, 0) + coalesce(${due.direct}, 0))::int`,
      articleCountDeep: sql<number>`(coalesce(${categoryCounts.deep}, 0) + coalesce(${due.deep}, 0))::int`,
    })
    .from(categories)
    .leftJoin(categoryCounts, eq(categoryCounts.categoryId, categories.id))
    .leftJoin(due, eq(due.categoryId, categories.id))
    .orderBy(categories.position, categories.id);
});

/** All categories with their counts, by position, then id; who nests them knows their paths too. */
export const listWholeTree = (db: Database) => treeStatement(db).execute();

export const countCategories = (db: Database) =>
  db.select({ total: sql<number>`count(*)`.mapWith(Number) }).from(categories);

export const insertCategory = (db: Database, actor: Actor, category: typeof categories.$inferInsert) => {
  const inserted = db.$with('inserted').as(db.insert(categories).values(category).returning({ id: categories.id }));
  return db.with(inserted).select().from(inserted).where(setActor(actor));
};

const unexpired = (expected: readonly number[] | undefined) =>
  expected === undefined ? undefined : inArray(categories.version, [...expected]);

/** A change of nothing writes nothing, but tells whether the category is there, in an expected version. */
export const updateCategory = (
  db: Database,
  actor: Actor,
  id: number,
  change: Partial<typeof categories.$inferInsert>,
  expected: readonly number[] | undefined,
) =>
  db
    .update(categories)
    .set({ version: sql`version`, ...change })
    .where(and(eq(categories.id, id), unexpired(expected), setActor(actor)))
    .returning({ id: categories.id });

export const findCategoryVersion = (db: Database, id: number) =>
  db.select({ version: categories.version }).from(categories).where(eq(categories.id, id));

/** Lets one transaction at a time change the shape of the tree; taken also by the trigger that refuses cycles. */
export const lockCategoryTree = (db: Database) =>
  db.execute(sql`select pg_advisory_xact_lock(hashtext('rubric.category_tree'))`);

/** Locks the articles of a category, in the order of their ids, before their links go and their versions rise. */
export const lockArticlesOfCategory = (db: Database, id: number) =>
  db.execute(sql`select from articles where id in (select article_id from article_categories where category_id = ${id})
    order by id for no key update`);

/**
 * Lets one transaction at a time move or delete categories. Taken before any row: those who write links hold a share of
 * the tree's lock and wait for rows, so that who holds rows and waits for the tree must not meet another such.
 */
export const lockCategoryMoves = (db: Database) =>
  db.execute(sql`select pg_advisory_xact_lock(hashtext('rubric.category_moves'))`);

/** Waits for those who file articles under a category, and keeps them waiting. */
export const lockCategory = (db: Database, id: number) =>
  db.select({ id: categories.id }).from(categories).where(eq(categories.id, id)).for('update');

/** Children that cannot move up, since a sibling of their parent has their name. */
export const listChildrenInTheWay = (db: Database, id: number) =>
  db.execute<{ id: string; name: string }>(sql`
    select child.id, child.name from categories as child join categories as parent on parent.id = child.parent_id
    where parent.id = ${id} and exists (
      select from categories as sibling
      where coalesce(sibling.parent_id, 0) = coalesce(parent.parent_id, 0) and sibling.id <> parent.id
        and lower(normalize(sibling.name, NFC) collate "und-x-icu") = lower(normalize(child.name, NFC) collate "und-x-icu"))
    order by child.name`);

/**
 * Removes a category and moves its children up to its parent. One statement, the removal first, so that a child may take
 * the name of the category that goes; its links go by the foreign key.
 */
export const deleteCategory = (db: Database, actor: Actor, id: number, expected: readonly number[] | undefined) => {
  const gone = db.$with('gone').as(
    db
      .delete(categories)
      .where(and(eq(categories.id, id), unexpired(expected), setActor(actor)))
      .returning({ id: categories.id, parentId: categories.parentId }),
  );
  const moved = db.$with('moved', {}).as(sql`
    update categories set parent_id = gone.parent_id from gone where categories.parent_id = gone.id`);
  return db.with(gone, moved).select({ id: gone.id }).from(gone);
};
