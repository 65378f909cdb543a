-- Written by `npm run generate` from categories.queries.ts.

-- findCategory(1)
-- prepared as category_by_id
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
  ) as "articleCountDeep"
from
  "categories" as "d0"
where
  "d0"."id" = $1
limit
  $2;

-- findCategoryId({ id: 1 })
-- prepared as category_id_by_key
select
  "id",
  "slug"
from
  "categories"
where
  "categories"."id" = $1::bigint
  or "categories"."slug" = $2;

-- countCategories()
select
  count(*)
from
  "categories";

-- insertCategory({ via: 'http', accountId: 1, tokenId: null, address: '192.0.2.1', command: null }, { name: 'Food', slug: 'food' })
with
  "inserted_category" as (
    insert into
      "categories" (
        "name",
        "slug",
        "description",
        "parent_id",
        "position",
        "ordering",
        "version",
        "created_at",
        "updated_at"
      )
    values
      ($1, $2, default, default, default, default, default, default, default)
    returning
      "id"
  )
select
  "id"
from
  "inserted_category"
where
  set_config('rubric.actor', $3, true) is not null;

-- updateCategory({ via: 'http', accountId: 1, tokenId: null, address: '192.0.2.1', command: null }, 1, {}, undefined)
update "categories"
set
  "version" = version
where
  (
    ("categories"."id" = $1)
    and (set_config('rubric.actor', $2, true) is not null)
  )
returning
  "id";

-- updateCategory({ via: 'http', accountId: 1, tokenId: null, address: '192.0.2.1', command: null }, 1, { parentId: 2 }, [ 17 ])
update "categories"
set
  "parent_id" = $1,
  "version" = version
where
  (
    ("categories"."id" = $2)
    and ("categories"."version" in ($3))
    and (set_config('rubric.actor', $4, true) is not null)
  )
returning
  "id";

-- findCategoryVersion(1)
select
  "version"
from
  "categories"
where
  "categories"."id" = $1;

-- lockCategoryMoves()
select
  set_config('statement_timeout', $1, true),
  pg_advisory_xact_lock(hashtext ('rubric.category_moves'));

-- lockCategory(1)
select
  "id"
from
  "categories"
where
  "categories"."id" = $1
for update;

-- lockArticlesOfCategory(1)
select
from
  articles
where
  id in (
    select
      article_id
    from
      article_categories
    where
      category_id = $1
  )
order by
  id
for no key update;

-- lockNewArticlesOfCategory(1)
with
  locked_articles as materialized (
    select
    from
      articles
    where
      id in (
        select
          article_id
        from
          article_categories
        where
          category_id = $1
      )
    for no key update
      skip locked
  )
select
  (
    select
      count(*)
    from
      article_categories
    where
      category_id = $2
  )::int - (
    select
      count(*)
    from
      locked_articles
  )::int as "lockedByOthers";

-- listConflictingChildren(1)
select
  child.id,
  child.name
from
  categories as child
  join categories as parent on parent.id = child.parent_id
where
  parent.id = $1
  and exists (
    select
    from
      categories as sibling
    where
      coalesce(sibling.parent_id, 0) = coalesce(parent.parent_id, 0)
      and sibling.id <> parent.id
      and fold_category_name (sibling.name) = fold_category_name (child.name)
  )
order by
  child.name;

-- findSiblingNamed(1, 'Baking')
select
  id,
  name
from
  categories
where
  coalesce(parent_id, 0) = coalesce($1::bigint, 0)
  and fold_category_name (name) = fold_category_name ($2);

-- deleteCategory({ via: 'http', accountId: 1, tokenId: null, address: '192.0.2.1', command: null }, 1, undefined)
with
  "deleted_category" as (
    delete from "categories"
    where
      (
        ("categories"."id" = $1)
        and (set_config('rubric.actor', $2, true) is not null)
      )
    returning
      "id",
      "parent_id"
  ),
  "moved_children" as (
    update categories
    set
      parent_id = deleted_category.parent_id
    from
      deleted_category
    where
      categories.parent_id = deleted_category.id
  )
select
  "id"
from
  "deleted_category";
