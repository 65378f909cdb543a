-- Written by `npm run generate` from import-transaction.queries.ts.

-- updateTransactionSettings()
select
  set_config('rubric.count_at_commit', 'on', true),
  set_config('rubric.index_noted_articles', 'on', true),
  set_config(name, '0', true)
from
  unnest(array['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout']) as name;

-- lockImport('https://example.org')
select
  pg_advisory_xact_lock(hashtext ('rubric.import'), hashtext ($1));

-- updateDocuments()
select
  index_noted_articles ();

-- countWritten()
with
  written_articles as (
    select
      id
    from
      articles
    where
      articles.xmin = pg_current_xact_id()::xid
  )
select
  (
    select
      count(*)
    from
      authors
    where
      authors.xmin = pg_current_xact_id()::xid
  )::float8 as authors,
  (
    select
      count(*)
    from
      categories
    where
      categories.xmin = pg_current_xact_id()::xid
  )::float8 as categories,
  (
    select
      count(*)
    from
      written_articles
  )::float8 as articles,
  (
    select
      count(*)
    from
      redirects
    where
      redirects.xmin = pg_current_xact_id()::xid
  )::float8 as redirects,
  (
    select
      count(*)
    from
      article_categories
    where
      article_id in (
        select
          id
        from
          written_articles
      )
  )::float8 as "categoryLinks",
  (
    select
      count(*)
    from
      article_authors
    where
      article_id in (
        select
          id
        from
          written_articles
      )
  )::float8 as "authorLinks";
