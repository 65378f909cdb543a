-- Written by `npm run generate` from category-tree.queries.ts.

-- listCategories({ backward: false, from: null, fetch: 21, offset: 0 })
-- prepared as list_categories
select
  "d0"."id" as "id",
  "d0"."name" as "name",
  "d0"."slug" as "slug",
  "d0"."description" as "description",
  "d0"."parent_id" as "parentId",
  "d0"."position" as "position",
  "d0"."ordering" as "ordering",
  "d0"."version" as "version",
  "d0"."created_at" as "createdAt",
  "d0"."updated_at" as "updatedAt",
  (
    (
      with recursive
        ancestors as (
          select
            id,
            name,
            slug,
            parent_id,
            1 as distance
          from
            categories
          where
            id = "d0"."parent_id"
          union all
          select
            parent.id,
            parent.name,
            parent.slug,
            parent.parent_id,
            ancestors.distance + 1
          from
            categories as parent
            join ancestors on parent.id = ancestors.parent_id
        )
      select
        coalesce(
          json_agg(
            json_build_object('id', id, 'name', name, 'slug', slug)
            order by
              distance desc
          ),
          '[]'
        )
      from
        ancestors
    )
  ) as "path",
  (
    (
      coalesce(
        (
          select
            "direct"
          from
            category_counts as stored
          where
            stored.category_id = "d0"."id"
        ),
        0
      ) + coalesce(
        (
          select
            sum("direct")
          from
            category_count_deltas as delta
          where
            delta.category_id = "d0"."id"
            and delta.effective_at <= now()
        ),
        0
      )
    )::int
  ) as "articleCount",
  (
    (
      coalesce(
        (
          select
            "deep"
          from
            category_counts as stored
          where
            stored.category_id = "d0"."id"
        ),
        0
      ) + coalesce(
        (
          select
            sum("deep")
          from
            category_count_deltas as delta
          where
            delta.category_id = "d0"."id"
            and delta.effective_at <= now()
        ),
        0
      )
    )::int
  ) as "articleCountDeep",
  (
    (
      with recursive
        ancestors as (
          select
            "d0"."parent_id" as parent_id,
            array["d0"."position"::bigint, "d0"."id"] as sort_key
          union all
          select
            parent.parent_id,
            array[parent.position::bigint, parent.id] || ancestors.sort_key
          from
            categories as parent
            join ancestors on parent.id = ancestors.parent_id
        )
      select
        sort_key::text
      from
        ancestors
      where
        parent_id is null
    )
  ) as "sortKey"
from
  "categories" as "d0"
where
  "d0"."id" in (
    with recursive
      tree as (
        select
          id,
          array[position::bigint, id] as sort_key
        from
          categories
        where
          parent_id is null
        union all
        select
          child.id,
          tree.sort_key || array[child.position::bigint, child.id]
        from
          categories as child
          join tree on child.parent_id = tree.id
      )
    select
      id
    from
      tree
    where
      $1::bigint[] is null
      or (sort_key) > ($2::bigint[])
    order by
      sort_key asc
    limit
      $3
    offset
      $4
  )
order by
  (
    with recursive
      ancestors as (
        select
          "d0"."parent_id" as parent_id,
          array["d0"."position"::bigint, "d0"."id"] as sort_key
        union all
        select
          parent.parent_id,
          array[parent.position::bigint, parent.id] || ancestors.sort_key
        from
          categories as parent
          join ancestors on parent.id = ancestors.parent_id
      )
    select
      sort_key::text
    from
      ancestors
    where
      parent_id is null
  )::bigint[] asc;

-- listCategories({ backward: true, from: null, fetch: 21, offset: 0 })
-- prepared as list_categories_backward
select
  "d0"."id" as "id",
  "d0"."name" as "name",
  "d0"."slug" as "slug",
  "d0"."description" as "description",
  "d0"."parent_id" as "parentId",
  "d0"."position" as "position",
  "d0"."ordering" as "ordering",
  "d0"."version" as "version",
  "d0"."created_at" as "createdAt",
  "d0"."updated_at" as "updatedAt",
  (
    (
      with recursive
        ancestors as (
          select
            id,
            name,
            slug,
            parent_id,
            1 as distance
          from
            categories
          where
            id = "d0"."parent_id"
          union all
          select
            parent.id,
            parent.name,
            parent.slug,
            parent.parent_id,
            ancestors.distance + 1
          from
            categories as parent
            join ancestors on parent.id = ancestors.parent_id
        )
      select
        coalesce(
          json_agg(
            json_build_object('id', id, 'name', name, 'slug', slug)
            order by
              distance desc
          ),
          '[]'
        )
      from
        ancestors
    )
  ) as "path",
  (
    (
      coalesce(
        (
          select
            "direct"
          from
            category_counts as stored
          where
            stored.category_id = "d0"."id"
        ),
        0
      ) + coalesce(
        (
          select
            sum("direct")
          from
            category_count_deltas as delta
          where
            delta.category_id = "d0"."id"
            and delta.effective_at <= now()
        ),
        0
      )
    )::int
  ) as "articleCount",
  (
    (
      coalesce(
        (
          select
            "deep"
          from
            category_counts as stored
          where
            stored.category_id = "d0"."id"
        ),
        0
      ) + coalesce(
        (
          select
            sum("deep")
          from
            category_count_deltas as delta
          where
            delta.category_id = "d0"."id"
            and delta.effective_at <= now()
        ),
        0
      )
    )::int
  ) as "articleCountDeep",
  (
    (
      with recursive
        ancestors as (
          select
            "d0"."parent_id" as parent_id,
            array["d0"."position"::bigint, "d0"."id"] as sort_key
          union all
          select
            parent.parent_id,
            array[parent.position::bigint, parent.id] || ancestors.sort_key
          from
            categories as parent
            join ancestors on parent.id = ancestors.parent_id
        )
      select
        sort_key::text
      from
        ancestors
      where
        parent_id is null
    )
  ) as "sortKey"
from
  "categories" as "d0"
where
  "d0"."id" in (
    with recursive
      tree as (
        select
          id,
          array[position::bigint, id] as sort_key
        from
          categories
        where
          parent_id is null
        union all
        select
          child.id,
          tree.sort_key || array[child.position::bigint, child.id]
        from
          categories as child
          join tree on child.parent_id = tree.id
      )
    select
      id
    from
      tree
    where
      $1::bigint[] is null
      or (sort_key) < ($2::bigint[])
    order by
      sort_key desc
    limit
      $3
    offset
      $4
  )
order by
  (
    with recursive
      ancestors as (
        select
          "d0"."parent_id" as parent_id,
          array["d0"."position"::bigint, "d0"."id"] as sort_key
        union all
        select
          parent.parent_id,
          array[parent.position::bigint, parent.id] || ancestors.sort_key
        from
          categories as parent
          join ancestors on parent.id = ancestors.parent_id
      )
    select
      sort_key::text
    from
      ancestors
    where
      parent_id is null
  )::bigint[] desc;

-- findTreeVersion()
-- prepared as tree_version
select
  concat_ws(
    ' ',
    pg_current_snapshot(),
    pg_postmaster_start_time(),
    case
      when pg_is_in_recovery() then clock_timestamp()
    end,
    (
      select
        min("category_count_deltas"."effective_at")
      from
        "category_count_deltas"
      where
        "category_count_deltas"."effective_at" > now()
    )
  )
from
  (
    select
  ) as nothing;

-- findTreeTextBytes()
-- prepared as tree_text_bytes
select
  coalesce(sum(octet_length("name") + octet_length("slug") + coalesce(octet_length("description"), 0)), 0)
from
  "categories";

-- listTreePart({ afterId: 0, limit: 1000 })
-- prepared as category_tree
select
  "categories"."id",
  "categories"."name",
  "categories"."slug",
  "categories"."description",
  "categories"."parent_id",
  "categories"."position",
  "categories"."ordering",
  "categories"."version",
  "categories"."created_at",
  "categories"."updated_at",
  (coalesce("category_counts"."direct", 0) + coalesce("due"."direct", 0))::int,
  (coalesce("category_counts"."deep", 0) + coalesce("due"."deep", 0))::int
from
  "categories"
  left join "category_counts" on "category_counts"."category_id" = "categories"."id"
  left join lateral (
    select
      sum("direct") as "direct",
      sum("deep") as "deep"
    from
      "category_count_deltas"
    where
      "category_count_deltas"."category_id" = "categories"."id"
      and "category_count_deltas"."effective_at" <= now()
  ) "due" on true
where
  "categories"."id" > $1::bigint
order by
  "categories"."id"
limit
  $2;
