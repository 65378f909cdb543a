-- Revisions of articles, one entry of the audit log for each transaction and row, and the names that rows had.

-- An entry of the current transaction can still change: statements that write the same row meet in one entry, which nobody
-- else has seen yet.
create or replace function reject_audit_log_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.xmin = pg_current_xact_id()::xid then
    return new;
  end if;
  raise exception 'the audit log is append-only' using errcode = 'insufficient_privilege';
end $$;
--> statement-breakpoint
drop trigger audit_log_append_only on audit_log;
--> statement-breakpoint
create trigger audit_log_append_only before delete or truncate on audit_log
  for each statement execute function reject_audit_log_change();
--> statement-breakpoint
create trigger audit_log_append_only_update before update on audit_log
  for each row execute function reject_audit_log_change();
--> statement-breakpoint

create function array_union(value text[], other text[]) returns text[] language sql immutable strict as $$
  select case when other <@ value then value
    else value || array(select element from unnest(other) as element where element <> all(value)) end
$$;
--> statement-breakpoint

-- Writes an entry of the audit log. The actor is the one that the statement named (see database/actor.ts); without one, the
-- change was made on another connection to the database.
--
-- `may_meet`: this transaction has written the row before. Its entry, if there is one, becomes that of both changes.
drop function insert_audit_entry(text, text, bigint, jsonb, jsonb) cascade;
--> statement-breakpoint
create function record_entry(
  kind text, deed text, row_id bigint, old_values jsonb, new_values jsonb, changed_fields text[] default null,
  version integer default null, slug text default null, was_visible boolean default null, is_visible boolean default null,
  owner_id bigint default null, category_ids bigint[] default null, may_meet boolean default false
) returns boolean language plpgsql as $$
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
end $$;
--> statement-breakpoint

-- The names of columns in requests: `parent_id` is `parentId`.
create function camel_case_keys(columns jsonb) returns text[] language sql immutable as $$
  select array_agg(lower(left(key, 1)) || substr(replace(initcap(replace(key, '_', ' ')), ' ', ''), 2))
  from jsonb_object_keys(columns) as key
$$;
--> statement-breakpoint

-- Records a change of a row: for an update the values that differ, otherwise all. The arguments are the kind of row, then
-- the columns that the log must not or need not hold. Rows with a slug have events: everybody reads them.
create or replace function audit_row() returns trigger language plpgsql as $$
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
end $$;
--> statement-breakpoint

-- Records a new or changed article: its revision and its entry in the audit log. Each change of its links raises its version,
-- so this sees them too. It runs after the statement, with all links that the statement wrote.
--
-- A save becomes part of the revision before it if the same transaction wrote that, or if the article is not public and the
-- same actor began that revision less than ten minutes ago.
create function record_article() returns trigger language plpgsql as $$
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
end $$;
--> statement-breakpoint

-- Records the deletion of an article, before the foreign keys delete its links.
create function record_article_delete() returns trigger language plpgsql as $$
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
end $$;
--> statement-breakpoint

-- Raises the versions of articles whose links changed, which records the change. Links that this transaction has recorded
-- already, in the statement that created or updated the article, raise nothing.
create or replace function raise_article_versions(article_ids bigint[]) returns void language plpgsql as $$
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
end $$;
--> statement-breakpoint

-- Once for each statement: a request can reorder 1,000 links.
create function update_reordered_articles() returns trigger language plpgsql as $$
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
end $$;
--> statement-breakpoint
drop trigger article_categories_reorder on article_categories;
--> statement-breakpoint
create trigger article_categories_reorder after update on article_categories
  referencing old table as old_rows new table as new_rows for each statement execute function update_reordered_articles();
--> statement-breakpoint
drop trigger article_authors_reorder on article_authors;
--> statement-breakpoint
create trigger article_authors_reorder after update on article_authors
  referencing old table as old_rows new table as new_rows for each statement execute function update_reordered_articles();
--> statement-breakpoint
drop function update_reordered_article();
--> statement-breakpoint

drop function audit_links() cascade;
--> statement-breakpoint
drop function audit_link_position() cascade;
--> statement-breakpoint
drop trigger articles_audit_insert on articles;
--> statement-breakpoint
drop trigger articles_audit_update on articles;
--> statement-breakpoint
drop trigger articles_audit_delete on articles;
--> statement-breakpoint
create trigger articles_record_create after insert on articles for each row execute function record_article();
--> statement-breakpoint
create trigger articles_record_change after update on articles for each row
  when (old.version <> new.version or old.owner_id is distinct from new.owner_id) execute function record_article();
--> statement-breakpoint
create trigger articles_record_delete before delete on articles for each row execute function record_article_delete();
--> statement-breakpoint

-- Ids start again after `truncate articles restart identity`. Not `truncate`, which the statement may do to this table as well.
create function delete_article_revisions() returns trigger language plpgsql as $$
begin
  delete from article_revisions;
  return null;
end $$;
--> statement-breakpoint
create trigger articles_truncate_revisions after truncate on articles
  for each statement execute function delete_article_revisions();
--> statement-breakpoint

-- Records the name and slug of a category or author. The argument is which of them.
create function record_name() returns trigger language plpgsql as $$
begin
  insert into row_names (type, id, name, slug) values (tg_argv[0], new.id, new.name, new.slug)
  on conflict (type, id, valid_from) do update set name = excluded.name, slug = excluded.slug;
  return null;
end $$;
--> statement-breakpoint
create trigger categories_record_name after insert on categories for each row execute function record_name('category');
--> statement-breakpoint
create trigger categories_record_rename after update on categories for each row
  when (old.name <> new.name or old.slug <> new.slug) execute function record_name('category');
--> statement-breakpoint
create trigger authors_record_name after insert on authors for each row execute function record_name('author');
--> statement-breakpoint
create trigger authors_record_rename after update on authors for each row
  when (old.name <> new.name or old.slug <> new.slug) execute function record_name('author');
--> statement-breakpoint

-- What exists already: the present names, and for each article one revision, by whoever changed it last.
insert into row_names (type, id, valid_from, name, slug)
select 'category', id, '-infinity'::timestamptz, name, slug from categories
union all select 'author', id, '-infinity', name, slug from authors;
--> statement-breakpoint
insert into article_revisions (article_id, number, first_number, at, via, account_id, token_id, kind, published_at,
  deleted_at, category_ids, author_ids)
select articles.id, version, version, updated_at, coalesce(entry.via, 'database'), entry.account_id, entry.token_id,
  case when version = 1 then 'create' else 'change' end, published_at, deleted_at,
  array(select category_id from article_categories where article_id = articles.id order by position, category_id),
  array(select author_id from article_authors where article_id = articles.id order by position, author_id)
from articles left join lateral (
  select via, account_id, token_id from audit_log where subject = 'article' and subject_id = articles.id
  order by at desc, audit_log.id desc limit 1
) as entry on true;
