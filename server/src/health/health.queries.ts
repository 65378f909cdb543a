import { sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';

/** Answers when PostgreSQL does. */
export const findReadiness = (db: Database) => db.execute(sql`select 1`);
