-- Written by `npm run generate` from doctor.queries.ts.

-- listWrongCategoryCounts()
select
  difference,
  (count(*) over ())::int as total
from
  (
    with recursive
      ancestors_or_self as (
        select
          id as category_id,
          id as ancestor_id
        from
          categories
        union
        select
          ancestors_or_self.category_id,
          parent.id
        from
          ancestors_or_self
          join categories on categories.id = ancestors_or_self.ancestor_id
          join categories as parent on parent.id = categories.parent_id
      ),
      counted_links as (
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
      actual_counts as (
        select
          category_id,
          effective_at,
          sum(direct) as direct,
          sum(deep) as deep
        from
          (
            select
              category_id,
              case
                when published_at <= now() then '-infinity'
                else published_at
              end as effective_at,
              1 as direct,
              0 as deep
            from
              counted_links
            union all
            select
              ancestor_id,
              case
                when published_at <= now() then '-infinity'
                else published_at
              end as effective_at,
              0,
              1
            from
              (
                select distinct
                  article_id,
                  ancestor_id,
                  published_at
                from
                  counted_links
                  join ancestors_or_self using (category_id)
              ) as deep_links
          ) as increments
        group by
          1,
          2
      ),
      stored_counts as (
        select
          category_id,
          effective_at,
          sum(direct) as direct,
          sum(deep) as deep
        from
          (
            select
              category_id,
              '-infinity'::timestamptz as effective_at,
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
              end as effective_at,
              direct,
              deep
            from
              category_count_deltas
          ) as increments
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
        'category %s stores the %s %s direct, %s deep%s; its articles give %s direct, %s deep',
        category_id,
        case
          when effective_at = '-infinity' then 'counts'
          else 'changes'
        end,
        coalesce(stored.direct, 0),
        coalesce(stored.deep, 0),
        case
          when effective_at > '-infinity' then ' at ' || effective_at
        end,
        coalesce(actual.direct, 0),
        coalesce(actual.deep, 0)
      )
    from
      actual_counts as actual
      full join stored_counts as stored using (category_id, effective_at)
    where
      (coalesce(actual.direct, 0), coalesce(actual.deep, 0)) <> (coalesce(stored.direct, 0), coalesce(stored.deep, 0))
  ) as violations (difference)
order by
  difference
limit
  $1;

-- listWrongCountedArticles()
select
  difference,
  (count(*) over ())::int as total
from
  (
    with
      counted_links as (
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
      actual_articles as (
        select
          article_id,
          published_at as listed_at,
          array_agg(
            category_id
            order by
              category_id
          ) as direct_ids
        from
          counted_links
        group by
          1,
          2
      )
    select
      format(
        'article %s is counted in the categories %s from %s; its links give %s from %s',
        article_id,
        stored.direct_ids,
        stored.listed_at,
        actual.direct_ids,
        actual.listed_at
      )
    from
      actual_articles as actual
      full join counted_articles as stored using (article_id)
    where
      (actual.direct_ids, actual.listed_at) is distinct from (stored.direct_ids, stored.listed_at)
  ) as violations (difference)
order by
  difference
limit
  $1;

-- listWrongCategoryPaths()
select
  difference,
  (count(*) over ())::int as total
from
  (
    with recursive
      ancestors_or_self as (
        select
          id as category_id,
          id as ancestor_id
        from
          categories
        union
        select
          ancestors_or_self.category_id,
          parent.id
        from
          ancestors_or_self
          join categories on categories.id = ancestors_or_self.ancestor_id
          join categories as parent on parent.id = categories.parent_id
      ),
      actual_paths as (
        select
          category_id,
          array_agg(
            ancestor_id
            order by
              ancestor_id
          ) as path
        from
          ancestors_or_self
        group by
          1
      ),
      stored_paths as (
        select
          category_id,
          array(
            select
              id
            from
              categories
            where
              id = any (ancestor_ids)
            order by
              id
          ) as path
        from
          category_paths
      )
    select
      format('category %s is counted in %s; it and its ancestors are %s', category_id, stored.path, actual.path)
    from
      actual_paths as actual
      full join stored_paths as stored using (category_id)
    where
      actual.path is distinct from stored.path
  ) as violations (difference)
order by
  difference
limit
  $1;

-- listWrongSortKeys()
select
  difference,
  (count(*) over ())::int as total
from
  (
    select
      format(
        'article %s has the sort key %s, was published at %s and deleted at %s',
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
  ) as violations (difference)
order by
  difference
limit
  $1;

-- listBrokenLinks: of each relation
select
  difference,
  (count(*) over ())::int as total
from
  (
    select
      format(
        'the link of article %s to category %s has the sort key %s, its article %s%s',
        article_id,
        link.category_id,
        link.listed_at,
        coalesce('has ' || articles.listed_at, 'does not exist'),
        case
          when target.id is null then '; the category does not exist'
        end
      )
    from
      article_categories as link
      left join articles on articles.id = article_id
      left join categories as target on target.id = link.category_id
    where
      link.listed_at is distinct from articles.listed_at
      or target.id is null
    union all
    select
      format(
        'the link of article %s to author %s has the sort key %s, its article %s%s',
        article_id,
        link.author_id,
        link.listed_at,
        coalesce('has ' || articles.listed_at, 'does not exist'),
        case
          when target.id is null then '; the author does not exist'
        end
      )
    from
      article_authors as link
      left join articles on articles.id = article_id
      left join authors as target on target.id = link.author_id
    where
      link.listed_at is distinct from articles.listed_at
      or target.id is null
  ) as violations (difference)
order by
  difference
limit
  $1;

-- listLinksWithoutPosition: of each relation
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
  ) as violations (difference)
order by
  difference
limit
  $1;

-- listInvalidRanks()
select
  difference,
  (count(*) over ())::int as total
from
  (
    select
      format(
        'the articles %s have the rank %s in category %s',
        string_agg(
          article_id::text,
          ' and '
          order by
            article_id
        ),
        rank,
        category_id
      )
    from
      article_categories
    where
      rank is not null
    group by
      category_id,
      rank
    having
      count(*) > 1
    union all
    select
      format('article %s has the rank "%s" in category %s', article_id, rank, category_id)
    from
      article_categories
    where
      rank !~ '^[0-9A-Za-z]+$'
  ) as violations (difference)
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
      format('category %s has the parent %s, which does not exist', id, parent_id)
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
  ) as violations (difference)
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
      ancestors as (
        select
          id as category_id,
          parent_id as ancestor_id
        from
          categories
        where
          parent_id is not null
        union
        select
          ancestors.category_id,
          parent_id
        from
          ancestors
          join categories on categories.id = ancestor_id
        where
          parent_id is not null
      )
    select
      format('category %s is its own ancestor', category_id)
    from
      ancestors
    where
      ancestor_id = category_id
  ) as violations (difference)
order by
  difference
limit
  $1;

-- listInvalidSlugs: of each table with slugs
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
          deleted_at is not null as is_trashed
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
      not is_trashed
    group by
      kind,
      slug
    having
      count(*) > 1
  ) as violations (difference)
order by
  difference
limit
  $2;

-- listDuplicateNames()
select
  difference,
  (count(*) over ())::int as total
from
  (
    select
      format(
        'the sibling categories %s share the name "%s"',
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
      fold_category_name (name)
    having
      count(*) > 1
  ) as violations (difference)
order by
  difference
limit
  $1;

-- listInvalidVersions: of each table with versions
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
  ) as violations (difference)
order by
  difference
limit
  $1;

-- listLaggingSequences: of each table with generated ids
select
  difference,
  (count(*) over ())::int as total
from
  (
    select
      format('the next id of %s is %s, but %s exists', name, next_id, max_id)
    from
      (
        select
          'articles' as name,
          (
            select
              last_value + is_called::int
            from
              articles_id_seq
          ) as next_id,
          (
            select
              max(id)
            from
              articles
          ) as max_id
        union all
        select
          'categories' as name,
          (
            select
              last_value + is_called::int
            from
              categories_id_seq
          ) as next_id,
          (
            select
              max(id)
            from
              categories
          ) as max_id
        union all
        select
          'authors' as name,
          (
            select
              last_value + is_called::int
            from
              authors_id_seq
          ) as next_id,
          (
            select
              max(id)
            from
              authors
          ) as max_id
        union all
        select
          'api_tokens' as name,
          (
            select
              last_value + is_called::int
            from
              api_tokens_id_seq
          ) as next_id,
          (
            select
              max(id)
            from
              api_tokens
          ) as max_id
      ) as sequences
    where
      next_id <= max_id
  ) as violations (difference)
order by
  difference
limit
  $1;

-- listAlteredSchemaObjects('create table articles ();', [ 'articles_pkey' ])
select
  difference,
  (count(*) over ())::int as total
from
  (
    with
      actual_objects as (
        select
          conname as name,
          convalidated as is_enforced,
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
          when actual_objects is null then 'is missing'
          when not is_enforced then 'is not enforced'
          else 'differs from the migrations'
        end
      )
    from
      unnest($1::text[]) as expected_objects (name)
      left join actual_objects using (name)
    where
      actual_objects is null
      or not is_enforced
      or position(definition in $2::text) = 0
  ) as violations (difference)
order by
  difference
limit
  $3;

-- updateSettings()
select
  set_config(name, value, true)
from
  (
    values
      ('statement_timeout', '0'),
      ('work_mem', '128MB'),
      ('jit', 'off'),
      ('max_parallel_workers_per_gather', '2'),
      ('parallel_setup_cost', '0'),
      ('parallel_tuple_cost', '0'),
      ('min_parallel_table_scan_size', '1MB'),
      ('min_parallel_index_scan_size', '64kB')
  ) as settings (name, value);
