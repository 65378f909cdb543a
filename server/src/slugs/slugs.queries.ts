import { and, isNull, like, sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { articles, categories } from '../database/schema/content.ts';
import { authors } from '../database/schema/identity.ts';

const TABLES = { articles, categories, authors };
/** The tables with unique slugs. The slugs of articles in the trash are free. */
export type SluggedTable = keyof typeof TABLES;

/** Lists the slugs in use that begin with the stem and a hyphen. */
export const listSlugsLike = (db: Database, table: SluggedTable, stem: string) => {
  const { slug } = TABLES[table];
  return db
    .select({ slug })
    .from(TABLES[table])
    .where(and(like(slug, `${stem}-%`), table === 'articles' ? isNull(articles.deletedAt) : undefined));
};

/** Locks the choice of a suffix for a stem until the end of the transaction. */
export const lockSlug = (db: Database, table: SluggedTable, stem: string) =>
  db.execute(sql`select pg_advisory_xact_lock(hashtext(${`rubric.slug.${table}`}), hashtext(${stem}))`);
