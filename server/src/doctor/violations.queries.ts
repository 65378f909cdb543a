import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';

/** How many violations of an invariant are shown. */
export const MAX_SHOWN = 5;

/** Lists the first of some violations, each with the number of all. */
export const listFirst = (db: Database, violations: SQL) =>
  db.execute<{ difference: string; total: number }>(sql`
    select difference, (count(*) over ())::int as total from (${violations}) as violations (difference)
    order by difference limit ${MAX_SHOWN}`);
