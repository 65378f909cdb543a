import { parameterConflict } from '../http/problems.ts';
import { fingerprint, unordered } from '../pagination/cursor.ts';
import { envelope, type PageRequest, pageRequestOf, pick } from '../pagination/page.ts';
import type { CategoryListQuery } from './categories.schema.ts';

/** A sort key as PostgreSQL writes an array of position and id for each level: `{0,1,0,3}`. */
const isSortKey = (key: string) => /^\{-?\d{1,15}(,-?\d{1,15})*\}$/.test(key);

/** Returns the page of a request. Only the order of the tree has pages; the other orders return the first rows. */
function pageRequestFor(query: CategoryListQuery, isTree: boolean, listFingerprint: string): PageRequest {
  if (isTree) return pageRequestOf(query, listFingerprint, isSortKey);
  const conflicts = (['after', 'before', 'page'] as const).filter((name) => query[name] !== undefined);
  if (conflicts.length === 0) return { limit: query.limit, from: null, backward: false, fetch: query.limit, offset: 0 };
  const detail = `A list with q or sort is one page: it cannot be combined with ${conflicts.join(' and ')}.`;
  throw parameterConflict(conflicts, detail);
}

/**
 * Translates a request for a list of categories into the parameters of its query, and its rows into the response. Pure.
 *
 * @throws Problem for a cursor of another list, and for a page of a list that has only one
 */
export function planCategoryList(query: CategoryListQuery) {
  const { q, parentId, depth, ids, sort } = query;
  const order = sort ?? (q === undefined ? 'tree' : 'relevance');
  const isTree = order === 'tree';
  const filter = { q, parentId, depth, ids };
  const conditions = Object.entries(filter).filter(([, value]) => value !== undefined);
  const hasFilter = conditions.length > 0;
  const listFingerprint = fingerprint(hasFilter ? ['categories', unordered(conditions)] : 'categories');
  const pageRequest = pageRequestFor(query, isTree, listFingerprint);
  return {
    /** Null without any condition. */
    filter: hasFilter ? filter : null,
    order,
    pageRequest,
    toResponse: <Row extends { id: number; sortKey: string }>(rows: Row[], total: number | undefined) =>
      envelope(
        rows,
        { pageRequest, fingerprint: listFingerprint, total },
        (row) => ({ key: row.sortKey, id: row.id }),
        ({ sortKey: _, ...category }) => pick(category, query.fields),
      ),
  } as const;
}
