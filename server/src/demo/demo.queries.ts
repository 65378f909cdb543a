import { sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';

const countOf = (table: 'articles' | 'categories' | 'authors') =>
  sql<number>`(select count(*) from ${sql.identifier(table)})`.mapWith(Number);

/** Counts all content in one row, the trash included. */
export const countContent = (db: Database) =>
  db
    .select({ articles: countOf('articles'), categories: countOf('categories'), authors: countOf('authors') })
    .from(sql`(select) as one`);

/** Serializes loads of the demo until the end of the transaction. */
export const lockDemo = (db: Database) => db.execute(sql`select pg_advisory_xact_lock(hashtext('rubric.demo'))`);
