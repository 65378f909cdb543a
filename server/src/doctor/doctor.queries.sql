-- Written by `npm run generate` from doctor.queries.ts.

-- listMiscountedCategories()
select
  difference,
  (count(*) over ())::int as total
from
  (
    with recursive
      above as (
        select
          id as category_id,
          id as section
        from
          categories
        union
        select
          above.category_id,
          parent.id
        from
          above
          join categories on categories.id = above.section
          join categories as parent on parent.id = categories.parent_id
      ),
      filed as (
        select
          article_id,
          category_id,
          published_at
        from
          article_categories
          join articles on articles.id = article_id
        where
          deleted_at is null
          and published_at is not null
      ),
      true_counts as (
        select
          category_id,
          instant,
          sum(direct) as direct,
          sum(deep) as deep
        from
          (
            select
              category_id,
              case
                when published_at <= now() then '-infinity'
                else published_at
              end as instant,
              1 as direct,
              0 as deep
            from
              filed
            union all
            select
              section,
              case
                when published_at <= now() then '-infinity'
                else published_at
              end as instant,
              0,
              1
            from
              (
                select distinct
                  article_id,
                  section,
                  published_at
                from
                  filed
                  join above using (category_id)
              ) as sections
          ) as counted
        group by
          1,
          2
      ),
      stored_counts as (
        select
          category_id,
          instant,
          sum(direct) as direct,
          sum(deep) as deep
        from
          (
            select
              category_id,
              '-infinity'::timestamptz as instant,
              direct,
              deep
            from
              category_counts
            union all
            select
              category_id,
              case
                when effective_at <= now() then '-infinity'
                else effective_at
              end as instant,
              direct,
              deep
            from
              category_count_deltas
          ) as counted
        where
          exists (
            select
            from
              categories
            where
              id = category_id
          )
        group by
          1,
          2
      )
    select
      format(
        'category %s counts %s and %s deep%s, and it is %s and %s',
        category_id,
        coalesce(stored.direct, 0),
        coalesce(stored.deep, 0),
        case
          when instant > '-infinity' then ' from ' || instant
        end,
        coalesce(actual.direct, 0),
        coalesce(actual.deep, 0)
      )
    from
      true_counts as actual
      full join stored_counts as stored using (category_id, instant)
    where
      (coalesce(actual.direct, 0), coalesce(actual.deep, 0)) <> (coalesce(stored.direct, 0), coalesce(stored.deep, 0))
  ) as found (difference)
order by
  difference
limit
  $1;

-- listMiscountedArticles()
select
  difference,
  (count(*) over ())::int as total
from
  (
    with recursive
      above as (
        select
          id as category_id,
          id as section
        from
          categories
        union
        select
          above.category_id,
          parent.id
        from
          above
          join categories on categories.id = above.section
          join categories as parent on parent.id = categories.parent_id
      ),
      filed as (
        select
          article_id,
          category_id,
          published_at
        from
          article_categories
          join articles on articles.id = article_id
        where
          deleted_at is null
          and published_at is not null
      ),
      actual as (
        select
          article_id,
          published_at as listed_at,
          array_agg(distinct category_id) as filed,
          array_agg(distinct section) as sections
        from
          filed
          join above using (category_id)
        group by
          1,
          2
      )
    select
      format(
        'article %s is counted in %s and the sections %s from %s, and is in %s and %s from %s',
        article_id,
        stored.direct_ids,
        stored.deep_ids,
        stored.listed_at,
        actual.filed,
        actual.sections,
        actual.listed_at
      )
    from
      actual
      full join counted_articles as stored using (article_id)
    where
      (actual.filed, actual.sections, actual.listed_at) is distinct from (stored.direct_ids, stored.deep_ids, stored.listed_at)
  ) as found (difference)
order by
  difference
limit
  $1;

-- listMisplacedArticles()
select
  difference,
  (count(*) over ())::int as total
from
  (
    select
      format(
        'article %s is listed at %s, published at %s, deleted at %s',
        id,
        listed_at,
        published_at,
        deleted_at
      )
    from
      articles
    where
      listed_at is distinct from case
        when deleted_at is null then coalesce(published_at, 'infinity')
        else 'infinity'
      end
  ) as found (difference)
order by
  difference
limit
  $1;

-- listMisplacedLinks()
select
  difference,
  (count(*) over ())::int as total
from
  (
    select
      format(
        'the link of article %s to category %s is listed at %s, the article at %s%s',
        article_id,
        link.category_id,
        link.listed_at,
        coalesce(articles.listed_at::text, 'nothing: it is gone'),
        case
          when other.id is null then '; the category is gone'
        end
      )
    from
      article_categories as link
      left join articles on articles.id = article_id
      left join categories as other on other.id = link.category_id
    where
      link.listed_at is distinct from articles.listed_at
      or other.id is null
    union all
    select
      format(
        'the link of article %s to author %s is listed at %s, the article at %s%s',
        article_id,
        link.author_id,
        link.listed_at,
        coalesce(articles.listed_at::text, 'nothing: it is gone'),
        case
          when other.id is null then '; the author is gone'
        end
      )
    from
      article_authors as link
      left join articles on articles.id = article_id
      left join authors as other on other.id = link.author_id
    where
      link.listed_at is distinct from articles.listed_at
      or other.id is null
  ) as found (difference)
order by
  difference
limit
  $1;

-- listLinksWithoutPosition()
select
  difference,
  (count(*) over ())::int as total
from
  (
    select
      format('the link of article %s to category %s has no position', article_id, category_id)
    from
      article_categories
    where
      position is null
    union all
    select
      format('the link of article %s to author %s has no position', article_id, author_id)
    from
      article_authors
    where
      position is null
  ) as found (difference)
order by
  difference
limit
  $1;

-- listMissingParents()
select
  difference,
  (count(*) over ())::int as total
from
  (
    select
      format('category %s is below category %s, which is gone', id, parent_id)
    from
      categories as child
    where
      parent_id is not null
      and not exists (
        select
        from
          categories
        where
          id = child.parent_id
      )
  ) as found (difference)
order by
  difference
limit
  $1;

-- listCategoryCycles()
select
  difference,
  (count(*) over ())::int as total
from
  (
    with recursive
      higher as (
        select
          id as category_id,
          parent_id as section
        from
          categories
        where
          parent_id is not null
        union
        select
          higher.category_id,
          parent_id
        from
          higher
          join categories on categories.id = section
        where
          parent_id is not null
      )
    select
      format('category %s is above itself', category_id)
    from
      higher
    where
      section = category_id
  ) as found (difference)
order by
  difference
limit
  $1;

-- listBadSlugs('^[a-z]+$')
select
  difference,
  (count(*) over ())::int as total
from
  (
    with
      slugs as (
        select
          'article' as kind,
          id,
          slug,
          deleted_at is not null as trashed
        from
          articles
        union all
        select
          'category',
          id,
          slug,
          false
        from
          categories
        union all
        select
          'author',
          id,
          slug,
          false
        from
          authors
      )
    select
      format('%s %s has the slug "%s"', kind, id, slug)
    from
      slugs
    where
      slug is null
      or slug !~ $1::text
      or slug ~ '^[0-9]+$'
    union all
    select
      format(
        '%s %s share the slug "%s"',
        kind,
        string_agg(
          id::text,
          ' and '
          order by
            id
        ),
        slug
      )
    from
      slugs
    where
      not trashed
    group by
      kind,
      slug
    having
      count(*) > 1
  ) as found (difference)
order by
  difference
limit
  $2;

-- listSharedNames()
select
  difference,
  (count(*) over ())::int as total
from
  (
    select
      format(
        'the categories %s, beside one another, share the name "%s"',
        string_agg(
          id::text,
          ' and '
          order by
            id
        ),
        min(name)
      )
    from
      categories
    group by
      parent_id,
      lower(normalize(name, NFC) collate "und-x-icu")
    having
      count(*) > 1
  ) as found (difference)
order by
  difference
limit
  $1;

-- listStaleWords()
select
  difference,
  (count(*) over ())::int as total
from
  (
    select
      case
        when articles.id is null then format('the words of article %s are kept, and it is gone', found.article_id)
        when found.article_id is null then format('article %s cannot be found by its words', articles.id)
        else format('article %s is found by other words than it has', articles.id)
      end
    from
      articles
      full join article_search as found on found.article_id = articles.id
    where
      found.document is distinct from article_document (articles.title, articles.excerpt, articles.content)
  ) as found (difference)
order by
  difference
limit
  $1;

-- listBadVersions()
select
  difference,
  (count(*) over ())::int as total
from
  (
    select
      format('%s %s has the version %s', kind, id, version)
    from
      (
        select
          'article' as kind,
          id,
          version
        from
          articles
        union all
        select
          'category',
          id,
          version
        from
          categories
        union all
        select
          'author',
          id,
          version
        from
          authors
      ) as versions
    where
      version is null
      or version < 1
  ) as found (difference)
order by
  difference
limit
  $1;

-- listSequencesBehind()
select
  difference,
  (count(*) over ())::int as total
from
  (
    select
      format('the next id of %s is %s, and %s is taken', name, next, highest)
    from
      (
        select
          'articles' as name,
          (
            select
              last_value + is_called::int
            from
              articles_id_seq
          ) as next,
          (
            select
              max(id)
            from
              articles
          ) as highest
        union all
        select
          'categories' as name,
          (
            select
              last_value + is_called::int
            from
              categories_id_seq
          ) as next,
          (
            select
              max(id)
            from
              categories
          ) as highest
        union all
        select
          'authors' as name,
          (
            select
              last_value + is_called::int
            from
              authors_id_seq
          ) as next,
          (
            select
              max(id)
            from
              authors
          ) as highest
        union all
        select
          'api_tokens' as name,
          (
            select
              last_value + is_called::int
            from
              api_tokens_id_seq
          ) as next,
          (
            select
              max(id)
            from
              api_tokens
          ) as highest
      ) as sequences
    where
      next <= highest
  ) as found (difference)
order by
  difference
limit
  $1;

-- listAlteredRules('create table articles ();', [ 'articles_pkey' ])
select
  difference,
  (count(*) over ())::int as total
from
  (
    with
      actual as (
        select
          conname as name,
          convalidated as good,
          pg_get_constraintdef(oid, true) as definition
        from
          pg_constraint
        where
          connamespace = 'public'::regnamespace
        union all
        select
          relname,
          indisvalid
          and indisready,
          pg_get_indexdef(indexrelid, 0, true)
        from
          pg_index
          join pg_class on pg_class.oid = indexrelid
        where
          relnamespace = 'public'::regnamespace
          and not exists (
            select
            from
              pg_constraint
            where
              conindid = indexrelid
          )
        union all
        select
          tgname,
          tgenabled = 'O',
          pg_get_triggerdef(oid, true)
        from
          pg_trigger
        where
          not tgisinternal
        union all
        select
          proname,
          true,
          rtrim(pg_get_functiondef(oid), E'
')
        from
          pg_proc
        where
          pronamespace = 'public'::regnamespace
          and prokind = 'f'
      )
    select
      format(
        '%s %s',
        name,
        case
          when actual is null then 'is missing'
          when not good then 'is not in force'
          else 'is not as the migrations made it'
        end
      )
    from
      unnest($1::text[]) as expected (name)
      left join actual using (name)
    where
      actual is null
      or not good
      or position(definition in $2::text) = 0
  ) as found (difference)
order by
  difference
limit
  $3;

-- updateStatementTimeout()
set
  local statement_timeout = 0;
