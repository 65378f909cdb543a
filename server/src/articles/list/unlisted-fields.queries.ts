import { type SQL, sql } from 'drizzle-orm';
import type { articles } from '../../database/schema/content.ts';
import { type FieldValues, UNLISTED_FIELDS } from '../article-fields.ts';
import { recordOf } from '../record-of.ts';
import { MAX_ANSWER_BYTES } from './answer-size.ts';
import { orderBy } from './keyset.queries.ts';
import type { ListShape } from './list-shape.ts';
import { sortKey } from './sorts.queries.ts';

type UnlistedField = (typeof UNLISTED_FIELDS)[number];
type ArticlesTable = typeof articles;

/** The stored bytes of the unlisted fields of a row. PostgreSQL knows the length of a long text without reading it. */
const unlistedBytes = (t: ArticlesTable) =>
  sql<number>`(${sql.join(
    UNLISTED_FIELDS.map((name) => sql`octet_length(${t[name]})`),
    sql` + `,
  )})`;

/**
 * Selects the fields that lists omit, as long as they fit into one answer: null from the row on with which the page becomes
 * too long. So a page of any size costs at most one answer, and `unlistedBytes` says how long it would have been. A
 * running sum, and not that of all rows, because the last row only tells whether there are more.
 */
export const boundedUnlistedFields = (shape: ListShape) => {
  const runningSum = (t: ArticlesTable) =>
    sql`sum(${unlistedBytes(t)}) over (${orderBy(shape, sortKey(shape, t), sql`${t.id}`)})`;
  const bounded = (name: UnlistedField) => (t: ArticlesTable) =>
    sql<
      FieldValues[UnlistedField]
    >`case when ${runningSum(t)} <= ${sql.raw(String(MAX_ANSWER_BYTES))} then ${t[name]} end`;
  return { ...recordOf(UNLISTED_FIELDS, bounded), unlistedBytes } satisfies Record<string, (t: ArticlesTable) => SQL>;
};
