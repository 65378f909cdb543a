-- Changes of links are recorded set by set: three statements for all articles whose links a statement changed.

-- `old` and `new` are compared column by column, so what raises the version by itself need not unpack two texts.
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

-- Raises the versions of articles whose links a statement changed, and records the changes: all revisions with one insert and
-- all entries with one. `record_article` has recorded those of articles that the same statement wrote, with their links.
--
-- A change that becomes part of the revision before it is left to `record_article`: an update of the version alone does not
-- call that function, one of another column does.
create or replace function raise_article_versions(article_ids bigint[]) returns void language plpgsql as $$
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
    select id, coalesce(revision.xmin = pg_current_xact_id()::xid or listed_at > now() and open_until > now()
      and via = actor ->> 'via' and account_id is not distinct from (actor ->> 'accountId')::bigint
      and token_id is not distinct from (actor ->> 'tokenId')::bigint and command is not distinct from actor ->> 'command', false) as joins
    from articles left join article_revisions as revision on article_id = id and number = version
    where id = any(article_ids) and not coalesce(revision.xmin = pg_current_xact_id()::xid
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
end $$;
--> statement-breakpoint
drop trigger articles_record_change on articles;
--> statement-breakpoint
create trigger articles_record_change after update of title, slug, excerpt, content, content_format, published_at, deleted_at,
    created_at, updated_at, owner_id on articles
  for each row when (old.version <> new.version or old.owner_id is distinct from new.owner_id) execute function record_article();
--> statement-breakpoint

-- Records a new article. It runs after the statement, with all links that the statement wrote.
create function record_new_article() returns trigger language plpgsql as $$
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
end $$;
--> statement-breakpoint
drop trigger articles_record_create on articles;
--> statement-breakpoint
create trigger articles_record_create after insert on articles for each row execute function record_new_article();
--> statement-breakpoint

-- Records a change of the columns of an article: its revision and its entry in the audit log, with the links that the
-- statement wrote. It runs after the statement.
--
-- A save becomes part of the revision before it if the same transaction wrote that, or if the article is not public and the
-- same actor began that revision less than ten minutes ago.
create or replace function record_article() returns trigger language plpgsql as $$
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
end $$;
