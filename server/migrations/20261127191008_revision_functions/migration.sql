-- Saves that become one revision, and the texts that are packed.

-- Takes out of `changed` what saves that became one revision have set back to what it was before the first of them.
create function forget_fields_set_back(changed_id bigint) returns void language plpgsql as $$
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
end $$;
--> statement-breakpoint

-- Records a new or changed article, as before; fields that are set back to what they were are no longer `changed`.
create or replace function record_article() returns trigger language plpgsql as $$
declare
  actor jsonb := nullif(current_setting('rubric.actor', true), '')::jsonb;
  source text := coalesce(actor ->> 'via', 'database');
  was_visible boolean := coalesce(old.listed_at <= now(), false);
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
end $$;
--> statement-breakpoint

-- These two also delete what is packed.
create or replace function record_article_delete() returns trigger language plpgsql as $$
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
end $$;
--> statement-breakpoint
create or replace function delete_article_revisions() returns trigger language plpgsql as $$
begin
  delete from article_revisions;
  delete from revision_texts;
  return null;
end $$;
