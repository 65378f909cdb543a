-- Written by `npm run generate` from category-list.queries.ts.

-- listMatchingCategories: the children of a category (parentId=1)
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
          1 as level,
          (
            select
              (
                with recursive
                  ancestors as (
                    select
                      top.parent_id as parent_id,
                      array[top.position::bigint, top.id] as sort_key
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
              )::bigint[]
            from
              categories as top
            where
              top.id = $1::bigint
          ) || array[position::bigint, id] as sort_key
        from
          categories
        where
          parent_id = $2::bigint
        union all
        select
          child.id,
          tree.level + 1,
          tree.sort_key || array[child.position::bigint, child.id]
        from
          categories as child
          join tree on child.parent_id = tree.id
        where
          tree.level < $3::int
      )
    select
      id
    from
      tree
    where
      true
    order by
      sort_key asc
    limit
      $4
    offset
      $5
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

-- listMatchingCategories: two levels of the tree, from a cursor on (depth=2&after=…)
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
          1 as level,
          '{}'::bigint[] || array[position::bigint, id] as sort_key
        from
          categories
        where
          parent_id is null
        union all
        select
          child.id,
          tree.level + 1,
          tree.sort_key || array[child.position::bigint, child.id]
        from
          categories as child
          join tree on child.parent_id = tree.id
        where
          tree.level < $1::int
      )
    select
      id
    from
      tree
    where
      (sort_key) > ($2::bigint[])
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

-- listMatchingCategories: given categories in the order of the tree (ids=1,2)
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
      matching as (
        select
          id
        from
          categories
        where
          true
          and id = any ($1::bigint[])
      ),
      tree as (
        select
          id,
          (
            with recursive
              ancestors as (
                select
                  categories.parent_id as parent_id,
                  array[categories.position::bigint, categories.id] as sort_key
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
          )::bigint[] as sort_key
        from
          matching
          join categories using (id)
      )
    select
      id
    from
      tree
    where
      true
    order by
      sort_key asc
    limit
      $2
    offset
      $3
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

-- listMatchingCategories: names that match best (q=bread)
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
      named as materialized (
        select
          id,
          name
        from
          (
            select
              id,
              fold_name (name) as name
            from
              categories
            offset
              0
          ) as folded
        where
          (
            select
              trim(fold_name ($1))
          ) <> ''
          and strpos(
            name,
            (
              select
                trim(fold_name ($2))
            )
          ) > 0
      ),
      found as (
        select
          id
        from
          named
        union
        select
          child.id
        from
          categories as child
          join found on child.parent_id = found.id
      ),
      matching as (
        select
          id
        from
          categories
        where
          true
          and id in (
            select
              id
            from
              found
          )
      )
    select
      id
    from
      matching
      join categories using (id)
      left join named using (id)
    order by
      coalesce(
        match_rank (
          named.name,
          (
            select
              trim(fold_name ($3))
          ),
          (
            select
              '\m' || regexp_replace(trim(fold_name ($4)), '([^[:alnum:][:space:]])', '\\\1', 'g')
          )
        ),
        5
      ),
      categories.name collate "und-x-icu",
      id
    limit
      $5
  )
order by
  match_rank (
    fold_name ("d0"."name"),
    (
      select
        trim(fold_name ($6))
    ),
    (
      select
        '\m' || regexp_replace(trim(fold_name ($7)), '([^[:alnum:][:space:]])', '\\\1', 'g')
    )
  ),
  "d0"."name" collate "und-x-icu",
  "d0"."id";

-- listMatchingCategories: the most articles first (sort=-articleCount)
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
      matching as (
        select
          id
        from
          categories
        where
          true
      )
    select
      id
    from
      matching
      join categories using (id)
      left join (
        select
          id as category_id,
          coalesce(stored.direct, 0) + coalesce(due.direct, 0) as count
        from
          categories
          left join category_counts as stored on stored.category_id = id
          left join (
            select
              category_id,
              sum(direct) as direct
            from
              category_count_deltas
            where
              effective_at <= now()
            group by
              category_id
          ) as due on due.category_id = id
        where
          coalesce(stored.direct, 0) + coalesce(due.direct, 0) > 0
      ) as counted on counted.category_id = id
    order by
      coalesce(counted.count, 0) desc,
      id desc
    limit
      $1
  )
order by
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
  )::int desc,
  "d0"."id" desc;

-- countMatchingCategories({ q: 'bread', parentId: null, depth: 2 })
select
  total
from
  (
    with recursive
      levels as (
        select
          id,
          1 as level
        from
          categories
        where
          parent_id is null
        union all
        select
          child.id,
          levels.level + 1
        from
          categories as child
          join levels on child.parent_id = levels.id
        where
          levels.level < $1::int
      ),
      named as materialized (
        select
          id,
          name
        from
          (
            select
              id,
              fold_name (name) as name
            from
              categories
            offset
              0
          ) as folded
        where
          (
            select
              trim(fold_name ($2))
          ) <> ''
          and strpos(
            name,
            (
              select
                trim(fold_name ($3))
            )
          ) > 0
      ),
      found as (
        select
          id
        from
          named
        union
        select
          child.id
        from
          categories as child
          join found on child.parent_id = found.id
      ),
      matching as (
        select
          id
        from
          categories
        where
          true
          and id in (
            select
              id
            from
              levels
          )
          and id in (
            select
              id
            from
              found
          )
      )
    select
      count(*) as total
    from
      matching
  ) as counted;
