-- Written by `npm run generate` from search-documents.queries.ts.

-- findArticleExtent()
select
  (
    select
      count(*)
    from
      articles
  )::int as articles,
  coalesce(
    greatest(
      (
        select
          max(id)
        from
          articles
      ),
      (
        select
          max(article_id)
        from
          article_search
      )
    ),
    0
  )::float as "maxId";

-- listStaleSearchDocuments: of a fifth of the first 20,000
select
  difference,
  (count(*) over ())::int as total
from
  (
    select
      format(
        case
          when search.article_id is null then 'article %s has no search document'
          else 'article %s has a search document with other words'
        end,
        articles.id
      )
    from
      articles
      left join (
        select
          *
        from
          article_search
        where
          article_id > $1::bigint
          and article_id <= $2::bigint
      ) as search on search.article_id = articles.id
    where
      articles.id > $3::bigint
      and articles.id <= $4::bigint
      and (
        search.article_id is null
        or (hashint8extended (articles.id, $5::bigint) & 1048575) < $6::float * 1048576
        and search.document_version = document_version ()
        and search.document is distinct from article_document (articles.title, articles.excerpt, articles.content)
      )
      and articles.id not in (
        select
          article_id
        from
          search_backlog
      )
    union all
    select
      format('article %s does not exist, but has a search document', article_id)
    from
      article_search
    where
      article_id > $7::bigint
      and article_id <= $8::bigint
      and not exists (
        select
        from
          articles
        where
          id = article_id
      )
  ) as violations (difference)
order by
  difference
limit
  $9;
