import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';

/** A many-to-many relation of articles, and the word for a row at its other end. */
export interface Relation {
  table: string;
  linkTable: string;
  linkColumn: string;
  noun: string;
}

/** How many violations of an invariant are shown. */
export const MAX_SHOWN = 5;

/** Lists the first few of these sentences, each with the number of all. */
export const listFirst = (db: Database, violations: SQL) =>
  db.execute<{ difference: string; total: number }>(sql`
    select difference, (count(*) over ())::int as total from (${violations}) as violations (difference)
    order by difference limit ${MAX_SHOWN}`);

export const unionAll = (selects: SQL[]) => sql.join(selects, sql` union all `);
