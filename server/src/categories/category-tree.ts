import { fingerprint } from '../pagination/cursor.ts';
import { envelope, pageRequestOf, pick } from '../pagination/page.ts';
import type { CategoryListQuery } from './categories.schema.ts';

/** A sort key as PostgreSQL writes an array of position and id for each level: `{0,1,0,3}`. */
const isSortKey = (key: string) => /^\{-?\d{1,15}(,-?\d{1,15})*\}$/.test(key);
const FINGERPRINT = fingerprint('categories');

/** Translates a request for the flat tree into the parameters of its query, and its rows into the response. Pure. */
export function planCategoryList(query: CategoryListQuery) {
  const page = pageRequestOf(query, FINGERPRINT, isSortKey);
  return {
    values: { backward: page.backward, from: page.from?.key ?? null, fetch: page.limit + 1, offset: page.offset },
    toResponse: <Row extends { id: number; sortKey: string }>(rows: Row[], total: number | undefined) =>
      envelope(
        rows,
        { pageRequest: page, fingerprint: FINGERPRINT, total },
        (row) => ({ key: row.sortKey, id: row.id }),
        ({ sortKey: _, ...category }) => pick(category, query.fields),
      ),
  };
}

interface CategoryReference {
  id: number;
  name: string;
  slug: string;
}

/** Nests categories in their parents, siblings in the given order, and adds the path of each. */
export function nestCategories<Category extends CategoryReference & { parentId: number | null }>(
  categories: Category[],
) {
  type Node = Category & { path: CategoryReference[]; children: Node[] };
  const childrenOf = Map.groupBy(categories, ({ parentId }) => parentId);
  const nest = (parentId: number | null, path: CategoryReference[]): Node[] =>
    (childrenOf.get(parentId) ?? []).map((category) => ({
      ...category,
      path,
      children: nest(category.id, [...path, { id: category.id, name: category.name, slug: category.slug }]),
    }));
  return nest(null, []);
}
