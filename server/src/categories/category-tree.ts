import type { CategoryListQuery } from './categories.schema.ts';
import { fingerprint } from '../listing/cursor.ts';
import { envelope, pick, sliceOf } from '../listing/page.ts';

const isPlace = (key: string) => /^\{-?\d{1,15}(,-?\d{1,15})*\}$/.test(key);
const MARK = fingerprint('categories');

/** What a request for the flat tree asks of the database, and how its rows become the answer. Pure. */
export function planCategoryList(query: CategoryListQuery) {
  const slice = sliceOf(query, MARK, isPlace);
  return {
    values: { backward: slice.backward, from: slice.from?.key ?? null, fetch: slice.limit + 1, offset: slice.offset },
    answer: <Row extends { id: number; place: string }>(rows: Row[], total: number | undefined) =>
      envelope(
        rows,
        { slice, fingerprint: MARK, total },
        (row) => ({ key: row.place, id: row.id }),
        ({ place: _, ...row }) => pick(row, query.fields),
      ),
  };
}

/** Nests rows that come parents first. */
export function nest<Row extends { id: number; parentId: number | null }>(rows: Row[]) {
  type Node = Row & { children: Node[] };
  const nodes = new Map<number | null, Node>();
  const roots: Node[] = [];
  for (const row of rows) {
    const node: Node = { ...row, children: [] };
    nodes.set(row.id, node);
    (nodes.get(row.parentId)?.children ?? roots).push(node);
  }
  return roots;
}
