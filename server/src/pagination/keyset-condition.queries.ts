import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/** The rows of a page, as the query of a list takes them. */
export interface PageRange {
  /** The page holds the rows after (backward: before) this position; null for the start (backward: the end). */
  from: { key: string; id: number } | null;
  backward: boolean;
  /** The maximum number of rows: one more than the page shows, which tells whether another page follows. */
  fetch: number;
  /** Rows to skip, for numbered pages. */
  offset: number;
}

/**
 * Returns the condition of keyset pagination: a row lies after a position, in the given direction. It is one row
 * comparison, `(key, id) > ($1, $2)`, because PostgreSQL starts an index scan at a row comparison. Written as
 * `key > $1 or (key = $1 and id > $2)`, it would scan the index from its beginning and filter.
 *
 * @param columns what the list is sorted by, in the order of the index; the last one makes each row unique
 * @param position the values of these columns at the cursor
 */
export const keysetCondition = (
  columns: SQLWrapper[],
  position: (SQLWrapper | string | number)[],
  direction: 'asc' | 'desc',
): SQL => sql`(${list(columns)}) ${sql.raw(direction === 'desc' ? '<' : '>')} (${list(position)})`;

const list = (expressions: (SQLWrapper | string | number)[]) =>
  sql.join(
    expressions.map((expression) => sql`${expression}`),
    sql`, `,
  );
