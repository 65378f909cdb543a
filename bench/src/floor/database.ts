import pg from 'pg';
import { POOL } from '../servers.ts';

const { builtins } = pg.types;

// Ids are numbers, as in Rubric. Times are converted from PostgreSQL's text to RFC 3339 without a Date in between.
pg.types.setTypeParser(builtins.INT8, Number);
pg.types.setTypeParser(builtins.TIMESTAMPTZ, (text: string) => {
  const fraction = text.length > 22 ? text.slice(20, -3).padEnd(3, '0') : '000';
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction}Z`;
});

// As in Rubric: named statements, and those in triggers, are planned once for any values.
const SESSION = '-c timezone=UTC -c datestyle=ISO -c plan_cache_mode=force_generic_plan';
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: POOL, options: SESSION });

/** Runs a named prepared statement. @returns its rows, as arrays of columns */
export async function run(name: string, text: string, values: unknown[]): Promise<unknown[][]> {
  return (await pool.query<unknown[]>({ name, text, values, rowMode: 'array' })).rows;
}
