import { eq, sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { categories, categoryCountDeltas, categoryCounts } from '../database/schema/content.ts';
import { keysetCondition } from '../pagination/keyset-condition.queries.ts';
import { categorySelection } from './categories.queries.ts';
import { treeSortKey } from './category-filters.queries.ts';

const p = sql.placeholder;

/** The ids of one page of the flat tree, depth first. */
const pageOfTree = (backward: boolean) => sql`
  with recursive tree as (
    select id, array[position::bigint, id] as sort_key from categories where parent_id is null
    union all
    select child.id, tree.sort_key || array[child.position::bigint, child.id]
    from categories as child join tree on child.parent_id = tree.id
  )
  select id from tree
  where ${p('from')}::bigint[] is null or ${keysetCondition([sql`sort_key`], [sql`${p('from')}::bigint[]`], backward ? 'desc' : 'asc')}
  order by sort_key ${sql.raw(backward ? 'desc' : 'asc')} limit ${p('fetch')} offset ${p('offset')}`;

const listStatement = (name: string, backward: boolean) =>
  prepared(name, (db) =>
    db.query.categories.findMany({
      ...categorySelection,
      extras: { ...categorySelection.extras, sortKey: treeSortKey },
      where: { RAW: (t) => sql`${t.id} in (${pageOfTree(backward)})` },
      orderBy: (t) => sql`${treeSortKey(t)}::bigint[] ${sql.raw(backward ? 'desc' : 'asc')}`,
    }),
  );
const listForward = listStatement('list_categories', false);
const listBackward = listStatement('list_categories_backward', true);

/**
 * Lists one page of the flat tree: each category after its parent, siblings by position, then id.
 *
 * @param from the sort key after which the page begins (before which, if `backward`); null for the start
 * @param fetch the maximum number of rows
 */
export const listCategories = (
  db: Database,
  { backward, ...values }: { backward: boolean; from: string | null; fetch: number; offset: number },
) => (backward ? listBackward : listForward)(db).execute(values);

const listTreeStatement = prepared('category_tree', (db) => {
  const dueDeltas = db
    .select({
      categoryId: categoryCountDeltas.categoryId,
      direct: sql<number>`sum(${categoryCountDeltas.direct})`.as('direct'),
      deep: sql<number>`sum(${categoryCountDeltas.deep})`.as('deep'),
    })
    .from(categoryCountDeltas)
    .where(sql`${categoryCountDeltas.effectiveAt} <= now()`)
    .groupBy(categoryCountDeltas.categoryId)
    .as('due_deltas');
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
      articleCount: sql<number>`(coalesce(${categoryCounts.direct}, 0) + coalesce(${dueDeltas.direct}, 0))::int`,
      articleCountDeep: sql<number>`(coalesce(${categoryCounts.deep}, 0) + coalesce(${dueDeltas.deep}, 0))::int`,
    })
    .from(categories)
    .leftJoin(categoryCounts, eq(categoryCounts.categoryId, categories.id))
    .leftJoin(dueDeltas, eq(dueDeltas.categoryId, categories.id))
    .orderBy(categories.position, categories.id);
});

/** Lists all categories with their counts, by position, then id. Without paths: `nestCategories` computes them. */
export const listCategoryTree = (db: Database) => listTreeStatement(db).execute();
