import { and, isNull, like, sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { articles, categories } from '../database/schema/content.ts';
import { authors } from '../database/schema/identity.ts';

const TABLES = { articles, categories, authors };
/** What has slugs that are its own. Those of articles in the trash are free. */
export type SluggedTable = keyof typeof TABLES;

/** Slugs in use that are `base` with something after it. */
export const listSlugsLike = (db: Database, of: SluggedTable, base: string) => {
  const { slug } = TABLES[of];
  return db
    .select({ slug })
    .from(TABLES[of])
    .where(and(like(slug, `${base}-%`), of === 'articles' ? isNull(articles.deletedAt) : undefined));
};

/** Makes those who pick a suffix for the same slug take turns, until the end of the transaction. */
export const lockSlug = (db: Database, of: SluggedTable, base: string) =>
  db.execute(sql`select pg_advisory_xact_lock(hashtext(${`rubric.slug.${of}`}), hashtext(${base}))`);
