import { sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';

/** Succeeds if PostgreSQL responds. */
export const findReadiness = (db: Database) => db.execute(sql`select 1`);
