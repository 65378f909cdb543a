import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../../database/database.ts';

/**
 * Sets what the transaction of an import needs. No timeouts: they are meant for requests, and imports are long. The counts
 * of categories are updated at the commit, so that moves of categories do not wait for the import. Articles stay in the search
 * backlog until `updateDocuments` creates their documents.
 */
export const updateTransactionSettings = (db: Database) =>
  db.execute(sql`select set_config('rubric.count_at_commit', 'on', true), set_config('rubric.index_noted_articles', 'on', true),
      set_config(name, '0', true)
    from unnest(array['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout']) as name`);

/** Serializes imports of the same site until the end of the transaction. */
export const lockImport = (db: Database, source: string) =>
  db.execute(sql`select pg_advisory_xact_lock(hashtext('rubric.import'), hashtext(${source}))`);

/** Creates the search documents of the articles that this transaction has added to the backlog, with parallel workers. */
export const updateDocuments = (db: Database) => db.execute(sql`select index_noted_articles()`);

const isWrittenHere = (table: SQL) => sql`${table}.xmin = pg_current_xact_id()::xid`;

/**
 * Counts the rows that this transaction wrote, by their `xmin` and independently of the import report, and the links of
 * the articles among them.
 */
export const countWritten = (db: Database) =>
  db.execute<{
    authors: number;
    categories: number;
    articles: number;
    redirects: number;
    categoryLinks: number;
    authorLinks: number;
  }>(sql`
    with written_articles as (select id from articles where ${isWrittenHere(sql`articles`)})
    select (select count(*) from authors where ${isWrittenHere(sql`authors`)})::float8 as authors,
      (select count(*) from categories where ${isWrittenHere(sql`categories`)})::float8 as categories,
      (select count(*) from written_articles)::float8 as articles,
      (select count(*) from redirects where ${isWrittenHere(sql`redirects`)})::float8 as redirects,
      (select count(*) from article_categories where article_id in (select id from written_articles))::float8
        as "categoryLinks",
      (select count(*) from article_authors where article_id in (select id from written_articles))::float8
        as "authorLinks"`);
