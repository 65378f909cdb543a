import { type SQL, sql } from 'drizzle-orm';
import type { articles } from '../../database/schema/content.ts';
import { type FieldValues, UNLISTED_FIELDS } from '../article-fields.ts';
import { recordOf } from '../record-of.ts';
import { MAX_ANSWER_BYTES } from './answer-size.ts';
import { pageOrder } from './keyset.queries.ts';
import type { ListShape } from './list-shape.ts';

const fetch = sql`${sql.placeholder('fetch')}::int`;

type UnlistedField = (typeof UNLISTED_FIELDS)[number];
type ArticlesTable = typeof articles;

/**
 * The stored bytes of the unlisted fields of a row. PostgreSQL knows the length of a long text without reading the text.
 */
const unlistedBytes = (t: ArticlesTable) =>
  sql<number>`(${sql.join(
    UNLISTED_FIELDS.map((name) => sql`octet_length(${t[name]})`),
    sql` + `,
  )})`;

/**
 * Selects the fields that lists omit, or null if those of the whole page do not fit into one response: a page that is
 * refused reads no texts. `unlistedBytes` is their length. The last row only shows that there are more, so its texts are
 * not counted or read.
 */
export const boundedUnlistedFields = (shape: ListShape) => {
  const fits = (t: ArticlesTable) => {
    const order = sql`order by ${pageOrder(shape, t)}`;
    const page = sql`(${order} rows between unbounded preceding and unbounded following)`;
    const bytes = unlistedBytes(t);
    return sql`sum(${bytes}) over ${page} - case when count(*) over ${page} < ${fetch} then 0 else last_value(${bytes}) over ${page} end
      <= ${sql.raw(String(MAX_ANSWER_BYTES))} and row_number() over (${order}) < ${fetch}`;
  };
  const bounded = (name: UnlistedField) => (t: ArticlesTable) =>
    sql<FieldValues[UnlistedField]>`case when ${fits(t)} then ${t[name]} end`;
  return { ...recordOf(UNLISTED_FIELDS, bounded), unlistedBytes } satisfies Record<string, (t: ArticlesTable) => SQL>;
};
