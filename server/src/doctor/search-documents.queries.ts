import { sql } from 'drizzle-orm';
import type { Database } from '../database/database.ts';
import { listFirst } from './violations.queries.ts';

/** A part of the articles: a random fraction of the ids above `after` up to `upTo`. */
export interface Sample {
  after: number;
  upTo: number;
  /** From 0 to 1. */
  share: number;
  seed: number;
}

/** Finds how many articles there are, and the highest id of an article or a search document. */
export const findArticleExtent = (db: Database) =>
  db.execute<{ articles: number; maxId: number }>(sql`select (select count(*) from articles)::int as articles,
    coalesce(greatest((select max(id) from articles), (select max(article_id) from article_search)), 0)::float as "maxId"`);

/**
 * Lists articles without a search document and the other way around, and compares the documents of the sample with the words
 * of their articles. Not those of articles in the backlog, nor those of an older version, which are made again in the
 * background. To make a document takes half a millisecond, so parallel workers do it: two queries, because before
 * PostgreSQL 16 a full join has no parallel plan.
 */
export const listStaleSearchDocuments = (db: Database, { after, upTo, share, seed }: Sample) =>
  listFirst(
    db,
    sql`select format(case when search.article_id is null then 'article %s has no search document'
        else 'article %s has a search document with other words' end, articles.id)
    from articles left join (
      select * from article_search where article_id > ${after}::bigint and article_id <= ${upTo}::bigint
    ) as search on search.article_id = articles.id
    where articles.id > ${after}::bigint and articles.id <= ${upTo}::bigint and (search.article_id is null
      or (hashint8extended(articles.id, ${seed}::bigint) & 1048575) < ${share}::float * 1048576
        and search.document_version = document_version()
        and search.document is distinct from article_document(articles.title, articles.excerpt, articles.content))
      and articles.id not in (select article_id from search_backlog)
    union all
    select format('article %s does not exist, but has a search document', article_id) from article_search
    where article_id > ${after}::bigint and article_id <= ${upTo}::bigint
      and not exists (select from articles where id = article_id)`,
  );
