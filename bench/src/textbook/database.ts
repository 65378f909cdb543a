import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { relations } from './schema.ts';

export type Database = NodePgDatabase<typeof relations>;

/** The token that services inject the database with. */
export const DATABASE = Symbol('database');

export function connect(connectionString: string | undefined): Database {
  if (!connectionString) throw new Error('Set DATABASE_URL.');
  return drizzle({ client: new pg.Pool({ connectionString }), relations });
}
