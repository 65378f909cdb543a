import { sql } from 'drizzle-orm';
import type { Database } from '../../database/database.ts';
import { articles } from '../../database/schema/content.ts';

/** Finds the texts that snippets are made from; of the content, the first 50,000 characters. */
export const findSnippetSources = (db: Database, articleIds: readonly number[]) =>
  db
    .select({
      id: articles.id,
      title: articles.title,
      excerpt: articles.excerpt,
      content: sql<string>`left(${articles.content}, 50000)`,
      contentFormat: articles.contentFormat,
    })
    .from(articles)
    .where(sql`${articles.id} = any(${sql.param(articleIds)}::bigint[])`);
