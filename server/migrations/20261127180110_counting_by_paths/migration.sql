-- Counting by paths, see docs/decisions/0023-counting-by-paths.md. The counts are made from two copies that change with
-- them: `counted_articles` has the links, `category_paths` the tree.

-- The paths of categories in the tree as it is now: each with itself and its ancestors, by id. `union` removes duplicates,
-- so that it also ends in a cycle.
create function list_category_paths(category_ids bigint[]) returns table (category_id bigint, ancestor_ids bigint[])
language sql stable as $$
  with recursive ancestors_or_self as (
    select id as category_id, id as ancestor_id, parent_id from categories where id = any(category_ids)
    union
    select ancestors_or_self.category_id, parent.id, parent.parent_id
    from ancestors_or_self join categories as parent on parent.id = ancestors_or_self.parent_id
  )
  select category_id, array_agg(ancestor_id order by ancestor_id) from ancestors_or_self group by 1
$$;
--> statement-breakpoint

-- The path by which a category is counted. A new category has none before its transaction commits or counts an article in
-- it. Callers share the lock of the tree, under which the path cannot change.
create function category_path(new_id bigint) returns bigint[] language plpgsql as $$
declare path bigint[] := (select ancestor_ids from category_paths where category_id = new_id);
begin
  if path is null then
    insert into category_paths select * from list_category_paths(array[new_id])
    on conflict (category_id) do update set ancestor_ids = excluded.ancestor_ids
    returning ancestor_ids into path;
  end if;
  return path;
end $$;
--> statement-breakpoint

-- At the commit, so that an import does not hold the lock of the tree from its first category on.
create function store_category_path() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(hashtext('rubric.category_tree'));
  perform category_path(new.id);
  return null;
end $$;
--> statement-breakpoint
create constraint trigger categories_path after insert on categories
  deferrable initially deferred for each row execute function store_category_path();
--> statement-breakpoint
insert into category_paths select * from list_category_paths(array(select id from categories));
--> statement-breakpoint
-- Rows whose links change stay on their page, and their index is left alone.
alter table counted_articles set (fillfactor = 90);
--> statement-breakpoint

-- An article counts once in each category that it is linked to (`direct_ids`) and once in each category on their paths, from
-- `listed_at` on. Compares what is counted of some articles with their links as they are now, and inserts the differences
-- into `category_count_deltas`. It can run at any time, any number of times: the order in which triggers fire does not
-- matter. What took effect before `counts_settled_at()` is one delta for each category: with one for each time, the
-- deletion of a category with 100,000 articles would leave 400,000.
--
-- Callers hold locks on the rows of the articles, so that no two transactions recount the same article. plpgsql, because
-- each of its statements sees what was committed while the function waited for the locks.
create or replace function recount_articles(article_ids bigint[]) returns void language plpgsql as $$
declare
  is_move_running boolean;
begin
  if article_ids = '{}' then
    return;
  end if;
  if current_setting('rubric.count_at_commit', true) = 'on' then
    insert into uncounted_articles values (article_ids);
    return;
  end if;
  perform pg_advisory_xact_lock_shared(hashtext('rubric.category_tree'));
  is_move_running := not pg_try_advisory_xact_lock_shared(hashtext('rubric.category_move'));
  with differences as materialized (
    select id as article_id, before.direct_ids as old_direct_ids, before.listed_at as old_listed_at, after.direct_ids, after.listed_at
    from unnest(article_ids) as id left join counted_articles as before on before.article_id = id
      cross join lateral (
        select array_agg(category_id order by category_id) as direct_ids, max(links.listed_at) as listed_at
        from article_categories as links where links.article_id = id and links.listed_at < 'infinity'
      ) as after
    where (after.direct_ids, after.listed_at) is distinct from (before.direct_ids, before.listed_at)
  ), deleted_state as (
    delete from counted_articles using differences
    where counted_articles.article_id = differences.article_id and differences.listed_at is null
  ), upserted_state as (
    insert into counted_articles (article_id, direct_ids, listed_at)
    select article_id, direct_ids, listed_at from differences where listed_at is not null
    on conflict (article_id) do update set direct_ids = excluded.direct_ids, listed_at = excluded.listed_at
  ), changes as (
    select article_id, -1 as sign, old_direct_ids as direct_ids, old_listed_at as listed_at
    from differences where old_listed_at is not null
    union all select article_id, 1, direct_ids, listed_at from differences where listed_at is not null
  ), inserted_changes as (
    insert into counted_article_changes select sign, direct_ids, listed_at from changes where is_move_running
  )
  insert into category_count_deltas (category_id, effective_at, direct, deep)
  select ancestor_id, case when listed_at <= counts_settled_at() then '-infinity' else listed_at end,
    sum(sign * (ancestor_id = any(direct_ids))::int), sum(sign)
  from changes cross join lateral (
    select distinct ancestor_id from unnest(direct_ids) as category_id left join category_paths using (category_id)
      cross join unnest(coalesce(ancestor_ids, category_path(category_id))) as ancestor_id
  ) as counted
  group by 1, 2 having sum(sign * (ancestor_id = any(direct_ids))::int) <> 0 or sum(sign) <> 0;
end $$;
--> statement-breakpoint

-- The categories that move with others, where the path by which they are counted is not that of the tree.
create function list_moved_paths(moved_ids bigint[])
returns table (category_id bigint, old_ids bigint[], new_ids bigint[]) language sql stable as $$
  with recursive subtree as (
    select unnest(moved_ids) as id
    union
    select categories.id from categories join subtree on categories.parent_id = subtree.id
  )
  select category_id, counted.ancestor_ids, path.ancestor_ids
  from list_category_paths(array(select id from subtree)) as path join category_paths as counted using (category_id)
  where path.ancestor_ids <> counted.ancestor_ids
$$;
--> statement-breakpoint

-- Inserts the deltas of a move: for each affected category, the articles that are below it now and were not before, and the
-- other way around. Computes first from what is counted, of the articles below the categories and of those that this
-- transaction counts at its commit; with `is_final`, from what other transactions counted since.
--
-- Whether a category is below an affected one is a bit; `bit_or` over the links of an article says it of the article. With a
-- row for each article and affected category instead, a move of 100,000 articles between places of depth 3 took three times
-- as long.
drop function insert_move_deltas(bigint[], bigint[], bigint[], bigint[], boolean);
--> statement-breakpoint
create function insert_move_deltas(moved_ids bigint[], affected_ids bigint[], is_final boolean)
returns void language plpgsql set work_mem = '64MB' set jit = off set plan_cache_mode = force_custom_plan as $$
begin
  with deleted_changes as (
    delete from counted_article_changes returning sign, direct_ids, listed_at
  ), moved as materialized (
    select * from list_moved_paths(moved_ids)
  ), states as materialized (
    select row_number() over () as number, sign, direct_ids,
      case when listed_at <= counts_settled_at() then '-infinity' else listed_at end as effective_at
    from (
      select sign, direct_ids, listed_at from deleted_changes where is_final
      union all
      select 1, direct_ids, listed_at from counted_articles
      where not is_final and article_id in (
        select article_id from article_categories where category_id in (select category_id from moved)
        union all select unnest(article_ids) from uncounted_articles
      )
    ) as counted
  ), links as materialized (
    select number, unnest(direct_ids) as category_id from states
  ), paths as materialized (
    select category_id, ancestor_ids as old_ids, coalesce(moved.new_ids, ancestor_ids) as new_ids
    from category_paths left join moved using (category_id)
    where category_id in (select category_id from links)
  ), affected as materialized (
    select id, position, set_bit(repeat('0', cardinality(affected_ids))::varbit, position::int - 1, 1) as bit
    from unnest(affected_ids) with ordinality as affected (id, position)
  ), old_bits as (
    select category_id, bit_or(bit) as bits from paths cross join unnest(old_ids) as id join affected using (id) group by 1
  ), new_bits as (
    select category_id, bit_or(bit) as bits from paths cross join unnest(new_ids) as id join affected using (id) group by 1
  ), article_bits as (
    select number, bit_or(old_bits.bits) as old_bits, bit_or(new_bits.bits) as new_bits
    from links left join old_bits using (category_id) left join new_bits using (category_id) group by 1
  ), changes as (
    select effective_at, old_bits, new_bits, sum(sign) as articles from article_bits join states using (number)
    where old_bits is distinct from new_bits group by 1, 2, 3
  )
  insert into category_count_deltas (category_id, effective_at, direct, deep)
  select affected.id, effective_at, 0, sum(articles * (
    coalesce(get_bit(new_bits, position::int - 1), 0) - coalesce(get_bit(old_bits, position::int - 1), 0)))
  from changes cross join affected group by 1, 2
  having sum(articles * (
    coalesce(get_bit(new_bits, position::int - 1), 0) - coalesce(get_bit(old_bits, position::int - 1), 0))) <> 0;
end $$;
--> statement-breakpoint

-- Counts after categories have moved, and changes their paths. A category is affected if one that moved was below it and is
-- not any more, or the other way around. Where a category is deleted and its children move up to its parent, that is none
-- but the deleted, and nobody waits.
create or replace function recount_moved_categories() returns trigger language plpgsql as $$
declare
  moved_ids bigint[];
  affected_ids bigint[];
begin
  moved_ids := array(
    select new_rows.id from new_rows join old_rows using (id) where new_rows.parent_id is distinct from old_rows.parent_id
  );
  if moved_ids = '{}' then
    return null;
  end if;
  perform pg_advisory_xact_lock(hashtext('rubric.category_moves'));
  affected_ids := array(
    select id from categories where id in (
      select unnest(array(select unnest(old_ids) except select unnest(new_ids))
        || array(select unnest(new_ids) except select unnest(old_ids)))
      from list_moved_paths(moved_ids)
    )
  );
  if affected_ids <> '{}' then
    perform pg_advisory_xact_lock(hashtext('rubric.category_move'));
    perform insert_move_deltas(moved_ids, affected_ids, false);
    perform lock_category_tree();
    perform insert_move_deltas(moved_ids, affected_ids, true);
  end if;
  update category_paths set ancestor_ids = new_ids
  from list_moved_paths(moved_ids) as moved where category_paths.category_id = moved.category_id;
  return null;
end $$;
--> statement-breakpoint

-- Deletes the links of a category before the category: its articles are counted in its ancestors as long as it has a path.
-- The foreign key would delete them afterwards.
create or replace function delete_category_links() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtext('rubric.category_moves'));
  perform set_config('rubric.deleted_category', old.id::text, true);
  delete from article_categories where category_id = old.id;
  perform set_config('rubric.deleted_category', '', true);
  return old;
end $$;
--> statement-breakpoint

-- After links were inserted or deleted. A statement without links for a relation fires the trigger as well.
create or replace function update_linked_articles() returns trigger language plpgsql as $$
declare article_ids bigint[] := array(select distinct article_id from changed_links);
begin
  if article_ids = '{}' then
    return null;
  end if;
  perform raise_article_versions(article_ids);
  if tg_table_name = 'article_categories' then
    perform recount_articles(article_ids);
  end if;
  return null;
end $$;
