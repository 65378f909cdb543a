-- The schema that the migrations add up to. Written by `npm run generate`.

set check_function_bodies = off;

-- Extensions

create extension unaccent;

-- Text search

create text search configuration rubric (parser = default);
alter text search configuration rubric add mapping for asciiword with simple;
alter text search configuration rubric add mapping for word with unaccent, simple;
alter text search configuration rubric add mapping for numword with simple;
alter text search configuration rubric add mapping for email with simple;
alter text search configuration rubric add mapping for url with simple;
alter text search configuration rubric add mapping for host with simple;
alter text search configuration rubric add mapping for sfloat with simple;
alter text search configuration rubric add mapping for version with simple;
alter text search configuration rubric add mapping for hword_numpart with simple;
alter text search configuration rubric add mapping for hword_part with unaccent, simple;
alter text search configuration rubric add mapping for hword_asciipart with simple;
alter text search configuration rubric add mapping for numhword with simple;
alter text search configuration rubric add mapping for asciihword with simple;
alter text search configuration rubric add mapping for hword with unaccent, simple;
alter text search configuration rubric add mapping for url_path with simple;
alter text search configuration rubric add mapping for file with simple;
alter text search configuration rubric add mapping for float with simple;
alter text search configuration rubric add mapping for int with simple;
alter text search configuration rubric add mapping for uint with simple;

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
 LANGUAGE sql
 STABLE
AS $function$
  select setweight(to_tsvector('rubric', break_long_words(normalize_search_text(title))), 'A')
    || setweight(to_tsvector('rubric', break_long_words(normalize_search_text(coalesce(excerpt, '')))), 'B')
    || setweight(to_tsvector('rubric', break_long_words(normalize_search_text(indexed_content(normalize(content))))), 'D')
$function$;

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

CREATE OR REPLACE FUNCTION public.break_long_words(words text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select case when words ~ '\S{255}' then regexp_replace(words, '(\S{255})', '\1 ', 'g') else words end
$function$;

CREATE OR REPLACE FUNCTION public.camel_case_keys(columns jsonb)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select array_agg(lower(left(key, 1)) || substr(replace(initcap(replace(key, '_', ' ')), ' ', ''), 2))
  from jsonb_object_keys(columns) as key
$function$;

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
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.delete_category_links()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$;

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

CREATE OR REPLACE FUNCTION public.indexed_content(content text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select left(content, case
    when octet_length(left(content, 200000)) <= 300000 then 200000
    when octet_length(left(content, 150000)) <= 300000 then 150000
    when octet_length(left(content, 100000)) <= 300000 then 100000
    else 75000
  end)
$function$;

CREATE OR REPLACE FUNCTION public.insert_move_deltas(moved_ids bigint[], replaced_ids bigint[], replaced_parent_ids bigint[], affected_ids bigint[], is_final boolean)
 RETURNS void
 LANGUAGE plpgsql
 SET work_mem TO '64MB'
 SET jit TO 'off'
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION public.jsonb_difference(value jsonb, other jsonb)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select coalesce(jsonb_object_agg(entry.key, entry.value), '{}') from jsonb_each(value) as entry
  where other -> entry.key is distinct from entry.value
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

CREATE OR REPLACE FUNCTION public.normalize_search_text(words text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select case when words ~ '[^\x01-\x7f]|-' then
    regexp_replace(
      regexp_replace(
        regexp_replace(normalize(words) collate "C", '[\u00ad\u200c\u200d\u2060\ufe00-\ufe0f\ufeff]', '', 'g'),
        -- Latin, modifiers, Greek, Armenian, Hebrew
        '[\u0080-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7'
        '\u02c2-\u02c5\u02d2-\u02df\u0384\u0385\u055a-\u055f\u0589\u058a\u05be\u05c0\u05c3\u05f3\u05f4'
        -- Arabic, scripts of India and South East Asia, Tibetan
        '\u0609-\u060d\u061b-\u061f\u066a-\u066d\u06d4\u0964\u0965\u0970\u0df4\u0e4f\u0e5a\u0e5b\u0f04-\u0f14\u0f3a-\u0f3d'
        -- Burmese, Georgian, Ethiopic, Canadian, Ogham, Khmer, Mongolian
        '\u104a-\u104f\u10fb\u1360-\u1368\u1400\u166e\u1680\u17d4-\u17da\u1800-\u180a'
        -- General punctuation, currencies, trade marks, arrows, mathematics, pictures
        '\u2000-\u206f\u207a-\u207e\u208a-\u208e\u20a0-\u20cf\u2100\u2116\u2117\u2120-\u2122\u2190-\u245f\u2500-\u2775\u2794-\u2bff'
        -- More punctuation, Chinese and Japanese, vertical and small forms
        '\u2e00-\u2e7f\u3000-\u3004\u3008-\u3020\u3030\u303d\u30a0\u30fb\ufd3e\ufd3f\ufe10-\ufe1f\ufe30-\ufe6f'
        -- Full width, emoji, tags
        '\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\uffe0-\uffff\U0001f000-\U0001faff\U000e0000-\U000e007f]',
        ' ', 'g'
      ),
      '(^|[^-])-(?=[0-9])', '\1 ', 'g'
    )
  else words end
$function$;

CREATE OR REPLACE FUNCTION public.raise_article_versions(article_ids bigint[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  if article_ids = '{}' then
    return;
  end if;
  update articles set version = version + 1
  where id = any(article_ids) and coalesce((
    select revision.xmin <> pg_current_xact_id()::xid
      or category_ids <> array(
        select category_id from article_categories as link where link.article_id = articles.id order by position, category_id)
      or author_ids <> array(
        select author_id from article_authors as link where link.article_id = articles.id order by position, author_id)
    from article_revisions as revision where article_id = articles.id and number = articles.version), true);
end $function$;

CREATE OR REPLACE FUNCTION public.record_article()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  actor jsonb := nullif(current_setting('rubric.actor', true), '')::jsonb;
  source text := coalesce(actor ->> 'via', 'database');
  was_visible boolean := coalesce(old.listed_at <= now(), false);
  is_visible boolean := new.listed_at <= now();
  categories bigint[];
  authors bigint[];
  previous_number integer;
  old_categories bigint[];
  old_authors bigint[];
  is_own boolean;
  is_open boolean;
  fields text[];
  unchanged text[] := '{}';
  deed text := 'create';
  revision_kind text := coalesce(actor ->> 'revisionKind', deed);
  is_save boolean := not is_visible and source <> 'database';
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
  from (values (1)) as one left join (
    select *, xmin from article_revisions where article_id = new.id order by number desc limit 1
  ) as previous on true;
  if tg_op = 'UPDATE' then
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
    deed := case when 'status' <> all(fields) then 'change' when new.deleted_at is null then 'restore' else 'trash' end;
    revision_kind := coalesce(actor ->> 'revisionKind',
      case when deed = 'restore' then deed when is_visible and not was_visible then 'publish' else 'change' end);
    is_save := is_save and not was_visible and deed = 'change' and revision_kind in ('change', 'import');
  end if;
  new_values := jsonb_build_object('slug', new.slug, 'contentFormat', new.content_format, 'publishedAt', new.published_at,
    'deletedAt', new.deleted_at, 'ownerId', new.owner_id, 'categoryIds', categories, 'authorIds', authors) - unchanged;
  if tg_op = 'UPDATE' then
    old_values := jsonb_build_object('slug', old.slug, 'contentFormat', old.content_format, 'publishedAt', old.published_at,
      'deletedAt', old.deleted_at, 'ownerId', old.owner_id, 'categoryIds', old_categories, 'authorIds', old_authors) - unchanged;
  end if;
  if new.version = old.version then
    was_visible := null; -- only the owner changed, which is no event
    is_visible := null;
  elsif is_own or is_save and is_open then
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
  perform record_entry('article', 'delete', old.id, jsonb_build_object('title', old.title, 'slug', old.slug,
    'contentFormat', old.content_format, 'publishedAt', old.published_at, 'deletedAt', old.deleted_at,
    'createdAt', old.created_at, 'ownerId', old.owner_id, 'categoryIds', categories,
    'authorIds', array(select author_id from article_authors where article_id = old.id order by position, author_id)), null,
    null, old.version, old.slug, old.listed_at <= now(), false, old.owner_id, categories);
  return old;
end $function$;

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
end $function$;

CREATE OR REPLACE FUNCTION public.recount_moved_categories()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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

CREATE OR REPLACE FUNCTION public.reject_audit_log_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'UPDATE' and old.xmin = pg_current_xact_id()::xid then
    return new;
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

CREATE OR REPLACE FUNCTION public.set_row_version()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_table_name = 'articles' then
    new.listed_at := old.listed_at; -- PostgreSQL computes the generated column after this trigger
    old.owner_id := new.owner_id;
  end if;
  if new is distinct from old then
    new.version := old.version + 1;
    if new.updated_at is not distinct from old.updated_at then
      new.updated_at := date_trunc('milliseconds', now());
    end if;
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.update_linked_articles()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare article_ids bigint[] := array(select distinct article_id from changed_links);
begin
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

CREATE OR REPLACE FUNCTION public.upsert_article_document()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into article_search (article_id, document)
  values (new.id, article_document(new.title, new.excerpt, new.content))
  on conflict (article_id) do update set document = excluded.document;
  return null;
end $function$;


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
  constraint article_categories_pkey PRIMARY KEY (article_id, category_id)
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

create table article_search (
  article_id bigint not null,
  document tsvector not null,
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
  constraint categories_pkey PRIMARY KEY (id),
  constraint categories_description_check CHECK (char_length(description) <= 10000),
  constraint categories_name_check CHECK (name ~ '\S'::text AND char_length(name) <= 200),
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

create unlogged table rate_limits (
  key text not null,
  resets_at timestamp(3) with time zone not null,
  constraint rate_limits_pkey PRIMARY KEY (key)
);

create table row_names (
  type text not null,
  id bigint not null,
  valid_from timestamp with time zone default now() not null,
  name text not null,
  slug text not null,
  constraint row_names_pkey PRIMARY KEY (type, id, valid_from)
);

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
CREATE INDEX article_categories_listing_idx ON article_categories USING btree (category_id, listed_at DESC, article_id DESC);
CREATE INDEX article_search_document_idx ON article_search USING gin (document);
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
CREATE INDEX imported_rows_article_id_idx ON imported_rows USING btree (article_id);
CREATE INDEX imported_rows_author_id_idx ON imported_rows USING btree (author_id);
CREATE INDEX imported_rows_category_id_idx ON imported_rows USING btree (category_id);
CREATE UNIQUE INDEX invitations_hash_key ON invitations USING btree (hash);
CREATE INDEX invitations_invited_by_idx ON invitations USING btree (invited_by);
CREATE UNIQUE INDEX invitations_open_key ON invitations USING btree (email) WHERE accepted_at IS NULL;
CREATE INDEX sessions_account_id_idx ON sessions USING btree (account_id);
CREATE UNIQUE INDEX sessions_token_key ON sessions USING btree (token);
CREATE UNIQUE INDEX two_factors_account_id_key ON two_factors USING btree (account_id);
CREATE INDEX verifications_identifier_idx ON verifications USING btree (identifier);

-- Foreign keys

alter table account_credentials add constraint account_credentials_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE;
alter table accounts add constraint accounts_author_id_fkey FOREIGN KEY (author_id) REFERENCES authors(id) ON DELETE SET NULL;
alter table api_tokens add constraint api_tokens_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE;
alter table article_authors add constraint article_authors_article_fkey FOREIGN KEY (article_id, listed_at) REFERENCES articles(id, listed_at) ON UPDATE CASCADE ON DELETE CASCADE;
alter table article_authors add constraint article_authors_author_id_fkey FOREIGN KEY (author_id) REFERENCES authors(id) ON DELETE CASCADE;
alter table article_categories add constraint article_categories_article_fkey FOREIGN KEY (article_id, listed_at) REFERENCES articles(id, listed_at) ON UPDATE CASCADE ON DELETE CASCADE;
alter table article_categories add constraint article_categories_category_id_fkey FOREIGN KEY (category_id) REFERENCES categories(id) ON DELETE CASCADE;
alter table article_search add constraint article_search_article_id_fkey FOREIGN KEY (article_id) REFERENCES articles(id) ON DELETE CASCADE;
alter table articles add constraint articles_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES accounts(id) ON DELETE SET NULL;
alter table categories add constraint categories_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES categories(id);
alter table category_counts add constraint category_counts_category_id_fkey FOREIGN KEY (category_id) REFERENCES categories(id) ON DELETE CASCADE;
alter table imported_rows add constraint imported_rows_article_id_fkey FOREIGN KEY (article_id) REFERENCES articles(id) ON DELETE CASCADE;
alter table imported_rows add constraint imported_rows_author_id_fkey FOREIGN KEY (author_id) REFERENCES authors(id) ON DELETE CASCADE;
alter table imported_rows add constraint imported_rows_category_id_fkey FOREIGN KEY (category_id) REFERENCES categories(id) ON DELETE CASCADE;
alter table invitations add constraint invitations_author_id_fkey FOREIGN KEY (author_id) REFERENCES authors(id) ON DELETE SET NULL;
alter table invitations add constraint invitations_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES accounts(id) ON DELETE CASCADE;
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
CREATE TRIGGER article_authors_reorder AFTER UPDATE ON article_authors REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION update_reordered_articles();
CREATE TRIGGER article_categories_delete AFTER DELETE ON article_categories REFERENCING OLD TABLE AS changed_links FOR EACH STATEMENT EXECUTE FUNCTION update_linked_articles();
CREATE TRIGGER article_categories_insert AFTER INSERT ON article_categories REFERENCING NEW TABLE AS changed_links FOR EACH STATEMENT EXECUTE FUNCTION update_linked_articles();
CREATE TRIGGER article_categories_relist AFTER UPDATE ON article_categories REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION recount_relisted_articles();
CREATE TRIGGER article_categories_reorder AFTER UPDATE ON article_categories REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION update_reordered_articles();
CREATE TRIGGER articles_document AFTER INSERT OR UPDATE OF title, excerpt, content ON articles FOR EACH ROW EXECUTE FUNCTION upsert_article_document();
CREATE TRIGGER articles_record_change AFTER UPDATE ON articles FOR EACH ROW WHEN (old.version <> new.version OR old.owner_id IS DISTINCT FROM new.owner_id) EXECUTE FUNCTION record_article();
CREATE TRIGGER articles_record_create AFTER INSERT ON articles FOR EACH ROW EXECUTE FUNCTION record_article();
CREATE TRIGGER articles_record_delete BEFORE DELETE ON articles FOR EACH ROW EXECUTE FUNCTION record_article_delete();
CREATE TRIGGER articles_truncate_revisions AFTER TRUNCATE ON articles FOR EACH STATEMENT EXECUTE FUNCTION delete_article_revisions();
CREATE TRIGGER articles_version BEFORE UPDATE ON articles FOR EACH ROW EXECUTE FUNCTION set_row_version();
CREATE TRIGGER audit_log_append_only BEFORE DELETE OR TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION reject_audit_log_change();
CREATE TRIGGER audit_log_append_only_update BEFORE UPDATE ON audit_log FOR EACH ROW EXECUTE FUNCTION reject_audit_log_change();
CREATE TRIGGER authors_audit AFTER INSERT OR DELETE OR UPDATE ON authors FOR EACH ROW EXECUTE FUNCTION audit_row('author');
CREATE TRIGGER authors_record_name AFTER INSERT ON authors FOR EACH ROW EXECUTE FUNCTION record_name('author');
CREATE TRIGGER authors_record_rename AFTER UPDATE ON authors FOR EACH ROW WHEN (old.name <> new.name OR old.slug <> new.slug) EXECUTE FUNCTION record_name('author');
CREATE TRIGGER authors_version BEFORE UPDATE ON authors FOR EACH ROW EXECUTE FUNCTION set_row_version();
CREATE TRIGGER categories_audit AFTER INSERT OR DELETE OR UPDATE ON categories FOR EACH ROW EXECUTE FUNCTION audit_row('category');
CREATE TRIGGER categories_cycle BEFORE UPDATE OF parent_id ON categories FOR EACH ROW WHEN (new.parent_id IS DISTINCT FROM old.parent_id AND new.parent_id IS NOT NULL) EXECUTE FUNCTION reject_category_cycle();
CREATE TRIGGER categories_delete_links BEFORE DELETE ON categories FOR EACH ROW EXECUTE FUNCTION delete_category_links();
CREATE TRIGGER categories_move AFTER UPDATE ON categories REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION recount_moved_categories();
CREATE TRIGGER categories_record_name AFTER INSERT ON categories FOR EACH ROW EXECUTE FUNCTION record_name('category');
CREATE TRIGGER categories_record_rename AFTER UPDATE ON categories FOR EACH ROW WHEN (old.name <> new.name OR old.slug <> new.slug) EXECUTE FUNCTION record_name('category');
CREATE TRIGGER categories_version BEFORE UPDATE ON categories FOR EACH ROW EXECUTE FUNCTION set_row_version();
CREATE TRIGGER invitations_audit AFTER INSERT OR DELETE OR UPDATE ON invitations FOR EACH ROW EXECUTE FUNCTION audit_row('invitation', 'hash');
CREATE CONSTRAINT TRIGGER uncounted_articles_count AFTER INSERT ON uncounted_articles DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION count_uncounted_articles();
