-- Written by `npm run generate` from search-index.queries.ts.

-- updateDocumentsInBacklog(100)
with
  entries as materialized (
    select
      id,
      article_id
    from
      search_backlog
    order by
      id
    limit
      $1
    for update
      skip locked
  ),
  locked_articles as materialized (
    select
      article.id
    from
      (
        select distinct
          article_id
        from
          entries
      ) as entry
      cross join lateral (
        select
          id
        from
          articles
        where
          id = entry.article_id
        for key share
          skip locked
      ) as article
  ),
  deleted_entries as (
    delete from search_backlog
    where
      id in (
        select
          id
        from
          entries
        where
          article_id in (
            select
              id
            from
              locked_articles
          )
          or (
            select
              id
            from
              articles
            where
              articles.id = entries.article_id
          ) is null
      )
    returning
      article_id
  ),
  updated_documents as (
    select
      index_articles (ids)
    from
      (
        select
          array_agg(distinct article_id) as ids
        from
          deleted_entries
      ) as batch
    where
      ids is not null
  )
select
  count(*)::int as entries
from
  deleted_entries
  cross join updated_documents;

-- findOldDocument(0)
select
  article_id as "articleId"
from
  article_search
where
  article_id > $1
  and document_version < document_version ()
order by
  article_id
limit
  1;

-- updateOldDocuments(0, 200, 1000000)
with
  lock_attempt as materialized (
    select
      pg_try_advisory_xact_lock(hashtext ('rubric.old_documents')) as acquired
  ),
  candidates as materialized (
    select
      article_id
    from
      article_search
    where
      article_id > $1
      and document_version < document_version ()
      and (
        select
          acquired
        from
          lock_attempt
      )
    order by
      article_id
    limit
      $2
  ),
  old_documents as materialized (
    select
      article_id
    from
      (
        select
          article_id,
          sum(octet_length(content)) over (
            order by
              article_id
          ) - octet_length(content) as bytes_before
        from
          candidates
          join articles on articles.id = article_id
      ) as sized
    where
      bytes_before < $3
  ),
  locked_articles as materialized (
    select
      article.id
    from
      old_documents
      cross join lateral (
        select
          id
        from
          articles
        where
          id = article_id
        for key share
          skip locked
      ) as article
  ),
  updated_documents as (
    select
      index_articles (array_agg(id))
    from
      locked_articles
  )
select
  (
    select
      max(article_id)
    from
      old_documents
  ) as "lastId",
  (
    select
      min(article_id)
    from
      old_documents
    where
      article_id not in (
        select
          id
        from
          locked_articles
      )
  ) as "firstLockedId"
from
  updated_documents
where
  (
    select
      acquired
    from
      lock_attempt
  );

-- updateSearchIndex()
with
  lock_attempt as materialized (
    select
      pg_try_advisory_xact_lock(hashtext ('rubric.search_index')) as acquired
  )
select
  gin_clean_pending_list('article_search_document_idx')
from
  lock_attempt
where
  acquired;
