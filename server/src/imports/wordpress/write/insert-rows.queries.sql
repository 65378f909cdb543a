-- Written by `npm run generate` from insert-rows.queries.ts.

-- insertAuthors('https://example.org', [ { key: 'bread', digest: '00', slug: 'bread', name: 'Maud', email: null } ])
with
  requested as materialized (
    select
      coalesce(row."reservedId", nextval($1)) as id,
      row.*
    from
      json_to_recordset($2::json) as row ("reservedId" bigint, key text, digest text, slug text, name text, email text)
  ),
  inserted as (
    insert into
      authors (id, name, slug, email)
    overriding system value
    select
      id,
      name,
      slug,
      email
    from
      requested
    order by
      id
    on conflict do nothing
    returning
      id
  ),
  inserted_keys as (
    insert into
      imported_rows (source, kind, external_id, digest, author_id)
    select
      $3,
      $4,
      key,
      decode(digest, 'hex'),
      id
    from
      inserted
      join requested using (id)
  )
select
  requested.key,
  requested.id::float8 as id,
  inserted.id is not null as inserted
from
  requested
  left join inserted using (id);

-- insertCategories('https://example.org', [ { key: 'bread', digest: '00', slug: 'bread', name: 'Food', description: null, parentId: null } ])
with
  requested as materialized (
    select
      coalesce(row."reservedId", nextval($1)) as id,
      row.*
    from
      json_to_recordset($2::json) as row (
        "reservedId" bigint,
        key text,
        digest text,
        slug text,
        name text,
        description text,
        "parentId" bigint
      )
  ),
  inserted as (
    insert into
      categories (id, name, slug, description, parent_id)
    overriding system value
    select
      id,
      name,
      slug,
      description,
      "parentId"
    from
      requested
    order by
      id
    on conflict do nothing
    returning
      id
  ),
  inserted_keys as (
    insert into
      imported_rows (source, kind, external_id, digest, category_id)
    select
      $3,
      $4,
      key,
      decode(digest, 'hex'),
      id
    from
      inserted
      join requested using (id)
  )
select
  requested.key,
  requested.id::float8 as id,
  inserted.id is not null as inserted
from
  requested
  left join inserted using (id);

-- insertArticles('https://example.org', [])
with
  requested as materialized (
    select
      coalesce(row."reservedId", nextval($1)) as id,
      row.*
    from
      json_to_recordset($2::json) as row (
        "reservedId" bigint,
        key text,
        digest text,
        slug text,
        title text,
        excerpt text,
        content text,
        "publishedAt" timestamptz,
        "deletedAt" timestamptz,
        "createdAt" timestamptz,
        "updatedAt" timestamptz,
        "categoryIds" bigint[],
        "authorIds" bigint[]
      )
  ),
  inserted as (
    insert into
      articles (id, title, slug, excerpt, content, content_format, published_at, deleted_at, created_at, updated_at)
    overriding system value
    select
      id,
      title,
      slug,
      excerpt,
      content,
      'html',
      "publishedAt",
      "deletedAt",
      "createdAt",
      "updatedAt"
    from
      requested
    order by
      id
    on conflict (slug)
    where
      deleted_at is null do nothing
    returning
      id,
      listed_at
  ),
  inserted_category_links as (
    insert into
      article_categories (article_id, category_id, position, listed_at)
    select
      id,
      link.category_id,
      link.position,
      listed_at
    from
      inserted
      join requested using (id)
      cross join unnest("categoryIds") with ordinality as link (category_id, position)
  ),
  inserted_author_links as (
    insert into
      article_authors (article_id, author_id, position, listed_at)
    select
      id,
      link.author_id,
      link.position,
      listed_at
    from
      inserted
      join requested using (id)
      cross join unnest("authorIds") with ordinality as link (author_id, position)
  ),
  inserted_keys as (
    insert into
      imported_rows (source, kind, external_id, digest, article_id)
    select
      $3,
      $4,
      key,
      decode(digest, 'hex'),
      id
    from
      inserted
      join requested using (id)
  )
select
  requested.key,
  requested.id::float8 as id,
  inserted.id is not null as inserted
from
  requested
  left join inserted using (id);
