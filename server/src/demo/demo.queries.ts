import { sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';

const rowsOf = (table: 'articles' | 'categories' | 'authors') =>
  sql<number>`(select count(*) from ${sql.identifier(table)})`.mapWith(Number);

/** How much content there is, the trash included; always one row. */
export const countContent = (db: Database) =>
  db
    .select({ articles: rowsOf('articles'), categories: rowsOf('categories'), authors: rowsOf('authors') })
    .from(sql`(select) as one`);

/** Makes those who want to load the demo take turns, until the end of the transaction. */
export const lockDemo = (db: Database) => db.execute(sql`select pg_advisory_xact_lock(hashtext('rubric.demo'))`);
