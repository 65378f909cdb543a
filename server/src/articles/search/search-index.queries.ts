import { sql } from 'drizzle-orm';
import type { Database } from '../../database/database.ts';

/**
 * Creates the documents of articles in the backlog and removes the articles from it, in one statement, so that every search
 * finds an article either in the backlog or by its new document. Articles whose rows are locked wait for the next run:
 * waiting for them could deadlock with a statement that changes many.
 *
 * @param limit the maximum number of entries
 * @returns the number of entries
 */
export const updateDocumentsInBacklog = (db: Database, limit: number) =>
  db.execute<{ entries: number }>(sql`
    with entries as materialized (
      select id, article_id from search_backlog order by id limit ${limit} for update skip locked
    ), locked_articles as materialized (
      select article.id from (select distinct article_id from entries) as entry
        cross join lateral (select id from articles where id = entry.article_id for key share skip locked) as article
    ), deleted_entries as (
      delete from search_backlog where id in (
        select id from entries where article_id in (select id from locked_articles)
          or (select id from articles where articles.id = entries.article_id) is null
      ) returning article_id
    ), updated_documents as (
      select index_articles(ids) from (select array_agg(distinct article_id) as ids from deleted_entries) as batch where ids is not null
    )
    select count(*)::int as entries from deleted_entries cross join updated_documents`);

/** Finds the first document of an older version of `article_document`. */
export const findOldDocument = (db: Database, afterId: number) =>
  db.execute<{
    articleId: string;
  }>(sql`select article_id as "articleId" from article_search where article_id > ${afterId} and document_version < document_version()
    order by article_id limit 1`);

/**
 * Recreates documents of an older version of `article_document`. One server at a time does it.
 *
 * @param limit the maximum number of documents
 * @param maxBytes stops once the articles have this many bytes: 200 long ones would exceed the statement timeout
 * @returns the last id of these articles, null if none is left, and the first one that was left out because another
 *   transaction has locked it, as in `updateDocumentsInBacklog`; no row if another server is doing it
 */
export const updateOldDocuments = (db: Database, afterId: number, limit: number, maxBytes: number) =>
  db.execute<{ lastId: string | null; firstLockedId: string | null }>(sql`
    with lock_attempt as materialized (
      select pg_try_advisory_xact_lock(hashtext('rubric.old_documents')) as acquired
    ), candidates as materialized (
      select article_id from article_search
      where article_id > ${afterId} and document_version < document_version() and (select acquired from lock_attempt)
      order by article_id limit ${limit}
    ), old_documents as materialized (
      select article_id from (
        select article_id, sum(octet_length(content)) over (order by article_id) - octet_length(content) as bytes_before
        from candidates join articles on articles.id = article_id
      ) as sized where bytes_before < ${maxBytes}
    ), locked_articles as materialized (
      select article.id from old_documents
        cross join lateral (select id from articles where id = article_id for key share skip locked) as article
    ), updated_documents as (select index_articles(array_agg(id)) from locked_articles)
    select (select max(article_id) from old_documents) as "lastId",
      (select min(article_id) from old_documents where article_id not in (select id from locked_articles)) as "firstLockedId"
    from updated_documents where (select acquired from lock_attempt)`);

/**
 * Moves the lexemes of new documents from the pending list of the GIN index into the index. A search reads the whole list: 2
 * ms for 8 MB. One server at a time does it.
 */
export const updateSearchIndex = (db: Database) =>
  db.execute(sql`
    with lock_attempt as materialized (
      select pg_try_advisory_xact_lock(hashtext('rubric.search_index')) as acquired
    )
    select gin_clean_pending_list('article_search_document_idx') from lock_attempt where acquired`);
