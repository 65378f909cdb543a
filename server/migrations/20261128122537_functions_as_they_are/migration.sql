-- Some migrations were changed on `main` before the rule against it was kept. A database that had run the earlier text of one
-- kept its functions: creating an article failed where `counts_settled_at` was missing, and the search found nothing new where
-- `ordered_marks` was. These are the functions as all other databases have them.
create or replace function counts_settled_at() returns timestamptz language sql stable as $$ select now() - interval '10 seconds' $$;
--> statement-breakpoint
create or replace function ordered_marks() returns text language sql immutable parallel safe as $$
  select '\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670'
    '\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u07eb-\u07f3\u07fd\u0816-\u0819'
    '\u081b-\u0823\u0825-\u0827\u0829-\u082d\u0859-\u085b\u0897-\u089f\u08ca-\u08ff\u093c\u094d\u0951-\u0954\u09bc'
    '\u09cd\u09fe\u0a3c-\u0a4d\u0abc\u0acd\u0b3c\u0b4d\u0bcd\u0c3c\u0c4d-\u0c56\u0cbc\u0ccd\u0d3b\u0d3c\u0d4d\u0dca'
    '\u0e38-\u0e3a\u0e48-\u0e4b\u0eb8-\u0eba\u0ec8-\u0ecb\u0f18\u0f19\u0f35\u0f37\u0f39\u0f71-\u0f84\u0f86\u0f87'
    '\u0fc6\u1037-\u103a\u108d\u135d-\u135f\u1714\u1715\u1734\u17d2\u17dd\u18a9\u1939-\u193b\u1a17\u1a18\u1a60-\u1a7f'
    '\u1ab0-\u1ace\u1b34-\u1b44\u1b6b-\u1b73\u1baa\u1bab\u1be6-\u1bf3\u1c37\u1cd0-\u1cd2\u1cd4-\u1ce8\u1ced\u1cf4'
    '\u1cf8\u1cf9\u1dc0-\u1dff\u20d0-\u20f0\u2cef-\u2cf1\u2d7f\u2de0-\u2dff\u302a-\u302f\u3099\u309a\ua66f'
    '\ua674-\ua67d\ua69e\ua69f\ua6f0\ua6f1\ua806\ua82c\ua8c4\ua8e0-\ua8f1\ua92b-\ua92d\ua953\ua9b3-\ua9c0\uaab0'
    '\uaab2-\uaab4\uaab7\uaab8\uaabe\uaabf\uaac1\uaaf6\uabed\ufb1e\ufe20-\ufe2f\uff9e\uff9f'
    '\U000101fd-\U00011fff\U0001612f\U00016af0-\U00016ff1\U0001bc9e-\U0001e94a'
$$;
--> statement-breakpoint
create or replace function index_articles(article_ids bigint[]) returns void language sql as $$
  insert into article_search as indexed (article_id, document, article_version, document_version)
  select id, article_document(title, excerpt, content), version, document_version()
  from articles where id = any(article_ids) order by id for key share
  on conflict (article_id) do update set document = excluded.document, article_version = excluded.article_version,
    document_version = excluded.document_version
  where (indexed.article_version, indexed.document_version) < (excluded.article_version, excluded.document_version)
$$;
--> statement-breakpoint
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
--> statement-breakpoint
create or replace function set_row_version() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'articles' then
    new.listed_at := old.listed_at; -- PostgreSQL computes the generated column after this trigger
    old.owner_id := new.owner_id;
  end if;
  if new.version <> old.version or new is distinct from old then
    new.version := greatest(new.version, old.version + 1);
    if new.updated_at is not distinct from old.updated_at then
      new.updated_at := date_trunc('milliseconds', now());
    end if;
  end if;
  return new;
end $$;
--> statement-breakpoint
create or replace function sequence_events() returns bigint language plpgsql set plan_cache_mode to 'force_generic_plan' set enable_seqscan to 'off' set jit to 'off' set max_parallel_workers_per_gather to '0' as $$
declare
  state event_sequence;
  running_now xid8[] := array(select pg_snapshot_xip(pg_current_snapshot()));
  xmax_now xid8 := pg_snapshot_xmax(pg_current_snapshot());
  issued_id bigint := (select case when is_called then last_value else last_value - 1 end from audit_log_id_seq);
  newest_id bigint;
  log_ids bigint[];
  has_finished boolean;
  due record;
  due_log_id bigint;
  due_log_ids bigint[] := '{}';
  due_before_ids bigint[] := '{}';
  numbered bigint;
begin
  select * into strict state from event_sequence;
  select max(id), coalesce(array_agg(id) filter (where is_public is not null and action <> 'article.publish'), '{}')
  into newest_id, log_ids from audit_log where id > state.last_log_id;
  -- Ids that were given out before the last run belong to transactions that this snapshot knows.
  newest_id := greatest(newest_id, state.issued_log_id, state.last_log_id);
  has_finished := not state.running <@ running_now;
  log_ids := log_ids || array(
    select id from audit_log
    where id > state.unlisted_since and id <= state.last_log_id and transaction_id >= state.unlisted_from
      and is_public is not null and action <> 'article.publish');
  if has_finished then
    log_ids := log_ids || array(
      select entry.id from unnest(state.running, state.running_since) as finished (transaction_id, since)
      join audit_log as entry on entry.id > finished.since and entry.id <= state.last_log_id
        and entry.transaction_id = finished.transaction_id
      where finished.transaction_id <> all(running_now) and entry.is_public is not null and entry.action <> 'article.publish');
  end if;
  if log_ids = '{}' and not has_finished and newest_id = state.last_log_id and issued_id = state.issued_log_id
    and not (state.unlisted_since < newest_id and xmax_now >= state.unlisted_until)
    and not exists (select from article_schedules where due_at <= now()) then
    return state.last_event_id;
  end if;

  -- Articles that a later change found public although their last event left them unpublished: their time came between the two.
  for due in
    select entry.*, coalesce(
      (select (later.before ->> 'publishedAt')::timestamptz from audit_log as later
        where later.subject = 'article' and later.subject_id = entry.subject_id and later.id >= entry.id
          and later.before ? 'publishedAt'
        order by later.id limit 1),
      (select published_at from articles where id = entry.subject_id)) as due_at
    from (
      select *, lag(is_public) over (partition by subject_id order by id) as was_left_public
      from audit_log where id = any(log_ids) and subject = 'article'
    ) as entry
    where was_public and not coalesce(
      was_left_public, not exists (select from article_schedules where article_id = entry.subject_id))
    order by id
  loop
    due_log_id := record_due_publication(due.subject_id, due.due_at, due.subject_version,
      coalesce(due.before ->> 'slug', due.subject_slug), due.subject_owner_id, due.subject_category_ids);
    if due_log_id is not null then
      due_log_ids := due_log_ids || due_log_id;
      due_before_ids := due_before_ids || due.id;
    end if;
  end loop;

  -- A change whose transaction began before the time of a scheduled article, and committed after it was published, found an
  -- article that was public. It left it so unless it changed the time or the trash.
  insert into events (id, log_id, type, was_public, is_public)
  select state.last_event_id + row_number() over (order by place, is_change), log_id,
    subject || case action
      when subject || '.create' then '.created'
      when subject || '.delete' then '.deleted'
      when subject || '.trash' then '.trashed'
      when subject || '.restore' then '.restored'
      when subject || '.reorder' then '.reordered'
      else case when is_visible = was_visible then '.updated' when is_visible then '.published' else '.unpublished' end
    end,
    was_visible, is_visible
  from (
    select place, is_change, ordered.log_id, subject, action,
      entry.was_public or is_late and (is_visible or not keeps_date) as was_visible, is_visible
    from (
      select log_id, log_id as place, true as is_change from unnest(log_ids) as log_id
      union all select *, false from unnest(due_log_ids, due_before_ids)
    ) as ordered
    cross join lateral (select * from audit_log where id = ordered.log_id offset 0) as entry
    cross join lateral (
      select not entry.was_public and entry.subject = 'article' and entry.action not in ('article.create', 'article.publish')
        and exists (
          select from audit_log as earlier where earlier.subject = 'article' and earlier.subject_id = entry.subject_id
            and earlier.at > entry.at and earlier.action = 'article.publish' and earlier.id <= issued_id
        ) as is_late,
        entry.action = 'article.change' and not coalesce(entry.changed && '{publishedAt,status}', false) as keeps_date
    ) as late
    cross join lateral (
      select entry.is_public or is_late and keeps_date
        and exists (select from articles where id = entry.subject_id and listed_at <= now()) as is_visible
    ) as after
  ) as event;
  get diagnostics numbered = row_count;

  delete from article_schedules using audit_log as entry
  where entry.id = any(log_ids) and entry.subject = 'article' and article_id = entry.subject_id;
  insert into article_schedules (article_id, due_at)
  select article.id, article.listed_at
  from (
    select distinct on (subject_id) subject_id, event.is_public
    from events as event
    cross join lateral (select subject, subject_id from audit_log where id = event.log_id offset 0) as entry
    where event.id > state.last_event_id and subject = 'article'
    order by subject_id, event.id desc
  ) as last_event
  cross join lateral (select id, listed_at from articles where id = last_event.subject_id offset 0) as article
  where not last_event.is_public and article.listed_at < 'infinity'
    and not exists (
      select from audit_log as earlier where earlier.subject = 'article' and earlier.subject_id = article.id
        and earlier.at = article.listed_at and earlier.action = 'article.publish' offset 0);

  for due in
    select article.*, due_at,
      array(select category_id from article_categories where article_id = article.id order by position, category_id) as category_ids
    from article_schedules join articles as article on article.id = article_id
    where due_at <= now() order by due_at, article_id
  loop
    due_log_id := record_due_publication(due.id, due.due_at, due.version, due.slug, due.owner_id, due.category_ids);
    if due_log_id is not null then
      numbered := numbered + 1;
      insert into events (id, log_id, type, was_public, is_public)
      values (state.last_event_id + numbered, due_log_id, 'article.published', false, true);
    end if;
  end loop;
  delete from article_schedules where due_at <= now();

  update event_sequence set last_event_id = state.last_event_id + numbered, last_log_id = newest_id, issued_log_id = issued_id,
    running = running_now,
    running_since = array(
      select coalesce(before.since, case when transaction_id < state.unlisted_until then state.unlisted_since
        else state.last_log_id end)
      from unnest(running_now) with ordinality as current (transaction_id, place)
      left join unnest(state.running, state.running_since) as before (transaction_id, since) using (transaction_id)
      order by place),
    unlisted_from = xmax_now, unlisted_until = pg_current_xact_id(),
    unlisted_since = case when xmax_now < state.unlisted_until then state.unlisted_since else state.last_log_id end;
  return state.last_event_id + numbered;
end $$;
--> statement-breakpoint
create or replace function index_noted_articles() returns void language plpgsql as $$
declare ids bigint[];
begin
  with deleted_entries as (
    delete from search_backlog where xmin = pg_current_xact_id()::xid returning search_backlog.article_id
  )
  select array_agg(distinct article_id) into ids from deleted_entries;
  insert into article_search as indexed (article_id, document, article_version, document_version)
  select article_id, document, article_version, document_version() from list_article_documents(ids) order by article_id
  on conflict (article_id) do update set document = excluded.document, article_version = excluded.article_version,
    document_version = excluded.document_version
  where (indexed.article_version, indexed.document_version) < (excluded.article_version, excluded.document_version);
  -- Until this transaction ends, the worker leaves the index to it and does not wait.
  perform pg_advisory_xact_lock_shared(hashtext('rubric.search_index'));
  perform gin_clean_pending_list('article_search_document_idx');
end $$;
--> statement-breakpoint
-- Slugs of the first versions needed a letter. The constraint is replaced only there: PostgreSQL reads the whole table for it.
do $$
declare name text;
begin
  for name in
    select relname from pg_constraint join pg_class on pg_class.oid = conrelid
    where conname = relname || '_slug_check' and pg_get_constraintdef(pg_constraint.oid) like '%[a-z]''%'
  loop
    execute format(
      'alter table %1$I drop constraint %2$I, add constraint %2$I
         check (slug ~ ''^[a-z0-9]+(-[a-z0-9]+)*$'' and slug !~ ''^[0-9]+$'' and char_length(slug) <= 200)',
      name, name || '_slug_check');
  end loop;
end $$;
