-- Renames functions and the names inside them to the standard terms. Nothing else changes: `git diff` of schema.sql shows
-- the same statements. Triggers keep their names where these decide in which order PostgreSQL fires them.

-- Raises `version` and `updated_at` of a row that changes. An UPDATE that changes nothing raises neither, and an importer
-- that sets `updated_at` keeps its value. The owner is not part of what clients read: an account that is deleted must not
-- raise the versions of its articles.
alter function touch_row() rename to set_row_version;
--> statement-breakpoint
create or replace function set_row_version() returns trigger language plpgsql as $$
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
end $$;
--> statement-breakpoint
alter trigger articles_touch on articles rename to articles_version;
--> statement-breakpoint
alter trigger categories_touch on categories rename to categories_version;
--> statement-breakpoint
alter trigger authors_touch on authors rename to authors_version;
--> statement-breakpoint

-- Links are part of an article: inserting, deleting or reordering them raises its version, once per transaction. A row
-- whose xmin is the current transaction was inserted or raised by it already.
create function raise_article_versions(article_ids bigint[]) returns void language sql as $$
  update articles set version = version + 1
  where id = any(article_ids) and xmin <> pg_current_xact_id()::xid
$$;
--> statement-breakpoint

-- An article counts once in each category that it is linked to (`direct_ids`) and once in each of these and their
-- ancestors (`deep_ids`), from `listed_at` on. Compares what is counted of some articles with their links as they are
-- now, and inserts the differences into `category_count_deltas`. It can run at any time, any number of times: the order in
-- which triggers fire does not matter.
--
-- Callers hold locks on the rows of the articles, so that no two transactions recount the same article, and a shared lock
-- on the tree, so that no category moves. plpgsql, because each of its statements sees what was committed while the
-- function waited for the locks.
create function recount_articles(article_ids bigint[]) returns void language plpgsql as $$
begin
  if article_ids = '{}' then
    return;
  end if;
  perform pg_advisory_xact_lock_shared(hashtext('rubric.category_tree'));
  with recursive current_links as (
    select links.article_id, links.category_id, articles.listed_at
    from article_categories as links join articles on articles.id = links.article_id
    where links.article_id = any(article_ids) and articles.listed_at < 'infinity'
  ), current_subtrees as (
    select article_id, category_id from current_links
    union
    select current_subtrees.article_id, categories.parent_id
    from current_subtrees join categories on categories.id = current_subtrees.category_id
    where categories.parent_id is not null
  ), current_state as (
    select direct.article_id, direct.listed_at, direct.ids as direct_ids, deep.ids as deep_ids
    from (select article_id, listed_at, array_agg(category_id order by category_id) as ids from current_links group by 1, 2)
      as direct
    join (select article_id, array_agg(category_id order by category_id) as ids from current_subtrees group by 1) as deep
      using (article_id)
  ), differences as (
    select coalesce(after.article_id, before.article_id) as article_id,
      before.direct_ids as old_direct_ids, before.deep_ids as old_deep_ids, before.listed_at as old_listed_at,
      after.direct_ids, after.deep_ids, after.listed_at
    from current_state as after
    full join (select * from counted_articles where article_id = any(article_ids)) as before using (article_id)
    where (after.direct_ids, after.deep_ids, after.listed_at)
      is distinct from (before.direct_ids, before.deep_ids, before.listed_at)
  ), deleted_state as (
    delete from counted_articles using differences
    where counted_articles.article_id = differences.article_id and differences.listed_at is null
  ), upserted_state as (
    insert into counted_articles (article_id, direct_ids, deep_ids, listed_at)
    select article_id, direct_ids, deep_ids, listed_at from differences where listed_at is not null
    on conflict (article_id) do update
      set direct_ids = excluded.direct_ids, deep_ids = excluded.deep_ids, listed_at = excluded.listed_at
  )
  insert into category_count_deltas (category_id, effective_at, direct, deep)
  select category_id, effective_at, sum(direct), sum(deep) from (
    select unnest(old_direct_ids) as category_id, old_listed_at as effective_at, -1 as direct, 0 as deep from differences
    union all select unnest(direct_ids), listed_at, 1, 0 from differences
    union all select unnest(old_deep_ids), old_listed_at, 0, -1 from differences
    union all select unnest(deep_ids), listed_at, 0, 1 from differences
  ) as deltas
  group by 1, 2 having sum(direct) <> 0 or sum(deep) <> 0;
end $$;
--> statement-breakpoint

alter function touch_linked_articles() rename to update_linked_articles;
--> statement-breakpoint
create or replace function update_linked_articles() returns trigger language plpgsql as $$
declare article_ids bigint[] := array(select distinct article_id from changed_links);
begin
  perform raise_article_versions(article_ids);
  if tg_table_name = 'article_categories' then
    perform recount_articles(article_ids);
  end if;
  return null;
end $$;
--> statement-breakpoint
drop trigger article_categories_insert on article_categories;
--> statement-breakpoint
create trigger article_categories_insert after insert on article_categories
  referencing new table as changed_links for each statement execute function update_linked_articles();
--> statement-breakpoint
drop trigger article_categories_delete on article_categories;
--> statement-breakpoint
create trigger article_categories_delete after delete on article_categories
  referencing old table as changed_links for each statement execute function update_linked_articles();
--> statement-breakpoint
drop trigger article_authors_insert on article_authors;
--> statement-breakpoint
create trigger article_authors_insert after insert on article_authors
  referencing new table as changed_links for each statement execute function update_linked_articles();
--> statement-breakpoint
drop trigger article_authors_delete on article_authors;
--> statement-breakpoint
create trigger article_authors_delete after delete on article_authors
  referencing old table as changed_links for each statement execute function update_linked_articles();
--> statement-breakpoint
alter function touch_reordered_article() rename to update_reordered_article;
--> statement-breakpoint
create or replace function update_reordered_article() returns trigger language plpgsql as $$
begin
  perform raise_article_versions(array[new.article_id]);
  return null;
end $$;
--> statement-breakpoint
drop function touch_articles(bigint[]);
--> statement-breakpoint

-- The foreign key cascades a new `listed_at` to the links: the article was published, unpublished, trashed or restored.
alter function count_relisted_articles() rename to recount_relisted_articles;
--> statement-breakpoint
create or replace function recount_relisted_articles() returns trigger language plpgsql as $$
begin
  perform recount_articles(array(
    select distinct new_rows.article_id from new_rows join old_rows using (article_id, category_id)
    where new_rows.listed_at <> old_rows.listed_at
  ));
  return null;
end $$;
--> statement-breakpoint
drop trigger article_categories_relist on article_categories;
--> statement-breakpoint
create trigger article_categories_relist after update on article_categories
  referencing old table as old_rows new table as new_rows for each statement execute function recount_relisted_articles();
--> statement-breakpoint

-- A category moved: the articles of its subtree count in other ancestors now. One move runs at a time, and the exclusive
-- lock on the tree keeps writers of links waiting.
alter function count_moved_categories() rename to recount_moved_categories;
--> statement-breakpoint
create or replace function recount_moved_categories() returns trigger language plpgsql as $$
declare moved_ids bigint[] := array(
  select new_rows.id from new_rows join old_rows using (id) where new_rows.parent_id is distinct from old_rows.parent_id
);
begin
  if moved_ids = '{}' then
    return null;
  end if;
  perform pg_advisory_xact_lock(hashtext('rubric.category_tree'));
  perform recount_articles(array(
    with recursive subtree as (
      select unnest(moved_ids) as id
      union
      select categories.id from categories join subtree on categories.parent_id = subtree.id
    )
    select distinct article_id from article_categories where category_id in (select id from subtree)
  ));
  return null;
end $$;
--> statement-breakpoint
drop trigger categories_move on categories;
--> statement-breakpoint
create trigger categories_move after update on categories
  referencing old table as old_rows new table as new_rows for each statement execute function recount_moved_categories();
--> statement-breakpoint
drop function count_articles(bigint[]);
--> statement-breakpoint

alter function refuse_category_cycle() rename to reject_category_cycle;
--> statement-breakpoint

-- Documents of the text search. The bodies of these functions are those of the functions that they replace; the documents
-- stay as they are.
alter function searchable(text) rename to normalize_search_text;
--> statement-breakpoint
alter function breakable(text) rename to break_long_words;
--> statement-breakpoint
alter function indexed_part(text) rename to indexed_content;
--> statement-breakpoint
alter function article_words(text, text, text) rename to article_document;
--> statement-breakpoint
create or replace function article_document(title text, excerpt text, content text) returns tsvector language sql stable as $$
  select setweight(to_tsvector('rubric', break_long_words(normalize_search_text(title))), 'A')
    || setweight(to_tsvector('rubric', break_long_words(normalize_search_text(coalesce(excerpt, '')))), 'B')
    || setweight(to_tsvector('rubric', break_long_words(normalize_search_text(indexed_content(normalize(content))))), 'D')
$$;
--> statement-breakpoint
alter function index_article_words() rename to upsert_article_document;
--> statement-breakpoint
create or replace function upsert_article_document() returns trigger language plpgsql as $$
begin
  insert into article_search (article_id, document)
  values (new.id, article_document(new.title, new.excerpt, new.content))
  on conflict (article_id) do update set document = excluded.document;
  return null;
end $$;
--> statement-breakpoint
alter trigger articles_words on articles rename to articles_document;
--> statement-breakpoint

-- Inserts an entry into the audit log. The statement that writes names its actor (database/actor.ts); without a name, the
-- writer has a connection of its own, such as psql.
create function insert_audit_entry(action text, subject text, subject_id bigint, before jsonb, after jsonb) returns void
language sql as $$
  insert into audit_log (via, account_id, token_id, address, action, subject, subject_id, before, after)
  select coalesce(actor ->> 'via', 'database'), (actor ->> 'accountId')::bigint, (actor ->> 'tokenId')::bigint,
    actor ->> 'address', action, subject, subject_id, before, after
  from (select nullif(current_setting('rubric.actor', true), '')::jsonb as actor) as setting
$$;
--> statement-breakpoint

-- The keys of `value` whose values differ in `other`.
create function jsonb_difference(value jsonb, other jsonb) returns jsonb language sql immutable as $$
  select coalesce(jsonb_object_agg(entry.key, entry.value), '{}') from jsonb_each(value) as entry
  where other -> entry.key is distinct from entry.value
$$;
--> statement-breakpoint

-- Logs a change of a row: of an UPDATE the values that differ, of an INSERT all but the content, of a DELETE all. The
-- arguments are the subject and the columns that the log leaves out.
alter function note_change() rename to audit_row;
--> statement-breakpoint
create or replace function audit_row() returns trigger language plpgsql as $$
declare
  left_out text[] := tg_argv[1:] || array['listed_at', 'version', 'updated_at'];
  before jsonb;
  after jsonb;
  action text := 'change';
begin
  if tg_op <> 'INSERT' then before := to_jsonb(old) - left_out; end if;
  if tg_op <> 'DELETE' then after := to_jsonb(new) - left_out; end if;
  if tg_op = 'INSERT' then
    perform insert_audit_entry(tg_argv[0] || '.create', tg_argv[0], new.id, null, after - 'content');
  elsif tg_op = 'DELETE' then
    perform insert_audit_entry(tg_argv[0] || '.delete', tg_argv[0], old.id, before, null);
  elsif before <> after then
    if before ? 'deleted_at' and before -> 'deleted_at' <> after -> 'deleted_at' then
      action := case when after ->> 'deleted_at' is null then 'restore' else 'trash' end;
    end if;
    perform insert_audit_entry(tg_argv[0] || '.' || action, tg_argv[0], new.id,
      jsonb_difference(before, after), jsonb_difference(after, before));
  end if;
  return null;
end $$;
--> statement-breakpoint

-- Logs links, one entry per article and statement. The entry of a deleted category or author covers its links; a link
-- whose article was deleted is logged, because nothing else records it.
alter function note_links() rename to audit_links;
--> statement-breakpoint
create or replace function audit_links() returns trigger language plpgsql as $$
declare
  linked text := tg_argv[0];
begin
  if tg_op = 'INSERT' then
    perform insert_audit_entry('article.link', 'article', article_id, null, jsonb_build_object(linked, ids)) from (
      select article_id, jsonb_agg(to_jsonb(changed_links) -> linked order by position) as ids
      from changed_links group by article_id
    ) as by_article;
  else
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
--> statement-breakpoint
drop trigger article_categories_audit_insert on article_categories;
--> statement-breakpoint
create trigger article_categories_audit_insert after insert on article_categories
  referencing new table as changed_links for each statement execute function audit_links('category_id');
--> statement-breakpoint
drop trigger article_categories_audit_delete on article_categories;
--> statement-breakpoint
create trigger article_categories_audit_delete after delete on article_categories
  referencing old table as changed_links for each statement execute function audit_links('category_id');
--> statement-breakpoint
drop trigger article_authors_audit_insert on article_authors;
--> statement-breakpoint
create trigger article_authors_audit_insert after insert on article_authors
  referencing new table as changed_links for each statement execute function audit_links('author_id');
--> statement-breakpoint
drop trigger article_authors_audit_delete on article_authors;
--> statement-breakpoint
create trigger article_authors_audit_delete after delete on article_authors
  referencing old table as changed_links for each statement execute function audit_links('author_id');
--> statement-breakpoint
alter function note_reordered_link() rename to audit_link_position;
--> statement-breakpoint
create or replace function audit_link_position() returns trigger language plpgsql as $$
begin
  perform insert_audit_entry('article.reorder', 'article', new.article_id,
    jsonb_build_object(tg_argv[0], to_jsonb(old) -> tg_argv[0], 'position', old.position),
    jsonb_build_object(tg_argv[0], to_jsonb(new) -> tg_argv[0], 'position', new.position));
  return null;
end $$;
--> statement-breakpoint
drop function note_deed(text, text, bigint, jsonb, jsonb);
--> statement-breakpoint
drop function differing(jsonb, jsonb);
--> statement-breakpoint
alter function refuse_to_forget() rename to reject_audit_log_change;
