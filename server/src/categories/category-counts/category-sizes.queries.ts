import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../database/database.ts';
import { prepared } from '../../database/prepared.ts';
import { categories, categoryCounts } from '../../database/schema/content.ts';

const listStatement = prepared('category_sizes', (db) =>
  db
    .select({
      id: categories.id,
      slug: categories.slug,
      parentId: categories.parentId,
      direct: sql<number>`coalesce(${categoryCounts.direct}, 0)`.mapWith(Number),
      deep: sql<number>`coalesce(${categoryCounts.deep}, 0)`.mapWith(Number),
    })
    .from(categories)
    .leftJoin(categoryCounts, eq(categoryCounts.categoryId, categories.id)),
);

/** Lists the stored counts of all categories, without the deltas of the last seconds. */
export const listCategorySizes = (db: Database) => listStatement(db).execute();

/** Estimates the number of rows of both tables from what PostgreSQL's statistics say; 0 before the first ANALYZE. */
export const findRowEstimates = (db: Database) =>
  db.execute<{ articles: number; links: number }>(sql`select
    (select greatest(reltuples, 0) from pg_class where oid = 'articles'::regclass) as articles,
    (select greatest(reltuples, 0) from pg_class where oid = 'article_categories'::regclass) as links`);
