import { type SQL, sql } from 'drizzle-orm';
import { nestedArticleSelection } from '../articles/articles.queries.ts';
import type { Database } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { type CategoriesTable, categorySelection } from './categories.queries.ts';

const p = sql.placeholder;

/** Reads the articles of a category through the many-to-many relation, in the same statement. */
const findWithArticlesStatement = (name: string, condition: (t: CategoriesTable) => SQL) =>
  prepared(name, (db) =>
    db.query.categories.findFirst({
      ...categorySelection,
      where: { RAW: condition },
      with: {
        articles: {
          ...nestedArticleSelection,
          where: { RAW: () => sql`tr0.listed_at <= now()` }, // tr0 is the joining table
          orderBy: { listedAt: 'desc', id: 'desc' },
          limit: p('articleLimit'),
        },
      },
    }),
  );
const findWithArticles = {
  byId: findWithArticlesStatement('category_by_id_with_articles', (t) => sql`${t.id} = ${p('key')}::bigint`),
  bySlug: findWithArticlesStatement('category_by_slug_with_articles', (t) => sql`${t.slug} = ${p('key')}`),
};

/** Finds a category with its newest published articles, at most `articleLimit` of them. */
export const findCategoryWithArticles = (db: Database, key: { id: number } | { slug: string }, articleLimit: number) =>
  'id' in key
    ? findWithArticles.byId(db).execute({ key: key.id, articleLimit })
    : findWithArticles.bySlug(db).execute({ key: key.slug, articleLimit });
