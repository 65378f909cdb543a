-- Large changes of the tree, see docs/decisions/0019-large-changes.md. Advisory locks, in the order in which they are taken:
--
-- rubric.category_moves: moves and deletions of categories take turns.
-- rubric.category_move: a move that is being computed holds it. Writers of links only try it, and never wait for it.
-- rubric.category_tree: writers of links share it; a move takes it for the moment in which it catches up and commits.

-- What took effect before this time has taken effect for every reader. The `now()` of a reader is older than its snapshot,
-- because PostgreSQL may stall between the two, and what a reader's `now()` has not reached must stay out of its counts.
create function counts_settled_at() returns timestamptz language sql stable as $$ select now() - interval '10 seconds' $$;
--> statement-breakpoint

-- An article counts once in each category that it is linked to (`direct_ids`) and once in each of these and their
-- ancestors, from `listed_at` on. Compares what is counted of some articles with their links as they are now, and inserts
-- the differences into `category_count_deltas`. It can run at any time, any number of times: the order in which triggers
-- fire does not matter. What took effect before `counts_settled_at()` is one delta for each category: with one for each
-- time, the deletion of a category with 100,000 articles would leave 400,000.
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
  with recursive current_state as (
    select links.article_id, articles.listed_at, array_agg(links.category_id order by links.category_id) as direct_ids
    from article_categories as links join articles on articles.id = links.article_id
    where links.article_id = any(article_ids) and articles.listed_at < 'infinity'
    group by 1, 2
  ), differences as (
    select coalesce(after.article_id, before.article_id) as article_id,
      before.direct_ids as old_direct_ids, before.listed_at as old_listed_at, after.direct_ids, after.listed_at
    from current_state as after
    full join (select * from counted_articles where article_id = any(article_ids)) as before using (article_id)
    where (after.direct_ids, after.listed_at) is distinct from (before.direct_ids, before.listed_at)
  ), deleted_state as (
    delete from counted_articles using differences
    where counted_articles.article_id = differences.article_id and differences.listed_at is null
  ), upserted_state as (
    insert into counted_articles (article_id, direct_ids, listed_at)
    select article_id, direct_ids, listed_at from differences where listed_at is not null
    on conflict (article_id) do update set direct_ids = excluded.direct_ids, listed_at = excluded.listed_at
  ), changes as (
    select -1 as sign, old_direct_ids as direct_ids, old_listed_at as listed_at from differences where old_listed_at is not null
    union all select 1, direct_ids, listed_at from differences where listed_at is not null
  ), inserted_changes as (
    insert into counted_article_changes select sign, direct_ids, listed_at from changes where is_move_running
  )
  insert into category_count_deltas (category_id, effective_at, direct, deep)
  select category_id, case when listed_at <= counts_settled_at() then '-infinity' else listed_at end,
    sum(direct), sum(deep)
  from (
    select unnest(direct_ids) as category_id, listed_at, sign as direct, 0 as deep from changes
    union all
    select ancestors_or_self.id, listed_at, 0, sign from changes cross join lateral (
      with recursive ancestors_or_self as (
        -- Always true. It lowers the estimate of rows, for a plan with small hash tables and without JIT compilation.
        select id from unnest(changes.direct_ids) as id where id > 0
        union
        select categories.parent_id from ancestors_or_self join categories using (id) where categories.parent_id is not null
      )
      select id from ancestors_or_self
    ) as ancestors_or_self
  ) as deltas
  group by 1, 2 having sum(direct) <> 0 or sum(deep) <> 0;
end $$;
--> statement-breakpoint

-- Counts at the commit what the transaction has put off. An import does that, so that it takes the locks of the tree at its
-- end: `set_config('rubric.count_at_commit', 'on', true)`.
create function count_uncounted_articles() returns trigger language plpgsql as $$
declare ids bigint[];
begin
  perform set_config('rubric.count_at_commit', 'off', true);
  with deleted_rows as (delete from uncounted_articles returning article_ids)
  select coalesce(array_agg(distinct id), '{}') into ids from deleted_rows cross join unnest(article_ids) as id;
  perform recount_articles(ids);
  return null;
end $$;
--> statement-breakpoint
create constraint trigger uncounted_articles_count after insert on uncounted_articles
  deferrable initially deferred for each row execute function count_uncounted_articles();
--> statement-breakpoint

-- Refuses a parent that is the category itself or below it. Moves take turns, so two crossing moves see each other.
create or replace function reject_category_cycle() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtext('rubric.category_moves'));
  if exists (
    with recursive ancestors as (
      select id, parent_id from categories where id = new.parent_id
      union
      select categories.id, categories.parent_id from categories join ancestors on categories.id = ancestors.parent_id
    )
    select from ancestors where id = new.id
  ) then
    raise exception 'category % cannot move below itself', new.id
      using errcode = 'check_violation', constraint = 'categories_cycle_check', table = 'categories';
  end if;
  return new;
end $$;
--> statement-breakpoint

-- Takes the lock of the tree exclusively. New writers of links queue behind a lock that waits, so it waits for at most a
-- quarter of a second at a time: a transaction that wrote links and stays open holds up the move, not other writers.
create function lock_category_tree() returns void language plpgsql as $$
declare
  lock_timeout text := current_setting('lock_timeout');
  started timestamptz := clock_timestamp();
begin
  loop
    begin
      perform set_config('lock_timeout', '250ms', true);
      perform pg_advisory_xact_lock(hashtext('rubric.category_tree'));
      perform set_config('lock_timeout', lock_timeout, true);
      return;
    exception when lock_not_available then
      if lock_timeout <> '0' and clock_timestamp() - started > lock_timeout::interval then
        raise;
      end if;
      perform pg_sleep(0.1);
    end;
  end loop;
end $$;
--> statement-breakpoint

-- Inserts the deltas of a move: for each affected category, the articles that are below it now and were not before, and the
-- other way around. Computes first from what is counted, of the articles below the categories and of those that this
-- transaction counts at its commit; with `is_final`, from what other transactions counted since.
--
-- `replaced_ids` and `replaced_parent_ids` are the categories that had another parent before, or existed. Whether a category
-- is below an affected one is a bit; `bit_or` over the links of an article says it of the article. With a row for each
-- article and affected category instead, a move of 100,000 articles between places of depth 3 took three times as long.
create function insert_move_deltas(
  moved_ids bigint[], replaced_ids bigint[], replaced_parent_ids bigint[], affected_ids bigint[], is_final boolean
) returns void language plpgsql set work_mem = '64MB' set jit = off set plan_cache_mode = force_custom_plan as $$
begin
  with recursive deleted_changes as (
    delete from counted_article_changes returning sign, direct_ids, listed_at
  ), subtree as (
    select unnest(moved_ids) as id where not is_final
    union
    select categories.id from categories join subtree on categories.parent_id = subtree.id
  ), states as materialized (
    select row_number() over () as number, sign, direct_ids,
      case when listed_at <= counts_settled_at() then '-infinity' else listed_at end as effective_at
    from (
      select sign, direct_ids, listed_at from deleted_changes where is_final
      union all
      select 1, direct_ids, listed_at from counted_articles
      where article_id in (
        select article_id from article_categories where category_id in (select id from subtree)
        union all select unnest(article_ids) from uncounted_articles where not is_final
      )
    ) as counted
  ), links as materialized (
    select number, unnest(direct_ids) as category_id from states
  ), replaced as materialized (
    select * from unnest(replaced_ids, replaced_parent_ids) as replaced (id, parent_id)
  ), old_ancestors_or_self as (
    select distinct category_id, category_id as ancestor_id from links
    union all
    select category_id, case when replaced.id is null then categories.parent_id else replaced.parent_id end
    from old_ancestors_or_self left join replaced on replaced.id = ancestor_id
      left join categories on categories.id = ancestor_id
    where ancestor_id is not null
  ), ancestors_or_self as (
    select distinct category_id, category_id as ancestor_id from links
    union all
    select category_id, categories.parent_id
    from ancestors_or_self join categories on categories.id = ancestor_id
    where categories.parent_id is not null
  ), affected as materialized (
    select id, position, set_bit(repeat('0', cardinality(affected_ids))::varbit, position::int - 1, 1) as bit
    from unnest(affected_ids) with ordinality as affected (id, position)
  ), old_bits as (
    select category_id, bit_or(bit) as bits from old_ancestors_or_self join affected on affected.id = ancestor_id group by 1
  ), new_bits as (
    select category_id, bit_or(bit) as bits from ancestors_or_self join affected on affected.id = ancestor_id group by 1
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

-- Counts after categories have moved. A category is affected if one that moved was below it and is not any more, or the
-- other way around: the old and the new ancestors, except those that are both. Where a category is deleted and its
-- children move up to its parent, that is none, and nobody waits.
create or replace function recount_moved_categories() returns trigger language plpgsql as $$
declare
  moved_ids bigint[];
  replaced_ids bigint[];
  replaced_parent_ids bigint[];
  affected_ids bigint[];
begin
  moved_ids := array(
    select new_rows.id from new_rows join old_rows using (id) where new_rows.parent_id is distinct from old_rows.parent_id
  );
  if moved_ids = '{}' then
    return null;
  end if;
  perform pg_advisory_xact_lock(hashtext('rubric.category_moves'));
  select array_agg(id), array_agg(parent_id) into replaced_ids, replaced_parent_ids from (
    select id, parent_id from old_rows where id = any(moved_ids)
    union all
    select key::bigint, value::bigint
    from jsonb_each_text(nullif(current_setting('rubric.deleted_parents', true), '')::jsonb)
  ) as replaced;
  with recursive replaced as materialized (
    select * from unnest(replaced_ids, replaced_parent_ids) as replaced (id, parent_id)
  ), old_ancestors as (
    select id as category_id, id as ancestor_id from unnest(moved_ids) as id
    union
    select category_id, case when replaced.id is null then categories.parent_id else replaced.parent_id end
    from old_ancestors left join replaced on replaced.id = ancestor_id left join categories on categories.id = ancestor_id
    where ancestor_id is not null
  ), new_ancestors as (
    select id as category_id, id as ancestor_id from unnest(moved_ids) as id
    union
    select category_id, categories.parent_id from new_ancestors join categories on categories.id = ancestor_id
    where ancestor_id is not null
  ), differences as (
    (table old_ancestors except table new_ancestors) union all (table new_ancestors except table old_ancestors)
  )
  select array_agg(id order by id) into affected_ids from categories where id in (select ancestor_id from differences);
  if affected_ids is null then
    return null;
  end if;
  perform pg_advisory_xact_lock(hashtext('rubric.category_move'));
  perform insert_move_deltas(moved_ids, replaced_ids, replaced_parent_ids, affected_ids, false);
  perform lock_category_tree();
  perform insert_move_deltas(moved_ids, replaced_ids, replaced_parent_ids, affected_ids, true);
  return null;
end $$;
--> statement-breakpoint

-- Deletes the links of a category before the category: its articles are counted in its ancestors as long as the tree has
-- it. The foreign key would delete them afterwards. Its parent is kept for the trigger that counts its children.
create function delete_category_links() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtext('rubric.category_moves'));
  if exists (select from categories where parent_id = old.id) then
    perform set_config('rubric.deleted_parents', (
      coalesce(nullif(current_setting('rubric.deleted_parents', true), '')::jsonb, '{}')
      || jsonb_build_object(old.id, old.parent_id))::text, true);
  end if;
  perform set_config('rubric.deleted_category', old.id::text, true);
  delete from article_categories where category_id = old.id;
  perform set_config('rubric.deleted_category', '', true);
  return old;
end $$;
--> statement-breakpoint
create trigger categories_delete_links before delete on categories for each row execute function delete_category_links();
--> statement-breakpoint

-- Records links with the article that they belong to. Deleting a category or an author is one entry, without its links.
create or replace function audit_links() returns trigger language plpgsql as $$
declare
  linked text := tg_argv[0];
begin
  if tg_op = 'INSERT' then
    perform insert_audit_entry('article.link', 'article', article_id, null, jsonb_build_object(linked, ids)) from (
      select article_id, jsonb_agg(to_jsonb(changed_links) -> linked order by position) as ids
      from changed_links group by article_id
    ) as by_article;
  elsif linked <> 'category_id' or coalesce(current_setting('rubric.deleted_category', true), '') = '' then
    perform insert_audit_entry('article.unlink', 'article', article_id, jsonb_build_object(linked, ids), null) from (
      select article_id, jsonb_agg(to_jsonb(changed_links) -> linked order by position) as ids from changed_links
      where case linked
        when 'category_id' then exists (select from categories where id = (to_jsonb(changed_links) ->> linked)::bigint)
        else exists (select from authors where id = (to_jsonb(changed_links) ->> linked)::bigint) end
      group by article_id
    ) as by_article;
  end if;
  return null;
end $$;
