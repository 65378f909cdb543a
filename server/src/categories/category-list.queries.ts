import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { keysetCondition, type PageRange } from '../pagination/keyset-condition.queries.ts';
import { type CategoriesTable, categorySelection } from './categories.queries.ts';
import { countOf, selectDirectCounts } from './category-counts/category-counts.queries.ts';
import {
  type CategoryFilter,
  matchingCtes,
  matchRank,
  rankOfNamed,
  sortedMatchesCte,
  treeCte,
  treeSortKey,
} from './category-filters.queries.ts';

/** `tree`: each category after its parent; `relevance`: the best match of `q` first. */
export type CategoryOrder = 'tree' | 'relevance' | 'name' | '-articleCount';

const name = sql`categories.name collate "und-x-icu"`;

/** Selects the ids of the first matches in one of the orders that have no cursor. */
function firstIds(filter: CategoryFilter, order: Exclude<CategoryOrder, 'tree'>, fetch: number): SQL {
  const { join, orderBy } = {
    relevance: {
      join: sql`left join named using (id)`,
      orderBy: sql`${rankOfNamed(filter.q ?? '')}, ${name}, id`,
    },
    name: { join: sql``, orderBy: sql`${name}, id` },
    '-articleCount': {
      join: sql`left join (${selectDirectCounts}) as counted on counted.category_id = id`,
      orderBy: sql`coalesce(counted.count, 0) desc, id desc`,
    },
  }[order];
  return sql`with recursive ${sql.join(matchingCtes(filter), sql`, `)}
    select id from matching join categories using (id) ${join} order by ${orderBy} limit ${fetch}`;
}

/** Selects the ids of a page in the order of the tree. Given ids, their sort keys are looked up, not those of the tree. */
function pageOfTree(filter: CategoryFilter, { backward, from, fetch, offset }: PageRange): SQL {
  const ctes = filter.ids ? [...matchingCtes(filter), sortedMatchesCte] : [treeCte(filter)];
  const direction = backward ? 'desc' : 'asc';
  return sql`with recursive ${sql.join(ctes, sql`, `)}
    select id from tree
    where ${from === null ? sql`true` : keysetCondition([sql`sort_key`], [sql`${from.key}::bigint[]`], direction)}
    order by sort_key ${sql.raw(direction)} limit ${fetch} offset ${offset}`;
}

function orderOf(t: CategoriesTable, order: CategoryOrder, { q }: CategoryFilter, { backward }: PageRange): SQL {
  const byName = sql`${t.name} collate "und-x-icu", ${t.id}`;
  switch (order) {
    case 'tree':
      return sql`${treeSortKey(t)}::bigint[] ${sql.raw(backward ? 'desc' : 'asc')}`;
    case 'relevance':
      return sql`${matchRank(t.name, q ?? '')}, ${byName}`;
    case 'name':
      return byName;
    case '-articleCount':
      return sql`${countOf('direct', t.id)} desc, ${t.id} desc`;
  }
}

/** Lists one page of the categories that match; only the order of the tree has cursors. `listCategories` lists all of the tree with a prepared statement. */
export const listMatchingCategories = (db: Database, filter: CategoryFilter, order: CategoryOrder, page: PageRange) =>
  db.query.categories.findMany({
    ...categorySelection,
    extras: { ...categorySelection.extras, sortKey: treeSortKey },
    where: {
      RAW: (t) =>
        sql`${t.id} in (${order === 'tree' ? pageOfTree(filter, page) : firstIds(filter, order, page.fetch)})`,
    },
    orderBy: (t) => orderOf(t, order, filter, page),
  });

/** Counts the categories that match. */
export const countMatchingCategories = (db: Database, filter: CategoryFilter) =>
  db
    .select({ total: sql<number>`total`.mapWith(Number) })
    .from(
      sql`(with recursive ${sql.join(matchingCtes(filter), sql`, `)} select count(*) as total from matching) as counted`,
    );
