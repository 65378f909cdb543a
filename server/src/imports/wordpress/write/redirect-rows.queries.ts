import { sql } from 'drizzle-orm';
import type { Database } from '../../../database/database.ts';
import { redirects } from '../../../database/schema/addresses.ts';

type NewRedirect = Pick<typeof redirects.$inferInsert, 'path' | 'articleId' | 'categoryId' | 'authorId'>;

/** Inserts redirects in order, those whose paths have none. Returns the paths that it inserted. */
export const insertRedirects = (db: Database, rows: readonly NewRedirect[]) =>
  db.execute<{ path: string }>(sql`
    insert into redirects (path, article_id, category_id, author_id)
    select path, "articleId", "categoryId", "authorId" from json_to_recordset(${JSON.stringify(rows)}::json)
      as row (path text, "articleId" bigint, "categoryId" bigint, "authorId" bigint)
    on conflict (path) do nothing returning path`);

export const listRedirectsOfPaths = (db: Database, paths: readonly string[]) =>
  db
    .select({
      path: redirects.path,
      articleId: redirects.articleId,
      categoryId: redirects.categoryId,
      authorId: redirects.authorId,
    })
    .from(redirects)
    .where(sql`${redirects.path} = any(${sql.param(paths)}::text[])`);
