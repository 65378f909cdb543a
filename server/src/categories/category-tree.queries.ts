import { eq, sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { categories } from '../database/schema/content.ts';
import { categoryCountDeltas, categoryCounts } from '../database/schema/counts.ts';
import { keysetCondition, type PageRange } from '../pagination/keyset-condition.queries.ts';
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

/** Lists one page of the flat tree: each category after its parent, siblings by position, then id. */
export const listCategories = (db: Database, { backward, from, fetch, offset }: PageRange) =>
  (backward ? listBackward : listForward)(db).execute({ from: from?.key ?? null, fetch, offset });

const treeVersionStatement = prepared('tree_version', (db) =>
  db
    .select({
      version: sql<string>`concat_ws(' ', pg_current_snapshot(), pg_postmaster_start_time(), case when pg_is_in_recovery() then clock_timestamp() end,
        (select min(${categoryCountDeltas.effectiveAt}) from ${categoryCountDeltas} where ${categoryCountDeltas.effectiveAt} > now()))`,
    })
    .from(sql`(select) as nothing`),
);

/**
 * Finds a text that differs whenever the tree can differ: it contains the transactions whose changes are visible, and the
 * next time at which a count changes by itself. On a standby the visible transactions are not known exactly, so there no
 * two texts are equal. After a failover, another server can assign the same numbers to other transactions, but it has a
 * different start time.
 */
export const findTreeVersion = (db: Database) => treeVersionStatement(db).execute();

const treeTextStatement = prepared('tree_text_bytes', (db) =>
  db
    .select({
      bytes:
        sql<number>`coalesce(sum(octet_length(${categories.name}) + octet_length(${categories.slug}) + coalesce(octet_length(${categories.description}), 0)), 0)`.mapWith(
          Number,
        ),
    })
    .from(categories),
);

/** Finds the stored length of all texts of the tree. PostgreSQL knows it without reading long texts. */
export const findTreeTextBytes = (db: Database) => treeTextStatement(db).execute();

const listTreeStatement = prepared('category_tree', (db) => {
  const due = db
    .select({
      direct: sql<number>`sum(${categoryCountDeltas.direct})`.as('direct'),
      deep: sql<number>`sum(${categoryCountDeltas.deep})`.as('deep'),
    })
    .from(categoryCountDeltas)
    .where(sql`${categoryCountDeltas.categoryId} = ${categories.id} and ${categoryCountDeltas.effectiveAt} <= now()`)
    .as('due');
  return db
    .select({
      id: categories.id,
      name: categories.name,
      slug: categories.slug,
      description: categories.description,
      parentId: categories.parentId,
      position: categories.position,
      ordering: categories.ordering,
      version: categories.version,
      createdAt: categories.createdAt,
      updatedAt: categories.updatedAt,
      articleCount: sql<number>`(coalesce(${categoryCounts.direct}, 0) + coalesce(${due.direct}, 0))::int`,
      articleCountDeep: sql<number>`(coalesce(${categoryCounts.deep}, 0) + coalesce(${due.deep}, 0))::int`,
    })
    .from(categories)
    .leftJoin(categoryCounts, eq(categoryCounts.categoryId, categories.id))
    .leftJoinLateral(due, sql`true`)
    .where(sql`${categories.id} > ${p('afterId')}::bigint`)
    .orderBy(categories.id)
    .limit(p('limit'));
});

/** Lists a part of all categories with their counts, by id. Without paths: `treeJson` adds them. */
export const listTreePart = (db: Database, { afterId, limit }: { afterId: number; limit: number }) =>
  listTreeStatement(db).execute({ afterId, limit });

export type TreeRow = Awaited<ReturnType<typeof listTreePart>>[number];
