import { fieldProblem, Problem } from '../http/problems.ts';
import { type CursorPosition, decodeCursor, encodeCursor, type Start } from './cursor.ts';
import type { PageParameters } from './page.schema.ts';

/** Numbered pages end here: the cost of an offset grows with it, that of a cursor does not. */
const MAX_PAGE_ROW = 10_000;

/** Which rows of a list a request asks for. A query fetches one row more than `limit`, to see whether more follow. */
export interface PageRequest {
  limit: number;
  /** Rows after (or, backward, before) this place; null for the start of the list (backward, its end). */
  from: Start;
  backward: boolean;
  /** Rows to leave out, for numbered pages. */
  offset: number;
}

/**
 * @param mark the fingerprint of the list's filter and order
 * @param isKey whether a sort key is one that this list could have given
 * @throws Problem for a cursor of another list, a page too deep, or a page together with a cursor
 */
export function pageRequestOf(parameters: PageParameters, mark: string, isKey: (key: string) => boolean): PageRequest {
  const { limit, after, before, page } = parameters;
  const given = [after !== undefined && 'after', before !== undefined && 'before', page !== undefined && 'page'].filter(
    (name): name is string => name !== false,
  );
  if (given.length > 1) {
    const detail = `Send only one of ${given.join(' and ')}.`;
    throw new Problem(
      'invalid_request',
      detail,
      given.map((name) => ({ pointer: `/${name}`, code: 'conflict', detail })),
    );
  }
  const offset = ((page ?? 1) - 1) * limit;
  if (offset + limit > MAX_PAGE_ROW) {
    throw fieldProblem('page_too_deep', '/page', `Numbered pages end at row ${MAX_PAGE_ROW}; go on with after=CURSOR.`);
  }
  const cursor = after ?? before;
  const from = cursor === undefined ? null : decodeCursor(cursor, mark, isKey, after ? 'after' : 'before');
  return { limit, from, backward: before !== undefined, offset };
}

export interface Envelope<Row> {
  data: Row[];
  page: { limit: number; next: string | null; previous: string | null; total?: number };
}

/**
 * Makes the answer of what a query fetched for `slice`: at most `limit + 1` rows, in the direction of travel.
 *
 * @param placeOf the sort key and id of a row
 * @param shape what of a row is shown
 */
export function envelope<Fetched, Row>(
  fetched: Fetched[],
  { slice, mark, total }: { slice: PageRequest; mark: string; total: number | undefined },
  placeOf: (row: Fetched) => CursorPosition,
  shape: (row: Fetched) => Row,
): Envelope<Row> {
  const more = fetched.length > slice.limit;
  const rows = fetched.slice(0, slice.limit);
  if (slice.backward) rows.reverse();
  // Where a page is empty, one goes back to the end that one came past.
  const cursorOf = (row: Fetched | undefined) => encodeCursor(row === undefined ? null : placeOf(row), mark);
  const came = slice.from !== null || slice.offset > 0;
  return {
    data: rows.map(shape),
    page: {
      limit: slice.limit,
      next: (slice.backward ? came : more) ? cursorOf(rows.at(-1)) : null,
      previous: (slice.backward ? more : came) ? cursorOf(rows.at(0)) : null,
      ...(total !== undefined && { total }),
    },
  };
}

/** Exactly the fields named; all of a row without `fields`. */
export function pick<Row extends object>(row: Row, fields: readonly string[] | undefined): Partial<Row> {
  if (fields === undefined) return row;
  return Object.fromEntries(fields.map((field) => [field, (row as Record<string, unknown>)[field]])) as Partial<Row>;
}
