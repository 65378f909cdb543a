import { fingerprint } from '../pagination/cursor.ts';
import { envelope, pageRequestOf, pick } from '../pagination/page.ts';
import type { CategoryListQuery } from './categories.schema.ts';

const isPlace = (key: string) => /^\{-?\d{1,15}(,-?\d{1,15})*\}$/.test(key);
const MARK = fingerprint('categories');

/** What a request for the flat tree asks of the database, and how its rows become the answer. Pure. */
export function planCategoryList(query: CategoryListQuery) {
  const slice = pageRequestOf(query, MARK, isPlace);
  return {
    values: { backward: slice.backward, from: slice.from?.key ?? null, fetch: slice.limit + 1, offset: slice.offset },
    answer: <Row extends { id: number; place: string }>(rows: Row[], total: number | undefined) =>
      envelope(
        rows,
        { slice, mark: MARK, total },
        (row) => ({ key: row.place, id: row.id }),
        ({ place: _, ...row }) => pick(row, query.fields),
      ),
  };
}

interface Named {
  id: number;
  name: string;
  slug: string;
}

/** Nests categories, in the order given among siblings, and gives each its path. */
export function nestCategories<Row extends Named & { parentId: number | null }>(rows: Row[]) {
  type Node = Row & { path: Named[]; children: Node[] };
  const childrenOf = Map.groupBy(rows, ({ parentId }) => parentId);
  const grow = (parentId: number | null, path: Named[]): Node[] =>
    (childrenOf.get(parentId) ?? []).map((row) => ({
      ...row,
      path,
      children: grow(row.id, [...path, { id: row.id, name: row.name, slug: row.slug }]),
    }));
  return grow(null, []);
}
