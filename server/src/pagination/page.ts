import { fieldProblem, parameterConflict } from '../http/problems.ts';
import { type CursorPosition, decodeCursor, encodeCursor } from './cursor.ts';
import type { PageRange } from './keyset-condition.queries.ts';
import type { CursorParameters, PageParameters } from './page.schema.ts';

/** The last row that numbered pages reach. The cost of an offset grows with its depth, the cost of a cursor does not. */
const MAX_PAGE_ROW = 10_000;

/** The page that a request asks for. */
export interface PageRequest extends PageRange {
  limit: number;
}

/**
 * @param fingerprint of the filter and order of the list
 * @param isKey whether this list can have produced a sort key
 * @throws Problem for a cursor of another list, a page that is too deep, or a page combined with a cursor
 */
export function pageRequestOf(
  parameters: CursorParameters & Pick<PageParameters, 'page'>,
  fingerprint: string,
  isKey: (key: string) => boolean,
): PageRequest {
  const { limit, after, before, page } = parameters;
  assertNoConflict({ after, before, page });
  const offset = ((page ?? 1) - 1) * limit;
  if (offset + limit > MAX_PAGE_ROW) {
    throw fieldProblem(
      'page_too_deep',
      '/page',
      `Numbered pages end at row ${MAX_PAGE_ROW}; continue with after=CURSOR.`,
    );
  }
  const cursor = after ?? before;
  const from = cursor === undefined ? null : decodeCursor(cursor, fingerprint, isKey, after ? 'after' : 'before');
  return { limit, from, backward: before !== undefined, fetch: limit + 1, offset };
}

function assertNoConflict(exclusive: Record<string, unknown>): void {
  const names = Object.keys(exclusive).filter((name) => exclusive[name] !== undefined);
  if (names.length <= 1) return;
  throw parameterConflict(names, `Send only one of ${names.join(' and ')}.`);
}

export interface Envelope<Row> {
  data: Row[];
  page: { limit: number; next: string | null; previous: string | null; total?: number };
}

/**
 * Returns the response body of a list.
 *
 * @param fetched at most `limit + 1` rows, in the direction of travel
 * @param positionOf the sort key and id of a row
 * @param toItem what the response shows of a row
 */
export function envelope<Row, Item>(
  fetched: Row[],
  { pageRequest, fingerprint, total }: { pageRequest: PageRequest; fingerprint: string; total: number | undefined },
  positionOf: (row: Row) => CursorPosition,
  toItem: (row: Row) => Item,
): Envelope<Item> {
  const { limit, from, backward, offset } = pageRequest;
  const hasMore = fetched.length > limit;
  const rows = fetched.slice(0, limit);
  if (backward) rows.reverse();
  // On an empty page the cursor has no position: it leads back to the end of the list.
  const cursorOf = (row: Row | undefined) => encodeCursor(row === undefined ? null : positionOf(row), fingerprint);
  const hasRowsBehind = from !== null || offset > 0;
  return {
    data: rows.map(toItem),
    page: {
      limit,
      next: (backward ? hasRowsBehind : hasMore) ? cursorOf(rows.at(-1)) : null,
      previous: (backward ? hasMore : hasRowsBehind) ? cursorOf(rows.at(0)) : null,
      ...(total !== undefined && { total }),
    },
  };
}

/** Returns exactly the named fields of a row; the whole row without `fields`. */
export function pick<Row extends object>(row: Row, fields: readonly string[] | undefined): Partial<Row> {
  if (fields === undefined) return row;
  return Object.fromEntries(fields.map((field) => [field, (row as Record<string, unknown>)[field]])) as Partial<Row>;
}
