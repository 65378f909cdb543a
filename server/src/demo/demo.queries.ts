import { sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';

const countOf = (table: 'articles' | 'categories' | 'authors') =>
  sql<number>`(select count(*) from ${sql.identifier(table)})`.mapWith(Number);

/** Counts all content in one row, the trash included. */
export const countContent = (db: Database) =>
  db
    .select({ articles: countOf('articles'), categories: countOf('categories'), authors: countOf('authors') })
    .from(sql`(select) as one`);

/** Lists the names under which programs are connected to this database. */
export const listApplicationNames = (db: Database) =>
  db
    .selectDistinct({ name: sql<string | null>`application_name` })
    .from(sql`pg_stat_activity`)
    .where(sql`datname = current_database()`)
    .orderBy(sql`application_name`);

/** Serializes loads of the demo until the end of the transaction. */
export const lockDemo = (db: Database) => db.execute(sql`select pg_advisory_xact_lock(hashtext('rubric.demo'))`);
