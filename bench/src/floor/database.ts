import pg from 'pg';
import { POOL } from '../servers.ts';

const { builtins } = pg.types;
const INT8_ARRAY = 1016;

// Ids are numbers, as in Rubric; a time goes from PostgreSQL's text to the wire's without a Date in between.
pg.types.setTypeParser(builtins.INT8, Number);
pg.types.setTypeParser(INT8_ARRAY as never, (text: string) =>
  text === '{}' ? [] : text.slice(1, -1).split(',').map(Number),
);
pg.types.setTypeParser(builtins.TIMESTAMPTZ, (text: string) => {
  const fraction = text.length > 22 ? text.slice(20, -3).padEnd(3, '0') : '000';
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction}Z`;
});

// The same as Rubric's: a named statement is planned once, for any value, and so are those in the triggers.
const SESSION = '-c timezone=UTC -c datestyle=ISO -c plan_cache_mode=force_generic_plan';
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: POOL, options: SESSION });

/** Runs a statement that PostgreSQL knows by its name. @returns its rows, as arrays of columns */
export async function run(name: string, text: string, values: unknown[]): Promise<unknown[][]> {
  return (await pool.query<unknown[]>({ name, text, values, rowMode: 'array' })).rows;
}
