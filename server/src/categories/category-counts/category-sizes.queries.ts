import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../database/database.ts';
import { prepared } from '../../database/prepared.ts';
import { categories } from '../../database/schema/content.ts';
import { categoryCounts } from '../../database/schema/counts.ts';

/** One pass: a look-up for each of 20,000 categories would take as long as all the rest. */
const OLD_SLUGS = sql`(select category_id, array_agg(slug) as slugs from old_slugs where type = 'category' group by category_id) as old`;

const listStatement = prepared('category_sizes', (db) =>
  db
    .select({
      id: categories.id,
      /** The current slug and the old ones. */
      slugs: sql<string[]>`coalesce(old.slugs, '{}') || ${categories.slug}`,
      parentId: categories.parentId,
      direct: sql<number>`coalesce(${categoryCounts.direct}, 0)`.mapWith(Number),
      deep: sql<number>`coalesce(${categoryCounts.deep}, 0)`.mapWith(Number),
    })
    .from(categories)
    .leftJoin(categoryCounts, eq(categoryCounts.categoryId, categories.id))
    .leftJoin(OLD_SLUGS, sql`old.category_id = ${categories.id}`),
);

/** Lists the stored counts of all categories, without the deltas of the last seconds. */
export const listCategorySizes = (db: Database) => listStatement(db).execute();

/**
 * Estimates the number of articles, of their links to categories, of working drafts, and of articles of the most productive
 * author, from the statistics of PostgreSQL; 0 before the first ANALYZE. If no author stands out in the statistics, that
 * author has at most a hundredth of the articles.
 */
export const findRowEstimates = (db: Database) =>
  db.execute<{ articles: number; links: number; drafts: number; articlesOfAuthor: number }>(sql`select
    (select greatest(reltuples, 0) from pg_class where oid = 'articles'::regclass) as articles,
    (select greatest(reltuples, 0) from pg_class where oid = 'article_categories'::regclass) as links,
    (select greatest(reltuples, 0) from pg_class where oid = 'article_drafts'::regclass) as drafts,
    (select greatest(reltuples, 0) * coalesce((select most_common_freqs[1] from pg_stats
        where schemaname = current_schema and tablename = 'article_authors' and attname = 'author_id'), 0.01)
      from pg_class where oid = 'article_authors'::regclass) as "articlesOfAuthor"`);
