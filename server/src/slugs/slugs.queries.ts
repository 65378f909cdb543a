import { type AnyColumn, and, isNull, like, sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { authors } from '../database/schema/authors.ts';
import * as content from '../database/schema/content.ts';

const TABLES = { ...content, authors };
type Tables = typeof TABLES;
/** The tables that have a column `slug`. */
export type SluggedTable = { [N in keyof Tables]: Tables[N] extends { slug: AnyColumn } ? N : never }[keyof Tables];

const slugsLikeStatement = (table: SluggedTable) =>
  prepared({ name: `list_slugs_of_${table}_like`, planned: 'each time' }, (db) => {
    const { slug } = TABLES[table];
    const isInUse = table === 'articles' ? isNull(content.articles.deletedAt) : undefined;
    return db
      .select({ slug })
      .from(TABLES[table])
      .where(and(like(slug, sql.placeholder('pattern')), isInUse));
  });

/**
 * Lists the slugs in use that begin with the stem and a hyphen. The slugs of articles in the trash are free. PostgreSQL uses
 * the index only for a pattern that it knows when it plans: measured on 100,000 articles, 0.5 ms instead of 20.
 */
export const listSlugsLike = (db: Database, table: SluggedTable, stem: string) =>
  slugsLikeStatement(table)(db).execute({ pattern: `${stem}-%` });

/** Locks the choice of a suffix for a stem until the end of the transaction. */
export const lockSlug = (db: Database, table: SluggedTable, stem: string) =>
  db.execute(sql`select pg_advisory_xact_lock(hashtext(${`rubric.slug.${table}`}), hashtext(${stem}))`);
