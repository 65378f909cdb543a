-- The schema that the migrations add up to. Written by `npm run generate`.

set check_function_bodies = off;

-- Extensions

create extension unaccent;

-- Functions

CREATE OR REPLACE FUNCTION public.array_union(value text[], other text[])
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE STRICT
AS $function$
  select case when other <@ value then value
    else value || array(select element from unnest(other) as element where element <> all(value)) end
$function$;

CREATE OR REPLACE FUNCTION public.article_document(title text, excerpt text, content text)
 RETURNS tsvector
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE COST 10000
AS $function$
declare
  words text[];
begin
  if octet_length(content) <= 20000 then
    words := search_tokens(content);
  else
    content := left(content, 200000);
    content := left(content, (60000000000 / greatest(300000, octet_length(content)))::integer);
    words := (search_tokens(content))[1:75000];
    while octet_length(array_to_string(words, '12345')) > 900000 loop
      words := words[1:cardinality(words) * 3 / 4];
    end loop;
  end if;
  return setweight(search_vector(search_tokens(title)), 'A')
    || setweight(search_vector(search_tokens(coalesce(excerpt, ''))), 'B')
    || search_vector(words);
end $function$;

CREATE OR REPLACE FUNCTION public.audit_row()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  left_out text[] := tg_argv[1:] || array['version', 'updated_at'];
  before jsonb;
  after jsonb;
  current_row jsonb;
begin
  if tg_op <> 'INSERT' then before := to_jsonb(old) - left_out; end if;
  if tg_op <> 'DELETE' then after := to_jsonb(new) - left_out; end if;
  if before = after then
    return null;
  end if;
  current_row := coalesce(to_jsonb(new), to_jsonb(old));
  perform record_entry(tg_argv[0], case tg_op when 'INSERT' then 'create' when 'DELETE' then 'delete' else 'change' end,
    (current_row ->> 'id')::bigint,
    case when tg_op = 'UPDATE' then jsonb_difference(before, after) else before end,
    case when tg_op = 'UPDATE' then jsonb_difference(after, before) else after end,
    case when tg_op = 'UPDATE' then camel_case_keys(jsonb_difference(after, before)) end,
    (current_row ->> 'version')::integer, current_row ->> 'slug',
    case when current_row ? 'slug' then tg_op <> 'INSERT' end, case when current_row ? 'slug' then tg_op <> 'DELETE' end,
    may_meet => tg_op = 'UPDATE' and current_row ? 'slug' and old.xmin = pg_current_xact_id()::xid);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.camel_case_keys(columns jsonb)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select array_agg(lower(left(key, 1)) || substr(replace(initcap(replace(key, '_', ' ')), ' ', ''), 2))
  from jsonb_object_keys(columns) as key
$function$;

CREATE OR REPLACE FUNCTION public.category_path(new_id bigint)
 RETURNS bigint[]
 LANGUAGE plpgsql
AS $function$
declare path bigint[] := (select ancestor_ids from category_paths where category_id = new_id);
begin
  if path is null then
    insert into category_paths select * from list_category_paths(array[new_id])
    on conflict (category_id) do update set ancestor_ids = excluded.ancestor_ids
    returning ancestor_ids into path;
  end if;
  return path;
end $function$;

CREATE OR REPLACE FUNCTION public.count_uncounted_articles()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare ids bigint[];
begin
  perform set_config('rubric.count_at_commit', 'off', true);
  with deleted_rows as (delete from uncounted_articles returning article_ids)
  select coalesce(array_agg(distinct id), '{}') into ids from deleted_rows cross join unnest(article_ids) as id;
  perform recount_articles(ids);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.counts_settled_at()
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
AS $function$ select now() - interval '10 seconds' $function$;

CREATE OR REPLACE FUNCTION public.delete_article_revisions()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  delete from article_revisions;
  delete from revision_texts;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.delete_category_links()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform pg_advisory_xact_lock(hashtext('rubric.category_moves'));
  perform set_config('rubric.deleted_category', old.id::text, true);
  delete from article_categories where category_id = old.id;
  perform set_config('rubric.deleted_category', '', true);
  return old;
end $function$;

CREATE OR REPLACE FUNCTION public.document_version()
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$ select 2 $function$;

CREATE OR REPLACE FUNCTION public.fold_category_name(name text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select left(normalize(lower(upper(lower(trim(regexp_replace(
    regexp_replace(
      normalize(name, NFKC),
      '(\U0001f3f4[\U000e0020-\U000e007f]+)|[\u0001-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c'
        '\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0'
        '\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]',
      '\1', 'g'
    ),
    '[\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u2800\u3000]+', ' ', 'g'
  )) collate "und-x-icu"))), NFKC), 600)
$function$;

CREATE OR REPLACE FUNCTION public.fold_name(name text)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select case
    when name !~ '[^\x01-\x7f]' then lower(name collate "und-x-icu")
    else translate(
      lower(unaccent(regexp_replace(
        case when name is nfc normalized then name else normalize(name) end,
        '[\u00ad\u200c\u200d\u2060\ufeff]', '', 'g'
      )) collate "und-x-icu"),
      'ς', 'σ'
    )
  end
$function$;

CREATE OR REPLACE FUNCTION public.forget_fields_set_back(changed_id bigint)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  article record;
  revision record;
  earlier record;
  set_back text[];
begin
  select * into article from articles where id = changed_id;
  select * into revision from article_revisions where article_id = changed_id order by number desc limit 1;
  -- Only a transaction that began more than ten minutes ago can join a revision that is packed already.
  if exists (select from revision_texts where article_id = changed_id and first_number = revision.first_number) then
    return;
  end if;
  select * into earlier from article_revisions where article_id = changed_id and number < revision.first_number
  order by number desc limit 1;
  set_back := array(select field from unnest(array[
    case when article.title = revision.title then 'title' end,
    case when article.slug = revision.slug then 'slug' end,
    case when article.excerpt is not distinct from revision.excerpt then 'excerpt' end,
    case when article.content = revision.content then 'content' end,
    case when article.content_format = revision.content_format then 'contentFormat' end,
    case when article.published_at is not distinct from earlier.published_at then 'publishedAt' end,
    case when (article.deleted_at is null) = (earlier.deleted_at is null) then 'status' end,
    case when revision.category_ids = earlier.category_ids then 'categoryIds' end,
    case when revision.author_ids = earlier.author_ids then 'authorIds' end]) as field
  where field = any(revision.changed));
  if set_back <> '{}' then
    update article_revisions set
      changed = array(select field from unnest(changed) as field where field <> all(set_back)),
      title = case when 'title' <> all(set_back) then title end,
      slug = case when 'slug' <> all(set_back) then slug end,
      excerpt = case when 'excerpt' <> all(set_back) then excerpt end,
      content = case when 'content' <> all(set_back) then content end,
      content_format = case when 'contentFormat' <> all(set_back) then content_format end
    where article_id = changed_id and number = revision.number;
  end if;
end $function$;

CREATE OR REPLACE FUNCTION public.index_articles(article_ids bigint[])
 RETURNS void
 LANGUAGE sql
AS $function$
  insert into article_search as indexed (article_id, document, article_version, document_version)
  select id, article_document(title, excerpt, content), version, document_version()
  from articles where id = any(article_ids) order by id for key share
  on conflict (article_id) do update set document = excluded.document, article_version = excluded.article_version,
    document_version = excluded.document_version
  where (indexed.article_version, indexed.document_version) < (excluded.article_version, excluded.document_version)
$function$;

CREATE OR REPLACE FUNCTION public.index_noted_articles()
 RETURNS void
 LANGUAGE plpgsql
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION public.insert_move_deltas(moved_ids bigint[], affected_ids bigint[], is_final boolean)
 RETURNS void
 LANGUAGE plpgsql
 SET work_mem TO '64MB'
 SET jit TO 'off'
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION public.jsonb_difference(value jsonb, other jsonb)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select coalesce(jsonb_object_agg(entry.key, entry.value), '{}') from jsonb_each(value) as entry
  where other -> entry.key is distinct from entry.value
$function$;

CREATE OR REPLACE FUNCTION public.leave_slug()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into old_slugs (type, slug, article_id, category_id, author_id) values (tg_argv[0], old.slug,
    case tg_argv[0] when 'article' then old.id end, case tg_argv[0] when 'category' then old.id end,
    case tg_argv[0] when 'author' then old.id end)
  on conflict (type, slug) do update
  set article_id = excluded.article_id, category_id = excluded.category_id, author_id = excluded.author_id;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.list_article_documents(article_ids bigint[])
 RETURNS TABLE(article_id bigint, document tsvector, article_version integer)
 LANGUAGE plpgsql
 STABLE
 SET min_parallel_table_scan_size TO '0'
 SET min_parallel_index_scan_size TO '0'
 SET parallel_setup_cost TO '0'
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
begin
  return query select id, article_document(title, excerpt, content), version from articles where id = any(article_ids);
end $function$;

CREATE OR REPLACE FUNCTION public.list_category_paths(category_ids bigint[])
 RETURNS TABLE(category_id bigint, ancestor_ids bigint[])
 LANGUAGE sql
 STABLE
AS $function$
  with recursive ancestors_or_self as (
    select id as category_id, id as ancestor_id, parent_id from categories where id = any(category_ids)
    union
    select ancestors_or_self.category_id, parent.id, parent.parent_id
    from ancestors_or_self join categories as parent on parent.id = ancestors_or_self.parent_id
  )
  select category_id, array_agg(ancestor_id order by ancestor_id) from ancestors_or_self group by 1
$function$;

CREATE OR REPLACE FUNCTION public.list_moved_paths(moved_ids bigint[])
 RETURNS TABLE(category_id bigint, old_ids bigint[], new_ids bigint[])
 LANGUAGE sql
 STABLE
AS $function$
  with recursive subtree as (
    select unnest(moved_ids) as id
    union
    select categories.id from categories join subtree on categories.parent_id = subtree.id
  )
  select category_id, counted.ancestor_ids, path.ancestor_ids
  from list_category_paths(array(select id from subtree)) as path join category_paths as counted using (category_id)
  where path.ancestor_ids <> counted.ancestor_ids
$function$;

CREATE OR REPLACE FUNCTION public.lock_category_tree()
 RETURNS void
 LANGUAGE plpgsql
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION public.match_rank(folded_name text, sought text, word_start text)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select case
    when folded_name = sought then 1
    when starts_with(folded_name, sought) then 2
    when folded_name collate "und-x-icu" ~ word_start then 3
    when strpos(folded_name, sought) > 0 then 4
    else 5
  end
$function$;

CREATE OR REPLACE FUNCTION public.note_unindexed_article()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  bytes integer := 1000 + octet_length(new.title) + octet_length(new.content) + coalesce(octet_length(new.excerpt), 0);
begin
  if current_setting('rubric.index_noted_articles', true) = 'on'
    or bytes + (select coalesce(sum(search_backlog.bytes), 0) from search_backlog) <= 262144 then
    insert into search_backlog (article_id, bytes) values (new.id, bytes);
  else
    perform index_articles(array[new.id]);
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.ordered_marks()
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.raise_article_versions(article_ids bigint[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  actor jsonb := nullif(current_setting('rubric.actor', true), '')::jsonb;
  joining_ids bigint[];
  other_ids bigint[];
begin
  if article_ids = '{}' then
    return;
  end if;
  select array_agg(id) filter (where joins), array_agg(id) filter (where not joins) into joining_ids, other_ids
  from (
    select id, coalesce(is_of_transaction or listed_at > now() and open_until > now()
      and via = actor ->> 'via' and account_id is not distinct from (actor ->> 'accountId')::bigint
      and token_id is not distinct from (actor ->> 'tokenId')::bigint and command is not distinct from actor ->> 'command', false) as joins
    from articles left join lateral (
      select xmin = pg_current_xact_id()::xid as is_of_transaction, open_until, via, account_id, token_id, command, category_ids, author_ids
      from article_revisions where article_id = articles.id and number = articles.version offset 0
    ) as revision on true
    where id = any(article_ids) and not coalesce(is_of_transaction
      and category_ids = array(select category_id from article_categories as link where link.article_id = id order by position, category_id)
      and author_ids = array(select author_id from article_authors as link where link.article_id = id order by position, author_id), false)
  ) as changed;
  if joining_ids is not null then
    update articles set version = version + 1, updated_at = updated_at where id = any(joining_ids);
  end if;
  if other_ids is null then
    return;
  end if;
  with raised as (
    update articles set version = version + 1 where id = any(other_ids)
    returning id, version, slug, published_at, deleted_at, listed_at <= now() as is_visible, owner_id
  ), changes as (
    select raised.*, links.*, previous.category_ids as old_category_ids, previous.author_ids as old_author_ids,
      links.category_ids <> previous.category_ids as has_other_categories, links.author_ids <> previous.author_ids as has_other_authors
    from raised cross join lateral (
      select array(select category_id from article_categories as link where link.article_id = raised.id
          order by position, category_id) as category_ids,
        array(select author_id from article_authors as link where link.article_id = raised.id
          order by position, author_id) as author_ids
    ) as links
    left join lateral (
      select category_ids, author_ids from article_revisions where article_id = raised.id order by number desc limit 1
    ) as previous on true
  ), inserted_revisions as (
    insert into article_revisions (article_id, number, first_number, via, account_id, token_id, command, kind, open_until,
      changed, published_at, deleted_at, category_ids, author_ids)
    select id, version, version, coalesce(actor ->> 'via', 'database'), (actor ->> 'accountId')::bigint,
      (actor ->> 'tokenId')::bigint, actor ->> 'command', coalesce(actor ->> 'revisionKind', 'change'),
      case when not is_visible and actor ->> 'via' <> 'database'
        and coalesce(actor ->> 'revisionKind', 'change') in ('change', 'import') then now() + interval '10 minutes' end,
      array_remove(array[case when has_other_categories then 'categoryIds' end, case when has_other_authors then 'authorIds' end], null),
      published_at, deleted_at, category_ids, author_ids
    from changes
  )
  insert into audit_log (via, account_id, token_id, address, command, action, subject, subject_id, before, after, changed,
    subject_version, subject_slug, was_public, is_public, subject_owner_id, subject_category_ids)
  select coalesce(actor ->> 'via', 'database'), (actor ->> 'accountId')::bigint, (actor ->> 'tokenId')::bigint,
    actor ->> 'address', actor ->> 'command', 'article.change', 'article', id,
    jsonb_strip_nulls(jsonb_build_object('categoryIds', case when has_other_categories then old_category_ids end,
      'authorIds', case when has_other_authors then old_author_ids end)),
    jsonb_strip_nulls(jsonb_build_object('categoryIds', case when has_other_categories then category_ids end,
      'authorIds', case when has_other_authors then author_ids end)),
    array_remove(array[case when has_other_categories then 'categoryIds' end, case when has_other_authors then 'authorIds' end], null),
    version, slug, is_visible, is_visible, owner_id,
    case when has_other_categories then category_ids || old_category_ids else category_ids end
  from changes;
end $function$;

CREATE OR REPLACE FUNCTION public.record_article()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  actor jsonb := nullif(current_setting('rubric.actor', true), '')::jsonb;
  source text := coalesce(actor ->> 'via', 'database');
  was_visible boolean := old.listed_at <= now();
  is_visible boolean := new.listed_at <= now();
  categories bigint[];
  authors bigint[];
  previous_number integer;
  is_again boolean;
  old_categories bigint[];
  old_authors bigint[];
  is_own boolean;
  is_open boolean;
  fields text[];
  unchanged text[];
  deed text := 'change';
  revision_kind text;
  is_save boolean := not is_visible and not was_visible and source <> 'database';
  old_values jsonb;
  new_values jsonb;
begin
  select array(select category_id from article_categories as link where link.article_id = new.id order by position, category_id),
    array(select author_id from article_authors as link where link.article_id = new.id order by position, author_id),
    number, category_ids, author_ids, xmin = pg_current_xact_id()::xid,
    open_until > now() and via = source
      and account_id is not distinct from (actor ->> 'accountId')::bigint
      and token_id is not distinct from (actor ->> 'tokenId')::bigint
      and command is not distinct from actor ->> 'command'
  into categories, authors, previous_number, old_categories, old_authors, is_own, is_open
  from article_revisions where article_id = new.id order by number desc limit 1;
  if previous_number is null then -- an article that was inserted without triggers
    categories := array(select category_id from article_categories as link where link.article_id = new.id order by position, category_id);
    authors := array(select author_id from article_authors as link where link.article_id = new.id order by position, author_id);
  end if;
  fields := array_remove(array[
    case when new.title <> old.title then 'title' end,
    case when new.slug <> old.slug then 'slug' end,
    case when new.excerpt is distinct from old.excerpt then 'excerpt' end,
    case when new.content <> old.content then 'content' end,
    case when new.content_format <> old.content_format then 'contentFormat' end,
    case when new.published_at is distinct from old.published_at then 'publishedAt' end,
    case when (new.deleted_at is null) <> (old.deleted_at is null) then 'status' end,
    case when categories <> old_categories then 'categoryIds' end,
    case when authors <> old_authors then 'authorIds' end], null);
  unchanged := array[
    case when new.slug = old.slug then 'slug' end,
    case when new.content_format = old.content_format then 'contentFormat' end,
    case when new.published_at is not distinct from old.published_at then 'publishedAt' end,
    case when new.deleted_at is not distinct from old.deleted_at then 'deletedAt' end,
    case when new.owner_id is not distinct from old.owner_id then 'ownerId' end,
    case when coalesce(categories = old_categories, true) then 'categoryIds' end,
    case when coalesce(authors = old_authors, true) then 'authorIds' end];
  if 'status' = any(fields) then
    deed := case when new.deleted_at is null then 'restore' else 'trash' end;
  end if;
  revision_kind := coalesce(actor ->> 'revisionKind',
    case when deed = 'restore' then deed when is_visible and not was_visible then 'publish' else 'change' end);
  is_save := is_save and deed = 'change' and revision_kind in ('change', 'import');
  old_values := jsonb_build_object('slug', old.slug, 'contentFormat', old.content_format, 'publishedAt', old.published_at,
    'deletedAt', old.deleted_at, 'ownerId', old.owner_id, 'categoryIds', old_categories, 'authorIds', old_authors) - unchanged;
  new_values := jsonb_build_object('slug', new.slug, 'contentFormat', new.content_format, 'publishedAt', new.published_at,
    'deletedAt', new.deleted_at, 'ownerId', new.owner_id, 'categoryIds', categories, 'authorIds', authors) - unchanged;
  if new.version = old.version then
    was_visible := null; -- only the owner changed, which is no event
    is_visible := null;
  elsif is_own or is_save and is_open then
    select fields && changed into is_again from article_revisions where article_id = new.id and number = previous_number;
    update article_revisions as revision set
      number = greatest(number, new.version), at = now(), changed = array_union(changed, fields),
      kind = case when kind = 'change' then revision_kind else kind end,
      open_until = case when is_save then open_until end,
      published_at = new.published_at, deleted_at = new.deleted_at, category_ids = categories, author_ids = authors,
      title = case when 'title' <> all(changed) and 'title' = any(fields) then old.title else title end,
      slug = case when 'slug' <> all(changed) and 'slug' = any(fields) then old.slug else slug end,
      excerpt = case when 'excerpt' <> all(changed) and 'excerpt' = any(fields) then old.excerpt else excerpt end,
      content = case when 'content' <> all(changed) and 'content' = any(fields) then old.content else content end,
      content_format = case when 'contentFormat' <> all(changed) and 'contentFormat' = any(fields) then old.content_format
        else content_format end
    where article_id = new.id and number = previous_number;
    if is_again then
      perform forget_fields_set_back(new.id);
    end if;
  else
    insert into article_revisions (article_id, number, first_number, via, account_id, token_id, command, kind, open_until,
      changed, published_at, deleted_at, category_ids, author_ids, title, slug, excerpt, content, content_format)
    values (new.id, new.version, new.version, source, (actor ->> 'accountId')::bigint, (actor ->> 'tokenId')::bigint,
      actor ->> 'command', revision_kind, case when is_save then now() + interval '10 minutes' end,
      fields, new.published_at, new.deleted_at, categories, authors,
      case when 'title' = any(fields) then old.title end, case when 'slug' = any(fields) then old.slug end,
      case when 'excerpt' = any(fields) then old.excerpt end, case when 'content' = any(fields) then old.content end,
      case when 'contentFormat' = any(fields) then old.content_format end);
  end if;
  is_own := record_entry('article', deed, new.id, old_values, new_values, fields, new.version, new.slug,
    was_visible, is_visible, new.owner_id,
    case when old_categories <> categories then categories || old_categories else categories end,
    coalesce(is_own, false));
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.record_article_delete()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  categories bigint[] := array(
    select category_id from article_categories where article_id = old.id order by position, category_id);
begin
  delete from article_revisions where article_id = old.id;
  delete from revision_texts where article_id = old.id;
  perform record_entry('article', 'delete', old.id, jsonb_build_object('title', old.title, 'slug', old.slug,
    'contentFormat', old.content_format, 'publishedAt', old.published_at, 'deletedAt', old.deleted_at,
    'createdAt', old.created_at, 'ownerId', old.owner_id, 'categoryIds', categories,
    'authorIds', array(select author_id from article_authors where article_id = old.id order by position, author_id)), null,
    null, old.version, old.slug, old.listed_at <= now(), false, old.owner_id, categories);
  return old;
end $function$;

CREATE OR REPLACE FUNCTION public.record_due_publication(article_id bigint, due_at timestamp with time zone, version integer, slug text, owner_id bigint, category_ids bigint[])
 RETURNS bigint
 LANGUAGE sql
AS $function$
  insert into audit_log (at, via, action, subject, subject_id, subject_version, subject_slug, was_public, is_public,
    subject_owner_id, subject_category_ids)
  select due_at, 'database', 'article.publish', 'article', article_id, version, slug, false, true, owner_id, category_ids
  where not exists (
    select from audit_log as earlier where earlier.subject = 'article' and earlier.subject_id = article_id
      and earlier.at = due_at and earlier.action = 'article.publish')
  returning id
$function$;

CREATE OR REPLACE FUNCTION public.record_entry(kind text, deed text, row_id bigint, old_values jsonb, new_values jsonb, changed_fields text[] DEFAULT NULL::text[], version integer DEFAULT NULL::integer, slug text DEFAULT NULL::text, was_visible boolean DEFAULT NULL::boolean, is_visible boolean DEFAULT NULL::boolean, owner_id bigint DEFAULT NULL::bigint, category_ids bigint[] DEFAULT NULL::bigint[], may_meet boolean DEFAULT false)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
declare
  actor jsonb := nullif(current_setting('rubric.actor', true), '')::jsonb;
begin
  if may_meet then
    update audit_log as entry set
      action = case when entry.action = kind || '.change' then kind || '.' || deed else entry.action end,
      before = case when entry.action <> kind || '.create' then old_values || coalesce(entry.before, '{}') end,
      after = coalesce(entry.after, '{}') || new_values,
      changed = array_union(entry.changed, changed_fields), subject_version = version, subject_slug = slug,
      was_public = coalesce(entry.was_public, was_visible), is_public = coalesce(is_visible, entry.is_public),
      subject_category_ids = entry.subject_category_ids || category_ids
    where entry.subject = kind and entry.subject_id = row_id and entry.at = date_trunc('milliseconds', now())
      and entry.xmin = pg_current_xact_id()::xid and entry.action <> kind || '.delete';
    if found then
      return true;
    end if;
  end if;
  insert into audit_log (via, account_id, token_id, address, command, action, subject, subject_id, before, after, changed,
    subject_version, subject_slug, was_public, is_public, subject_owner_id, subject_category_ids)
  values (coalesce(actor ->> 'via', 'database'), (actor ->> 'accountId')::bigint, (actor ->> 'tokenId')::bigint,
    actor ->> 'address', actor ->> 'command', kind || '.' || deed, kind, row_id, old_values, new_values, changed_fields,
    version, slug, was_visible, is_visible, owner_id, category_ids);
  return false;
end $function$;

CREATE OR REPLACE FUNCTION public.record_name()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into row_names (type, id, name, slug) values (tg_argv[0], new.id, new.name, new.slug)
  on conflict (type, id, valid_from) do update set name = excluded.name, slug = excluded.slug;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.record_new_article()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  actor jsonb := nullif(current_setting('rubric.actor', true), '')::jsonb;
begin
  with links as materialized (
    select array(select category_id from article_categories as link where link.article_id = new.id order by position, category_id)
        as category_ids,
      array(select author_id from article_authors as link where link.article_id = new.id order by position, author_id) as author_ids
  ), inserted_revision as (
    insert into article_revisions (article_id, number, first_number, via, account_id, token_id, command, kind, open_until,
      published_at, deleted_at, category_ids, author_ids)
    select new.id, new.version, new.version, coalesce(actor ->> 'via', 'database'), (actor ->> 'accountId')::bigint,
      (actor ->> 'tokenId')::bigint, actor ->> 'command', coalesce(actor ->> 'revisionKind', 'create'),
      case when new.listed_at > now() and actor ->> 'via' <> 'database' then now() + interval '10 minutes' end,
      new.published_at, new.deleted_at, category_ids, author_ids
    from links
  )
  insert into audit_log (via, account_id, token_id, address, command, action, subject, subject_id, after,
    subject_version, subject_slug, was_public, is_public, subject_owner_id, subject_category_ids)
  select coalesce(actor ->> 'via', 'database'), (actor ->> 'accountId')::bigint, (actor ->> 'tokenId')::bigint,
    actor ->> 'address', actor ->> 'command', 'article.create', 'article', new.id,
    jsonb_build_object('slug', new.slug, 'contentFormat', new.content_format, 'publishedAt', new.published_at,
      'deletedAt', new.deleted_at, 'ownerId', new.owner_id, 'categoryIds', category_ids, 'authorIds', author_ids),
    new.version, new.slug, false, new.listed_at <= now(), new.owner_id, category_ids
  from links;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.record_rank()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  category record;
begin
  if exists (
    select from audit_log as entry where entry.subject = 'category' and entry.subject_id = new.category_id
      and entry.at = date_trunc('milliseconds', now()) and entry.action = 'category.reorder'
      and entry.xmin = pg_current_xact_id()::xid) then
    return null;
  end if;
  select version, slug into category from categories where id = new.category_id;
  perform record_entry('category', 'reorder', new.category_id,
    jsonb_build_object('articleId', old.article_id, 'rank', old.rank),
    jsonb_build_object('articleId', new.article_id, 'rank', new.rank),
    null, category.version, category.slug, true, true);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.recount_articles(article_ids bigint[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION public.recount_moved_categories()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION public.recount_relisted_articles()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform recount_articles(array(
    select distinct new_rows.article_id from new_rows join old_rows using (article_id, category_id)
    where new_rows.listed_at <> old_rows.listed_at
  ));
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.recount_truncated_articles()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform recount_articles(array(select article_id from counted_articles));
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.reject_audit_log_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  converted audit_log;
begin
  if tg_op = 'UPDATE' then
    if old.xmin = pg_current_xact_id()::xid and old.transaction_id = pg_current_xact_id() then
      return new;
    end if;
    if old.transaction_id is null and old.subject = 'article' then
      converted := old;
      converted.before := without_article_texts(old.action, old.before);
      converted.after := without_article_texts(old.action, old.after);
      if old.subject_version is null and exists (
        select from article_revisions where article_id = old.subject_id and number = new.subject_version
      ) then
        converted.subject_version := new.subject_version;
        converted.changed := new.changed;
      end if;
      if new is not distinct from converted then
        return new;
      end if;
    end if;
  end if;
  raise exception 'the audit log is append-only' using errcode = 'insufficient_privilege';
end $function$;

CREATE OR REPLACE FUNCTION public.reject_category_cycle()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION public.reject_link_key_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'a link keeps its article and its %: delete it and insert another', tg_argv[0]
    using errcode = 'integrity_constraint_violation';
end $function$;

CREATE OR REPLACE FUNCTION public.search_query(terms text[], kinds text[], alternatives integer[])
 RETURNS tsquery
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select string_agg('(' || words || ')', ' | ')::tsquery from (
    select string_agg(search_term(term, kind), ' & ') as words
    from unnest(terms, kinds, alternatives) as given(term, kind, alternative) group by alternative
  ) as each_alternative
$function$;

CREATE OR REPLACE FUNCTION public.search_term(term text, kind text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select case when kind in ('phrase', 'excluded')
    then case kind when 'excluded' then '!' else '' end
      || '(' || string_agg(case when previous_n is null then '' else '<' || n - previous_n || '> ' end || word, ' ' order by n) || ')'
    else string_agg(word || case when kind = 'prefix' and next_n is null and word not like '%:*' then ':*' else '' end, ' & ' order by n)
    end
  from (
    select quote_literal(left(token, 100)) || case when is_single then ':*' else '' end as word, n,
      lag(n) over (order by n) as previous_n, lead(n) over (order by n) as next_n
    from (
      select token, n, is_single, is_single and coalesce(lag(token) over (order by n) like '_' || token, false) as is_implied
      from (
        select token, n, token ~ ('^[' || unspaced_characters() || ']$') as is_single
        from unnest(search_tokens(term)) with ordinality as word(token, n)
      ) as tokens
    ) as tokens
    where not is_implied
  ) as words
$function$;

CREATE OR REPLACE FUNCTION public.search_tokens(words text)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE COST 1000
AS $function$
declare
  tokens text[];
begin
  if octet_length(words) <> char_length(words) then
    words := regexp_replace(words collate "C", '[\u00a0\u00ab\u00b7\u00bb\u2010-\u201f\u2022\u2026\u2039\u203a\u20ac]', ' ', 'g');
  end if;
  if octet_length(words) = char_length(words) then
    words := lower(words collate "C");
  else
    if words collate "C" ~ ('[' || ordered_marks() || ']{31}') then
      words := regexp_replace(words collate "C", '([' || ordered_marks() || ']{30})[' || ordered_marks() || ']+', '\1', 'g');
    end if;
    words := regexp_replace(normalize(words, NFKD) collate "C",
      '(?<![иИуУіІ])[\u0300-\u036f]|[\u0300\u0301\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670'
      '\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f'
      '\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200c-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]',
      '', 'g');
    if words is not nfc normalized then words := normalize(words, NFC); end if;
    words := lower(words collate "und-x-icu");
    -- Letters that Unicode does not decompose, forms of Arabic ones, and digits of other scripts. `translate` compares each
    -- character with the whole list.
    if words ~ '[ßæœþøłđðħŧıςيىكة]' then
      words := translate(replace(replace(replace(replace(words, 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
        'øłđðħŧıςيىكة', 'oldðhtiσییکه');
    end if;
    if words ~ '[٠-٩۰-۹०-९০-৯๐-๙໐-໙០-៩၀-၉Ა-Ჿ]' then
      -- The capitals of Georgian are newer than the ICU of some installations.
      words := translate(words, '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९০১২৩৪৫৬৭৮৯๐๑๒๓๔๕๖๗๘๙໐໑໒໓໔໕໖໗໘໙០១២៣៤៥៦៧៨៩၀၁၂၃၄၅၆၇၈၉'
        'ᲐᲑᲒᲓᲔᲕᲖᲗᲘᲙᲚᲛᲜᲝᲞᲟᲠᲡᲢᲣᲤᲥᲦᲧᲨᲩᲪᲫᲬᲭᲮᲯᲰᲱᲲᲳᲴᲵᲶᲷᲸᲹᲺᲽᲾᲿ',
        repeat('0123456789', 8) || 'აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰჱჲჳჴჵჶჷჸჹჺჽჾჿ');
    end if;
    -- A blank without width separates words that nothing separates visibly, as in Khmer.
    words := regexp_replace(words collate "C", '([' || unspaced_characters() || '])\u200b+(?=[' || unspaced_characters() || '])', '\1', 'g');
  end if;
  words := regexp_replace(words collate "C",
    -- What Unicode 17 calls punctuation, symbols, separators and controls, and letters that people type as apostrophes (ʻ, ʼ).
    '(?:<[!/a-z][^<>]*>|&#?[a-z0-9]+;|['
      '\x01-\x1f\x21-\x2f\x3a-\x60\x7b-\xbf\xd7\xf7\u02b9-\u02c5\u02d2-\u02eb\u02ed\u02ef-\u02ff\u0375\u03f6\u0482'
      '\u055a-\u055f\u0589-\u058f\u05be\u05c0\u05c3\u05c6\u05f3-\u060f\u061b-\u061f\u066a-\u066d\u06d4\u06dd\u06de'
      '\u06e9\u06fd\u06fe\u0700-\u070f\u07f6-\u07f9\u07fe\u07ff\u0830-\u083e\u085e\u0888\u0890\u0891\u08e2\u0964'
      '\u0965\u0970\u09f2\u09f3\u09fa\u09fb\u09fd\u0a76\u0af0\u0af1\u0b70\u0bf3-\u0bfa\u0c77\u0c7f\u0c84\u0d4f\u0d79'
      '\u0df4\u0e3f\u0e4f\u0e5a\u0e5b\u0f01-\u0f17\u0f1a-\u0f1f\u0f34\u0f36\u0f38\u0f3a-\u0f3d\u0f85\u0fbe-\u0fc5'
      '\u0fc7-\u0fda\u104a-\u104f\u109e\u109f\u10fb\u1360-\u1368\u1390-\u1399\u1400\u166d\u166e\u1680\u169b\u169c'
      '\u16eb-\u16ed\u1735\u1736\u17d4-\u17d6\u17d8-\u17db\u1800-\u180a\u180e\u1940-\u1945\u19de-\u19ff\u1a1e\u1a1f'
      '\u1aa0-\u1aa6\u1aa8-\u1aad\u1b4e\u1b4f\u1b5a-\u1b6a\u1b74-\u1b7f\u1bfc-\u1bff\u1c3b-\u1c3f\u1c7e\u1c7f'
      '\u1cc0-\u1cc7\u1cd3\u200b-\u20c1\u2104-\u212e\u213a-\u214d\u214f\u218a-\u244a\u2500-\u2775\u2794-\u2bff'
      '\u2ce5-\u2cea\u2cf9-\u2cfc\u2cfe\u2cff\u2d70\u2e00-\u2e2e\u2e30-\u3004\u3008-\u3020\u3030\u3037\u303d-\u303f'
      '\u30a0\u30fb\u3190\u3191\u31c0-\u31ef\u327f\u4dc0-\u4dff\ua490-\ua4c6\ua4fe\ua4ff\ua60d-\ua60f\ua673\ua67e'
      '\ua6f2-\ua716\ua720\ua721\ua789\ua78a\ua828-\ua82b\ua836-\ua839\ua874-\ua877\ua8ce\ua8cf\ua8f8-\ua8fa\ua8fc'
      '\ua92e\ua92f\ua95f\ua9c1-\ua9cd\ua9de\ua9df\uaa5c-\uaa5f\uaa77-\uaa79\uaade\uaadf\uaaf0\uaaf1\uab5b\uab6a'
      '\uab6b\uabeb\ue000-\uf8ff\ufbb2-\ufdff\ufe45\ufe46\ufeff-\ufffd\U00010100-\U00010102\U00010137-\U0001013f'
      '\U00010179-\U00010189\U0001018c-\U000101fc\U0001039f\U000103d0\U0001056f\U00010857\U00010877\U00010878'
      '\U0001091f\U0001093f\U00010a50-\U00010a58\U00010a7f\U00010ac8\U00010af0-\U00010af6\U00010b39-\U00010b3f'
      '\U00010b99-\U00010b9c\U00010d6e\U00010d8e\U00010d8f\U00010ead\U00010ed0-\U00010ed8\U00010f55-\U00010f59'
      '\U00010f86-\U00010f89\U00011047-\U0001104d\U000110bb-\U000110c1\U000110cd\U00011140-\U00011143\U00011174'
      '\U00011175\U000111c5-\U000111c8\U000111cd\U000111db\U000111dd-\U000111df\U00011238-\U0001123d\U000112a9'
      '\U000113d4-\U000113d8\U0001144b-\U0001144f\U0001145a-\U0001145d\U000114c6\U000115c1-\U000115d7'
      '\U00011641-\U00011643\U00011660-\U0001166c\U000116b9\U0001173c-\U0001173f\U0001183b\U00011944-\U00011946'
      '\U000119e2\U00011a3f-\U00011a46\U00011a9a-\U00011a9c\U00011a9e-\U00011aa2\U00011b00-\U00011b09\U00011be1'
      '\U00011c41-\U00011c45\U00011c70\U00011c71\U00011ef7\U00011ef8\U00011f43-\U00011f4f\U00011fd5-\U00011fff'
      '\U00012470-\U00012474\U00012ff1\U00012ff2\U00013430-\U0001343f\U00016a6e\U00016a6f\U00016af5'
      '\U00016b37-\U00016b3f\U00016b44\U00016b45\U00016d6d-\U00016d6f\U00016e97-\U00016e9a\U00016fe2\U0001bc9c'
      '\U0001bc9f-\U0001cef0\U0001cf50-\U0001d15d\U0001d16a-\U0001d16c\U0001d173-\U0001d17a\U0001d183\U0001d184'
      '\U0001d18c-\U0001d1a9\U0001d1ae-\U0001d241\U0001d245\U0001d300-\U0001d356\U0001d800-\U0001d9ff'
      '\U0001da37-\U0001da3a\U0001da6d-\U0001da74\U0001da76-\U0001da83\U0001da85-\U0001da8b\U0001e14f\U0001e2ff'
      '\U0001e5ff\U0001e95e\U0001e95f\U0001ecac\U0001ecb0\U0001ed2e\U0001eef0-\U0001f0f5\U0001f10d-\U0001fbfa'
    '])+', ' ', 'g');
  if octet_length(words) = char_length(words) or words !~ ('[' || unspaced_characters() || ']') then
    return array_remove(string_to_array(words, ' '), '');
  end if;
  words := regexp_replace(words collate "C", '([^ ' || unspaced_characters() || '])(?=[' || unspaced_characters() || '])', '\1 ', 'g');
  tokens := string_to_array(regexp_replace(words collate "C", '([' || unspaced_characters() || '])', E'\\1\x01 ', 'g'), ' ');
  return array(
    select case when word like E'%\x01'
      then left(word, -1) || case when next like E'%\x01' then left(next, -1) else '' end
      else word end
    from unnest(tokens, tokens[2:]) with ordinality as token(word, next, n)
    where word <> '' order by n
  );
end $function$;

CREATE OR REPLACE FUNCTION public.search_vector(tokens text[])
 RETURNS tsvector
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE COST 1000
AS $function$
  select coalesce(string_agg(case when octet_length(token) > 100 then left(token, 100) else token end || ':' || n + 1, ' '), '')::tsvector
  from unnest(tokens) with ordinality as word(token, n)
$function$;

CREATE OR REPLACE FUNCTION public.sequence_events()
 RETURNS bigint
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
 SET enable_seqscan TO 'off'
 SET jit TO 'off'
 SET max_parallel_workers_per_gather TO '0'
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION public.set_name_epoch()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  -- The deferred triggers of a transaction come here once for each row, and the first of them sets the epoch for all.
  update name_epoch set epoch = default, transaction_id = pg_current_xact_id()
    where transaction_id is distinct from pg_current_xact_id();
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.set_row_version()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION public.store_category_path()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform pg_advisory_xact_lock_shared(hashtext('rubric.category_tree'));
  perform category_path(new.id);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.take_slug()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  delete from old_slugs where type = tg_argv[0] and slug = new.slug;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.unspaced_characters()
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select '\u3005-\u3007\u3031-\u3035\u303b\u303c\u3041-\u309f\u30a1-\u30fa\u30fc-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff'
    '\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U0003ffff\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f'
    '\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\uaa80-\uaadf'
$function$;

CREATE OR REPLACE FUNCTION public.update_linked_articles()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION public.update_reordered_articles()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_table_name = 'article_categories' then
    perform raise_article_versions(array(
      select distinct new_rows.article_id from new_rows join old_rows using (article_id, category_id)
      where new_rows.position <> old_rows.position));
  else
    perform raise_article_versions(array(
      select distinct new_rows.article_id from new_rows join old_rows using (article_id, author_id)
      where new_rows.position <> old_rows.position));
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.without_article_texts(deed text, row_values jsonb)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE STRICT
AS $function$
  select row_values - case when deed = 'article.delete' then '{excerpt,content}' else '{title,excerpt,content}' end::text[]
$function$;


-- Tables

create table account_credentials (
  id bigint generated always as identity not null,
  account_id bigint not null,
  external_id text not null,
  provider text not null,
  issuer text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamp(3) with time zone,
  refresh_token_expires_at timestamp(3) with time zone,
  scope text,
  password text,
  created_at timestamp(3) with time zone default date_trunc('milliseconds'::text, now()) not null,
  updated_at timestamp(3) with time zone default date_trunc('milliseconds'::text, now()) not null,
  constraint account_credentials_pkey PRIMARY KEY (id)
);

create table account_preferences (
  account_id bigint not null,
  "values" json not null,
  version integer default 1 not null,
  updated_at timestamp(3) with time zone default date_trunc('milliseconds'::text, now()) not null,
  constraint account_preferences_pkey PRIMARY KEY (account_id),
  constraint account_preferences_values_check CHECK (octet_length("values"::text) <= 65536)
);

create table accounts (
  id bigint generated always as identity not null,
  name text not null,
  email text not null,
  email_verified boolean default false not null,
  image text,
  role text not null,
  author_id bigint,
  suspended_at timestamp(3) with time zone,
  two_factor_enabled boolean default false not null,
  created_at timestamp(3) with time zone default date_trunc('milliseconds'::text, now()) not null,
  updated_at timestamp(3) with time zone default date_trunc('milliseconds'::text, now()) not null,
  constraint accounts_pkey PRIMARY KEY (id),
  constraint accounts_email_check CHECK (email = lower(email) AND char_length(email) <= 254),
  constraint accounts_name_check CHECK (name ~ '\S'::text AND char_length(name) <= 200),
  constraint accounts_role_check CHECK (role = ANY (ARRAY['reader'::text, 'contributor'::text, 'author'::text, 'editor'::text, 'admin'::text]))
);

create table api_tokens (
  id bigint generated always as identity not null,
  name text not null,
  role text not null,
  prefix text not null,
  hash bytea not null,
  created_at timestamp(3) with time zone default date_trunc('milliseconds'::text, now()) not null,
  expires_at timestamp(3) with time zone,
  revoked_at timestamp(3) with time zone,
  account_id bigint,
  read_only boolean default false not null,
  category_ids bigint[],
  last_used_at timestamp(3) with time zone,
  constraint api_tokens_pkey PRIMARY KEY (id),
  constraint api_tokens_category_ids_check CHECK (category_ids <> '{}'::bigint[]),
  constraint api_tokens_hash_check CHECK (octet_length(hash) = 32),
  constraint api_tokens_name_check CHECK (name ~ '\S'::text AND char_length(name) <= 200),
  constraint api_tokens_role_check CHECK (role = ANY (ARRAY['reader'::text, 'contributor'::text, 'author'::text, 'editor'::text, 'admin'::text]))
);

create table article_authors (
  article_id bigint not null,
  author_id bigint not null,
  "position" integer not null,
  listed_at timestamp(3) with time zone not null,
  constraint article_authors_pkey PRIMARY KEY (article_id, author_id)
);

create table article_categories (
  article_id bigint not null,
  category_id bigint not null,
  "position" integer not null,
  listed_at timestamp(3) with time zone not null,
  rank text collate "C",
  constraint article_categories_pkey PRIMARY KEY (article_id, category_id),
  constraint article_categories_rank_check CHECK (rank ~ '^[0-9A-Za-z]+$'::text AND char_length(rank) <= 2000)
);

create table article_drafts (
  article_id bigint not null,
  version integer not null,
  base_version integer not null,
  updated_at timestamp(3) with time zone default date_trunc('milliseconds'::text, now()) not null,
  account_id bigint,
  token_id bigint,
  command text,
  title text not null,
  slug text not null,
  excerpt text,
  content text default ''::text not null,
  content_format text default 'markdown'::text not null,
  category_ids bigint[] not null,
  author_ids bigint[] not null,
  constraint article_drafts_pkey PRIMARY KEY (article_id),
  constraint article_drafts_content_format_check CHECK (content_format = ANY (ARRAY['markdown'::text, 'html'::text])),
  constraint article_drafts_excerpt_check CHECK (char_length(excerpt) <= 10000),
  constraint article_drafts_slug_check CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text AND slug !~ '^[0-9]+$'::text AND char_length(slug) <= 200),
  constraint article_drafts_title_check CHECK (title ~ '\S'::text AND char_length(title) <= 500),
  constraint article_drafts_version_check CHECK (version > base_version AND base_version > 0)
);

create table article_previews (
  id bigint generated always as identity not null,
  article_id bigint not null,
  hash bytea not null,
  created_at timestamp(3) with time zone default date_trunc('milliseconds'::text, now()) not null,
  expires_at timestamp(3) with time zone not null,
  constraint article_previews_pkey PRIMARY KEY (id),
  constraint article_previews_hash_check CHECK (octet_length(hash) = 32)
);

create table article_revisions (
  article_id bigint not null,
  number integer not null,
  first_number integer not null,
  at timestamp with time zone default now() not null,
  via text not null,
  account_id bigint,
  token_id bigint,
  command text,
  kind text not null,
  open_until timestamp with time zone,
  changed text[],
  published_at timestamp(3) with time zone,
  deleted_at timestamp(3) with time zone,
  category_ids bigint[] not null,
  author_ids bigint[] not null,
  title text,
  slug text,
  excerpt text,
  content text,
  content_format text,
  constraint article_revisions_pkey PRIMARY KEY (article_id, number),
  constraint article_revisions_kind_check CHECK (kind = ANY (ARRAY['create'::text, 'change'::text, 'publish'::text, 'restore'::text, 'import'::text])),
  constraint article_revisions_number_check CHECK (first_number <= number),
  constraint article_revisions_via_check CHECK (via = ANY (ARRAY['http'::text, 'command'::text, 'database'::text]))
);

create table article_schedules (
  article_id bigint not null,
  due_at timestamp(3) with time zone not null,
  constraint article_schedules_pkey PRIMARY KEY (article_id)
);

create table article_search (
  article_id bigint not null,
  document tsvector not null,
  article_version integer default 0 not null,
  document_version integer default 1 not null,
  constraint article_search_pkey PRIMARY KEY (article_id)
);

create table articles (
  id bigint generated always as identity not null,
  title text not null,
  slug text not null,
  excerpt text,
  content text default ''::text not null,
  content_format text default 'markdown'::text not null,
  published_at timestamp(3) with time zone,
  deleted_at timestamp(3) with time zone,
  listed_at timestamp(3) with time zone generated always as (
CASE
    WHEN deleted_at IS NULL THEN COALESCE(published_at, 'infinity'::timestamp with time zone)
    ELSE 'infinity'::timestamp with time zone
END) stored not null,
  version integer default 1 not null,
  created_at timestamp(3) with time zone default date_trunc('milliseconds'::text, now()) not null,
  updated_at timestamp(3) with time zone default date_trunc('milliseconds'::text, now()) not null,
  owner_id bigint,
  constraint articles_pkey PRIMARY KEY (id),
  constraint articles_id_listed_at_key UNIQUE (id, listed_at),
  constraint articles_content_format_check CHECK (content_format = ANY (ARRAY['markdown'::text, 'html'::text])),
  constraint articles_excerpt_check CHECK (char_length(excerpt) <= 10000),
  constraint articles_published_at_check CHECK (isfinite(published_at)),
  constraint articles_slug_check CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text AND slug !~ '^[0-9]+$'::text AND char_length(slug) <= 200),
  constraint articles_title_check CHECK (title ~ '\S'::text AND char_length(title) <= 500),
  constraint articles_version_check CHECK (version > 0)
);

create table audit_log (
  id bigint generated always as identity not null,
  at timestamp(3) with time zone default date_trunc('milliseconds'::text, now()) not null,
  via text not null,
  account_id bigint,
  token_id bigint,
  address text,
  action text not null,
  subject text,
  subject_id bigint,
  before jsonb,
  after jsonb,
  command text,
  changed text[],
  subject_version integer,
  subject_slug text,
  was_public boolean,
  is_public boolean,
  subject_owner_id bigint,
  subject_category_ids bigint[],
  transaction_id xid8 default pg_current_xact_id(),
  constraint audit_log_pkey PRIMARY KEY (id),
  constraint audit_log_via_check CHECK (via = ANY (ARRAY['http'::text, 'command'::text, 'database'::text]))
);

create table audit_log_conversion (
  is_only_row boolean default true not null,
  last_id bigint not null,
  next_id bigint not null,
  constraint audit_log_conversion_pkey PRIMARY KEY (is_only_row),
  constraint audit_log_conversion_is_only_row_check CHECK (is_only_row)
);

create table authors (
  id bigint generated always as identity not null,
  name text not null,
  slug text not null,
  email text,
  bio text,
  version integer default 1 not null,
  created_at timestamp(3) with time zone default date_trunc('milliseconds'::text, now()) not null,
  updated_at timestamp(3) with time zone default date_trunc('milliseconds'::text, now()) not null,
  constraint authors_pkey PRIMARY KEY (id),
  constraint authors_bio_check CHECK (char_length(bio) <= 10000),
  constraint authors_email_check CHECK (char_length(email) <= 254),
  constraint authors_name_check CHECK (name ~ '\S'::text AND char_length(name) <= 200),
  constraint authors_slug_check CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text AND slug !~ '^[0-9]+$'::text AND char_length(slug) <= 200),
  constraint authors_version_check CHECK (version > 0)
);

create table categories (
  id bigint generated always as identity not null,
  name text not null,
  slug text not null,
  description text,
  parent_id bigint,
  "position" integer default 0 not null,
  version integer default 1 not null,
  created_at timestamp(3) with time zone default date_trunc('milliseconds'::text, now()) not null,
  updated_at timestamp(3) with time zone default date_trunc('milliseconds'::text, now()) not null,
  ordering text default 'newest'::text not null,
  constraint categories_pkey PRIMARY KEY (id),
  constraint categories_description_check CHECK (char_length(description) <= 10000),
  constraint categories_name_check CHECK (name ~ '\S'::text AND char_length(name) <= 200),
  constraint categories_ordering_check CHECK (ordering = ANY (ARRAY['newest'::text, 'manual'::text])),
  constraint categories_parent_id_check CHECK (parent_id <> id),
  constraint categories_slug_check CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text AND slug !~ '^[0-9]+$'::text AND char_length(slug) <= 200),
  constraint categories_version_check CHECK (version > 0)
);

create table category_count_deltas (
  category_id bigint not null,
  effective_at timestamp(3) with time zone not null,
  direct integer not null,
  deep integer not null
) with (autovacuum_vacuum_scale_factor=0, autovacuum_vacuum_threshold=5000, autovacuum_vacuum_cost_delay=0, autovacuum_analyze_scale_factor=0, autovacuum_analyze_threshold=50000);

create table category_counts (
  category_id bigint not null,
  direct integer not null,
  deep integer not null,
  constraint category_counts_pkey PRIMARY KEY (category_id)
);

create table category_paths (
  category_id bigint not null,
  ancestor_ids bigint[] not null,
  constraint category_paths_pkey PRIMARY KEY (category_id)
);

create table counted_article_changes (
  sign integer not null,
  direct_ids bigint[] not null,
  listed_at timestamp(3) with time zone not null
);

create table counted_articles (
  article_id bigint not null,
  direct_ids bigint[] not null,
  listed_at timestamp(3) with time zone not null,
  constraint counted_articles_pkey PRIMARY KEY (article_id)
) with (fillfactor=90);

create table event_sequence (
  is_only_row boolean default true not null,
  last_event_id bigint default 0 not null,
  last_log_id bigint default 0 not null,
  issued_log_id bigint default 0 not null,
  running xid8[] default '{}'::xid8[] not null,
  running_since bigint[] default '{}'::bigint[] not null,
  unlisted_from xid8 default '0'::xid8 not null,
  unlisted_until xid8 default '0'::xid8 not null,
  unlisted_since bigint default 0 not null,
  constraint event_sequence_pkey PRIMARY KEY (is_only_row),
  constraint event_sequence_is_only_row_check CHECK (is_only_row)
);

create table events (
  id bigint not null,
  log_id bigint not null,
  type text not null,
  was_public boolean not null,
  is_public boolean not null,
  numbered_at timestamp(3) with time zone default date_trunc('milliseconds'::text, now()) not null,
  constraint events_pkey PRIMARY KEY (id),
  constraint events_type_check CHECK (type = ANY (ARRAY['article.created'::text, 'article.deleted'::text, 'article.trashed'::text, 'article.restored'::text, 'article.published'::text, 'article.unpublished'::text, 'article.updated'::text, 'category.created'::text, 'category.deleted'::text, 'category.updated'::text, 'category.reordered'::text, 'author.created'::text, 'author.deleted'::text, 'author.updated'::text]))
);

create table idempotency_keys (
  caller text not null,
  key text not null,
  fingerprint bytea not null,
  status smallint not null,
  location text,
  body text,
  created_at timestamp(3) with time zone default date_trunc('milliseconds'::text, now()) not null,
  constraint idempotency_keys_pkey PRIMARY KEY (caller, key),
  constraint idempotency_keys_key_check CHECK (char_length(key) <= 255)
);

create table imported_rows (
  source text not null,
  kind text not null,
  external_id text not null,
  digest bytea not null,
  article_id bigint,
  category_id bigint,
  author_id bigint,
  constraint imported_rows_pkey PRIMARY KEY (source, kind, external_id),
  constraint imported_rows_kind_check CHECK (num_nonnulls(article_id, category_id, author_id) = 1)
);

create table invitations (
  id bigint generated always as identity not null,
  email text not null,
  role text not null,
  author_id bigint,
  hash bytea not null,
  created_at timestamp(3) with time zone default date_trunc('milliseconds'::text, now()) not null,
  expires_at timestamp(3) with time zone not null,
  accepted_at timestamp(3) with time zone,
  invited_by bigint,
  constraint invitations_pkey PRIMARY KEY (id),
  constraint invitations_email_check CHECK (char_length(email) <= 254),
  constraint invitations_hash_check CHECK (octet_length(hash) = 32),
  constraint invitations_role_check CHECK (role = ANY (ARRAY['reader'::text, 'contributor'::text, 'author'::text, 'editor'::text, 'admin'::text]))
);

create table name_epoch (
  is_only_row boolean default true not null,
  epoch uuid default gen_random_uuid() not null,
  transaction_id xid8,
  constraint name_epoch_pkey PRIMARY KEY (is_only_row),
  constraint name_epoch_is_only_row_check CHECK (is_only_row)
);

create table old_slugs (
  type text not null,
  slug text not null,
  article_id bigint,
  category_id bigint,
  author_id bigint,
  constraint old_slugs_pkey PRIMARY KEY (type, slug),
  constraint old_slugs_slug_check CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text AND slug !~ '^[0-9]+$'::text AND char_length(slug) <= 200),
  constraint old_slugs_target_check CHECK (num_nonnulls(article_id, category_id, author_id) = 1 AND type =
CASE
    WHEN article_id IS NOT NULL THEN 'article'::text
    WHEN category_id IS NOT NULL THEN 'category'::text
    ELSE 'author'::text
END)
);

create unlogged table rate_limits (
  key text not null,
  resets_at timestamp(3) with time zone not null,
  constraint rate_limits_pkey PRIMARY KEY (key)
);

create table redirects (
  id bigint generated always as identity not null,
  path text not null,
  article_id bigint,
  category_id bigint,
  author_id bigint,
  created_at timestamp(3) with time zone default date_trunc('milliseconds'::text, now()) not null,
  constraint redirects_pkey PRIMARY KEY (id),
  constraint redirects_path_check CHECK (path ~~ '/_%'::text AND octet_length(path) <= 2000),
  constraint redirects_target_check CHECK (num_nonnulls(article_id, category_id, author_id) <= 1)
);

create table revision_texts (
  id bigint generated always as identity not null,
  article_id bigint not null,
  field text not null,
  first_number integer,
  dictionary_id bigint,
  value bytea not null,
  constraint revision_texts_pkey PRIMARY KEY (id),
  constraint revision_texts_revision_key UNIQUE (article_id, field, first_number)
);

create table row_names (
  type text not null,
  id bigint not null,
  valid_from timestamp with time zone default now() not null,
  name text not null,
  slug text not null,
  constraint row_names_pkey PRIMARY KEY (type, id, valid_from)
);

create table search_backlog (
  id bigint generated always as identity not null,
  article_id bigint not null,
  bytes integer not null,
  constraint search_backlog_pkey PRIMARY KEY (id)
) with (autovacuum_vacuum_scale_factor=0, autovacuum_vacuum_threshold=2000, autovacuum_vacuum_cost_delay=0, autovacuum_analyze_scale_factor=0, autovacuum_analyze_threshold=50000);

create table secrets (
  name text not null,
  value text not null,
  constraint secrets_pkey PRIMARY KEY (name)
);

create table sessions (
  id bigint generated always as identity not null,
  account_id bigint not null,
  token text not null,
  expires_at timestamp(3) with time zone not null,
  ip_address text,
  user_agent text,
  created_at timestamp(3) with time zone default date_trunc('milliseconds'::text, now()) not null,
  updated_at timestamp(3) with time zone default date_trunc('milliseconds'::text, now()) not null,
  constraint sessions_pkey PRIMARY KEY (id)
);

create table two_factors (
  id bigint generated always as identity not null,
  account_id bigint not null,
  secret text not null,
  backup_codes text not null,
  verified boolean default true not null,
  failed_verification_count integer default 0 not null,
  locked_until timestamp(3) with time zone,
  constraint two_factors_pkey PRIMARY KEY (id)
);

create table uncounted_articles (
  article_ids bigint[] not null
);

create table used_totp_codes (
  account_id bigint not null,
  code text not null,
  used_at timestamp(3) with time zone default date_trunc('milliseconds'::text, now()) not null,
  constraint used_totp_codes_pkey PRIMARY KEY (account_id, code)
);

create table verifications (
  id bigint generated always as identity not null,
  identifier text not null,
  value text not null,
  expires_at timestamp(3) with time zone not null,
  created_at timestamp(3) with time zone default date_trunc('milliseconds'::text, now()) not null,
  updated_at timestamp(3) with time zone default date_trunc('milliseconds'::text, now()) not null,
  constraint verifications_pkey PRIMARY KEY (id)
);


-- Storage

alter table article_search alter column document set storage external;

-- Indexes

CREATE UNIQUE INDEX account_credentials_key ON account_credentials USING btree (account_id, provider);
CREATE UNIQUE INDEX accounts_author_id_key ON accounts USING btree (author_id);
CREATE UNIQUE INDEX accounts_email_key ON accounts USING btree (email);
CREATE INDEX api_tokens_account_id_idx ON api_tokens USING btree (account_id);
CREATE UNIQUE INDEX api_tokens_prefix_key ON api_tokens USING btree (prefix);
CREATE INDEX article_authors_listing_idx ON article_authors USING btree (author_id, listed_at DESC, article_id DESC);
CREATE INDEX article_authors_order_idx ON article_authors USING btree (article_id, "position", author_id);
CREATE INDEX article_categories_listing_idx ON article_categories USING btree (category_id, listed_at DESC, article_id DESC);
CREATE INDEX article_categories_order_idx ON article_categories USING btree (article_id, "position", category_id);
CREATE UNIQUE INDEX article_categories_rank_key ON article_categories USING btree (category_id, rank) WHERE rank IS NOT NULL;
CREATE INDEX article_previews_article_id_idx ON article_previews USING btree (article_id);
CREATE UNIQUE INDEX article_previews_hash_key ON article_previews USING btree (hash);
CREATE INDEX article_revisions_unpacked_idx ON article_revisions USING btree (article_id, number) WHERE octet_length(excerpt) > 512 OR octet_length(content) > 512;
CREATE INDEX article_schedules_due_at_idx ON article_schedules USING btree (due_at);
CREATE INDEX article_search_document_idx ON article_search USING gin (document) WITH (gin_pending_list_limit='65536');
CREATE INDEX articles_listed_at_idx ON articles USING btree (listed_at DESC, id DESC);
CREATE INDEX articles_owner_idx ON articles USING btree (owner_id, listed_at DESC, id DESC) WHERE owner_id IS NOT NULL;
CREATE INDEX articles_published_at_idx ON articles USING btree (COALESCE(published_at, 'infinity'::timestamp with time zone), id);
CREATE UNIQUE INDEX articles_slug_key ON articles USING btree (slug) WHERE deleted_at IS NULL;
CREATE INDEX articles_title_idx ON articles USING btree (title COLLATE "und-x-icu", id);
CREATE INDEX articles_trashed_slug_idx ON articles USING btree (slug) WHERE deleted_at IS NOT NULL;
CREATE INDEX articles_updated_at_idx ON articles USING btree (updated_at, id);
CREATE INDEX audit_log_account_idx ON audit_log USING btree (account_id, at DESC, id DESC) WHERE account_id IS NOT NULL;
CREATE INDEX audit_log_action_idx ON audit_log USING btree (action, at DESC, id DESC) WHERE NOT (action = ANY (ARRAY['article.create'::text, 'article.change'::text, 'article.link'::text, 'article.unlink'::text]));
CREATE INDEX audit_log_at_idx ON audit_log USING btree (at DESC, id DESC);
CREATE INDEX audit_log_subject_idx ON audit_log USING btree (subject, subject_id, at DESC, id DESC);
CREATE INDEX audit_log_token_idx ON audit_log USING btree (token_id, at DESC, id DESC) WHERE token_id IS NOT NULL;
CREATE INDEX authors_name_idx ON authors USING btree (name COLLATE "und-x-icu", id);
CREATE UNIQUE INDEX authors_slug_key ON authors USING btree (slug);
CREATE INDEX categories_parent_id_idx ON categories USING btree (parent_id);
CREATE UNIQUE INDEX categories_sibling_name_key ON categories USING btree (COALESCE(parent_id, 0::bigint), fold_category_name(name));
CREATE UNIQUE INDEX categories_slug_key ON categories USING btree (slug);
CREATE INDEX category_count_deltas_idx ON category_count_deltas USING btree (category_id, effective_at);
CREATE INDEX idempotency_keys_created_at_idx ON idempotency_keys USING btree (created_at);
CREATE INDEX imported_rows_article_id_idx ON imported_rows USING btree (article_id);
CREATE INDEX imported_rows_author_id_idx ON imported_rows USING btree (author_id);
CREATE INDEX imported_rows_category_id_idx ON imported_rows USING btree (category_id);
CREATE UNIQUE INDEX invitations_hash_key ON invitations USING btree (hash);
CREATE INDEX invitations_invited_by_idx ON invitations USING btree (invited_by);
CREATE UNIQUE INDEX invitations_open_key ON invitations USING btree (email) WHERE accepted_at IS NULL;
CREATE INDEX old_slugs_article_id_idx ON old_slugs USING btree (article_id) WHERE article_id IS NOT NULL;
CREATE INDEX old_slugs_author_id_idx ON old_slugs USING btree (author_id) WHERE author_id IS NOT NULL;
CREATE INDEX old_slugs_category_id_idx ON old_slugs USING btree (category_id) WHERE category_id IS NOT NULL;
CREATE INDEX redirects_article_id_idx ON redirects USING btree (article_id) WHERE article_id IS NOT NULL;
CREATE INDEX redirects_author_id_idx ON redirects USING btree (author_id) WHERE author_id IS NOT NULL;
CREATE INDEX redirects_category_id_idx ON redirects USING btree (category_id) WHERE category_id IS NOT NULL;
CREATE UNIQUE INDEX redirects_path_key ON redirects USING btree (path);
CREATE INDEX revision_texts_dictionary_idx ON revision_texts USING btree (dictionary_id) WHERE dictionary_id IS NOT NULL;
CREATE INDEX sessions_account_id_idx ON sessions USING btree (account_id);
CREATE UNIQUE INDEX sessions_token_key ON sessions USING btree (token);
CREATE UNIQUE INDEX two_factors_account_id_key ON two_factors USING btree (account_id);
CREATE INDEX verifications_identifier_idx ON verifications USING btree (identifier);

-- Foreign keys

alter table account_credentials add constraint account_credentials_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE;
alter table account_preferences add constraint account_preferences_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE;
alter table accounts add constraint accounts_author_id_fkey FOREIGN KEY (author_id) REFERENCES authors(id) ON DELETE SET NULL;
alter table api_tokens add constraint api_tokens_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE;
alter table article_authors add constraint article_authors_article_fkey FOREIGN KEY (article_id, listed_at) REFERENCES articles(id, listed_at) ON UPDATE CASCADE ON DELETE CASCADE;
alter table article_authors add constraint article_authors_author_id_fkey FOREIGN KEY (author_id) REFERENCES authors(id) ON DELETE CASCADE;
alter table article_categories add constraint article_categories_article_fkey FOREIGN KEY (article_id, listed_at) REFERENCES articles(id, listed_at) ON UPDATE CASCADE ON DELETE CASCADE;
alter table article_categories add constraint article_categories_category_id_fkey FOREIGN KEY (category_id) REFERENCES categories(id) ON DELETE CASCADE;
alter table article_drafts add constraint article_drafts_article_id_fkey FOREIGN KEY (article_id) REFERENCES articles(id) ON DELETE CASCADE;
alter table article_previews add constraint article_previews_article_id_fkey FOREIGN KEY (article_id) REFERENCES articles(id) ON DELETE CASCADE;
alter table article_search add constraint article_search_article_id_fkey FOREIGN KEY (article_id) REFERENCES articles(id) ON DELETE CASCADE;
alter table articles add constraint articles_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES accounts(id) ON DELETE SET NULL;
alter table categories add constraint categories_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES categories(id);
alter table category_counts add constraint category_counts_category_id_fkey FOREIGN KEY (category_id) REFERENCES categories(id) ON DELETE CASCADE;
alter table category_paths add constraint category_paths_category_id_fkey FOREIGN KEY (category_id) REFERENCES categories(id) ON DELETE CASCADE;
alter table imported_rows add constraint imported_rows_article_id_fkey FOREIGN KEY (article_id) REFERENCES articles(id) ON DELETE CASCADE;
alter table imported_rows add constraint imported_rows_author_id_fkey FOREIGN KEY (author_id) REFERENCES authors(id) ON DELETE CASCADE;
alter table imported_rows add constraint imported_rows_category_id_fkey FOREIGN KEY (category_id) REFERENCES categories(id) ON DELETE CASCADE;
alter table invitations add constraint invitations_author_id_fkey FOREIGN KEY (author_id) REFERENCES authors(id) ON DELETE SET NULL;
alter table invitations add constraint invitations_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES accounts(id) ON DELETE CASCADE;
alter table old_slugs add constraint old_slugs_article_id_fkey FOREIGN KEY (article_id) REFERENCES articles(id) ON DELETE CASCADE;
alter table old_slugs add constraint old_slugs_author_id_fkey FOREIGN KEY (author_id) REFERENCES authors(id) ON DELETE CASCADE;
alter table old_slugs add constraint old_slugs_category_id_fkey FOREIGN KEY (category_id) REFERENCES categories(id) ON DELETE CASCADE;
alter table redirects add constraint redirects_article_id_fkey FOREIGN KEY (article_id) REFERENCES articles(id) ON DELETE SET NULL;
alter table redirects add constraint redirects_author_id_fkey FOREIGN KEY (author_id) REFERENCES authors(id) ON DELETE SET NULL;
alter table redirects add constraint redirects_category_id_fkey FOREIGN KEY (category_id) REFERENCES categories(id) ON DELETE SET NULL;
alter table revision_texts add constraint revision_texts_dictionary_id_fkey FOREIGN KEY (dictionary_id) REFERENCES revision_texts(id);
alter table sessions add constraint sessions_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE;
alter table two_factors add constraint two_factors_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE;
alter table used_totp_codes add constraint used_totp_codes_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE;

-- Triggers

CREATE TRIGGER accounts_audit AFTER INSERT OR DELETE OR UPDATE ON accounts FOR EACH ROW EXECUTE FUNCTION audit_row('account');
CREATE TRIGGER api_tokens_audit_delete AFTER DELETE ON api_tokens FOR EACH ROW EXECUTE FUNCTION audit_row('token', 'hash', 'last_used_at');
CREATE TRIGGER api_tokens_audit_insert AFTER INSERT ON api_tokens FOR EACH ROW EXECUTE FUNCTION audit_row('token', 'hash', 'last_used_at');
CREATE TRIGGER api_tokens_audit_update AFTER UPDATE OF name, role, revoked_at, expires_at, read_only, category_ids ON api_tokens FOR EACH ROW EXECUTE FUNCTION audit_row('token', 'hash', 'last_used_at');
CREATE TRIGGER article_authors_delete AFTER DELETE ON article_authors REFERENCING OLD TABLE AS changed_links FOR EACH STATEMENT EXECUTE FUNCTION update_linked_articles();
CREATE TRIGGER article_authors_insert AFTER INSERT ON article_authors REFERENCING NEW TABLE AS changed_links FOR EACH STATEMENT EXECUTE FUNCTION update_linked_articles();
CREATE TRIGGER article_authors_keep_key BEFORE UPDATE OF article_id, author_id ON article_authors FOR EACH ROW WHEN (old.article_id <> new.article_id OR old.author_id <> new.author_id) EXECUTE FUNCTION reject_link_key_change('author');
CREATE TRIGGER article_authors_reorder AFTER UPDATE ON article_authors REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION update_reordered_articles();
CREATE TRIGGER article_categories_delete AFTER DELETE ON article_categories REFERENCING OLD TABLE AS changed_links FOR EACH STATEMENT EXECUTE FUNCTION update_linked_articles();
CREATE TRIGGER article_categories_insert AFTER INSERT ON article_categories REFERENCING NEW TABLE AS changed_links FOR EACH STATEMENT EXECUTE FUNCTION update_linked_articles();
CREATE TRIGGER article_categories_keep_key BEFORE UPDATE OF article_id, category_id ON article_categories FOR EACH ROW WHEN (old.article_id <> new.article_id OR old.category_id <> new.category_id) EXECUTE FUNCTION reject_link_key_change('category');
CREATE TRIGGER article_categories_record_rank AFTER UPDATE OF rank ON article_categories FOR EACH ROW WHEN (old.rank IS DISTINCT FROM new.rank) EXECUTE FUNCTION record_rank();
CREATE TRIGGER article_categories_relist AFTER UPDATE ON article_categories REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION recount_relisted_articles();
CREATE TRIGGER article_categories_reorder AFTER UPDATE ON article_categories REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION update_reordered_articles();
CREATE TRIGGER article_categories_truncate AFTER TRUNCATE ON article_categories FOR EACH STATEMENT EXECUTE FUNCTION recount_truncated_articles();
CREATE TRIGGER article_previews_audit AFTER INSERT OR DELETE OR UPDATE ON article_previews FOR EACH ROW EXECUTE FUNCTION audit_row('preview', 'hash');
CREATE TRIGGER articles_leave_slug AFTER UPDATE ON articles FOR EACH ROW WHEN (old.slug <> new.slug AND old.listed_at <= now()) EXECUTE FUNCTION leave_slug('article');
CREATE TRIGGER articles_record_change AFTER UPDATE OF title, slug, excerpt, content, content_format, published_at, deleted_at, created_at, updated_at, owner_id ON articles FOR EACH ROW WHEN (old.version <> new.version OR old.owner_id IS DISTINCT FROM new.owner_id) EXECUTE FUNCTION record_article();
CREATE TRIGGER articles_record_create AFTER INSERT ON articles FOR EACH ROW EXECUTE FUNCTION record_new_article();
CREATE TRIGGER articles_record_delete BEFORE DELETE ON articles FOR EACH ROW EXECUTE FUNCTION record_article_delete();
CREATE TRIGGER articles_retake_slug AFTER UPDATE ON articles FOR EACH ROW WHEN (new.deleted_at IS NULL AND (old.slug <> new.slug OR old.deleted_at IS NOT NULL)) EXECUTE FUNCTION take_slug('article');
CREATE TRIGGER articles_search_insert AFTER INSERT ON articles FOR EACH ROW EXECUTE FUNCTION note_unindexed_article();
CREATE TRIGGER articles_search_update AFTER UPDATE OF title, excerpt, content ON articles FOR EACH ROW WHEN (old.title IS DISTINCT FROM new.title OR old.excerpt IS DISTINCT FROM new.excerpt OR old.content IS DISTINCT FROM new.content) EXECUTE FUNCTION note_unindexed_article();
CREATE TRIGGER articles_take_slug AFTER INSERT ON articles FOR EACH ROW WHEN (new.deleted_at IS NULL) EXECUTE FUNCTION take_slug('article');
CREATE TRIGGER articles_truncate_revisions AFTER TRUNCATE ON articles FOR EACH STATEMENT EXECUTE FUNCTION delete_article_revisions();
CREATE TRIGGER articles_version BEFORE UPDATE ON articles FOR EACH ROW EXECUTE FUNCTION set_row_version();
CREATE TRIGGER audit_log_append_only BEFORE DELETE OR TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION reject_audit_log_change();
CREATE TRIGGER audit_log_append_only_update BEFORE UPDATE ON audit_log FOR EACH ROW EXECUTE FUNCTION reject_audit_log_change();
CREATE TRIGGER authors_audit AFTER INSERT OR DELETE OR UPDATE ON authors FOR EACH ROW EXECUTE FUNCTION audit_row('author');
CREATE TRIGGER authors_leave_slug AFTER UPDATE ON authors FOR EACH ROW WHEN (old.slug <> new.slug) EXECUTE FUNCTION leave_slug('author');
CREATE TRIGGER authors_record_name AFTER INSERT ON authors FOR EACH ROW EXECUTE FUNCTION record_name('author');
CREATE TRIGGER authors_record_rename AFTER UPDATE ON authors FOR EACH ROW WHEN (old.name <> new.name OR old.slug <> new.slug) EXECUTE FUNCTION record_name('author');
CREATE CONSTRAINT TRIGGER authors_rename AFTER DELETE OR UPDATE OF id, name, slug ON authors DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION set_name_epoch();
CREATE TRIGGER authors_retake_slug AFTER UPDATE ON authors FOR EACH ROW WHEN (old.slug <> new.slug) EXECUTE FUNCTION take_slug('author');
CREATE TRIGGER authors_take_slug AFTER INSERT ON authors FOR EACH ROW EXECUTE FUNCTION take_slug('author');
CREATE TRIGGER authors_truncate AFTER TRUNCATE ON authors FOR EACH STATEMENT EXECUTE FUNCTION set_name_epoch();
CREATE TRIGGER authors_version BEFORE UPDATE ON authors FOR EACH ROW EXECUTE FUNCTION set_row_version();
CREATE TRIGGER categories_audit AFTER INSERT OR DELETE OR UPDATE ON categories FOR EACH ROW EXECUTE FUNCTION audit_row('category');
CREATE TRIGGER categories_cycle BEFORE UPDATE OF parent_id ON categories FOR EACH ROW WHEN (new.parent_id IS DISTINCT FROM old.parent_id AND new.parent_id IS NOT NULL) EXECUTE FUNCTION reject_category_cycle();
CREATE TRIGGER categories_delete_links BEFORE DELETE ON categories FOR EACH ROW EXECUTE FUNCTION delete_category_links();
CREATE TRIGGER categories_leave_slug AFTER UPDATE ON categories FOR EACH ROW WHEN (old.slug <> new.slug) EXECUTE FUNCTION leave_slug('category');
CREATE TRIGGER categories_move AFTER UPDATE ON categories REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION recount_moved_categories();
CREATE CONSTRAINT TRIGGER categories_path AFTER INSERT ON categories DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION store_category_path();
CREATE TRIGGER categories_record_name AFTER INSERT ON categories FOR EACH ROW EXECUTE FUNCTION record_name('category');
CREATE TRIGGER categories_record_rename AFTER UPDATE ON categories FOR EACH ROW WHEN (old.name <> new.name OR old.slug <> new.slug) EXECUTE FUNCTION record_name('category');
CREATE CONSTRAINT TRIGGER categories_rename AFTER DELETE OR UPDATE OF id, name, slug ON categories DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION set_name_epoch();
CREATE TRIGGER categories_retake_slug AFTER UPDATE ON categories FOR EACH ROW WHEN (old.slug <> new.slug) EXECUTE FUNCTION take_slug('category');
CREATE TRIGGER categories_take_slug AFTER INSERT ON categories FOR EACH ROW EXECUTE FUNCTION take_slug('category');
CREATE TRIGGER categories_truncate AFTER TRUNCATE ON categories FOR EACH STATEMENT EXECUTE FUNCTION set_name_epoch();
CREATE TRIGGER categories_version BEFORE UPDATE ON categories FOR EACH ROW EXECUTE FUNCTION set_row_version();
CREATE TRIGGER invitations_audit AFTER INSERT OR DELETE OR UPDATE ON invitations FOR EACH ROW EXECUTE FUNCTION audit_row('invitation', 'hash');
CREATE TRIGGER redirects_audit AFTER INSERT OR DELETE OR UPDATE ON redirects FOR EACH ROW EXECUTE FUNCTION audit_row('redirect');
CREATE CONSTRAINT TRIGGER uncounted_articles_count AFTER INSERT ON uncounted_articles DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION count_uncounted_articles();
