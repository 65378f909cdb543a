-- Limits are counted at each request; a crash may forget them.
alter table rate_limits set unlogged;
--> statement-breakpoint

-- Whose an article is, is not part of what is read of it: an account that goes must not raise versions.
create or replace function touch_row() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'articles' then
    new.listed_at := old.listed_at; -- not computed yet: PostgreSQL does that after this trigger
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

-- Writes an entry of the audit log, by whoever the statement said that it acts for (see database/acting.ts). Without that
-- it was somebody with a connection of their own.
create function note_deed(action text, subject text, subject_id bigint, before jsonb, after jsonb) returns void
language sql as $$
  insert into audit_log (via, account_id, token_id, address, action, subject, subject_id, before, after)
  select coalesce(actor ->> 'via', 'database'), (actor ->> 'accountId')::bigint, (actor ->> 'tokenId')::bigint,
    actor ->> 'address', action, subject, subject_id, before, after
  from (select nullif(current_setting('rubric.actor', true), '')::jsonb as actor) as deed
$$;
--> statement-breakpoint

-- The values of a row that the other does not have.
create function differing(of jsonb, other jsonb) returns jsonb language sql immutable as $$
  select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(of) where other -> key is distinct from value
$$;
--> statement-breakpoint

-- Notes what became of a row: of a change the values that differ, of a creation all but long texts, of a removal all.
-- The arguments are the name of what the row is, and the columns that the log must not or need not hold.
create function note_change() returns trigger language plpgsql as $$
declare
  kept text[] := tg_argv[1:] || array['listed_at', 'version', 'updated_at'];
  was jsonb;
  now jsonb;
  action text := 'change';
begin
  if tg_op <> 'INSERT' then was := to_jsonb(old) - kept; end if;
  if tg_op <> 'DELETE' then now := to_jsonb(new) - kept; end if;
  if tg_op = 'INSERT' then
    perform note_deed(tg_argv[0] || '.create', tg_argv[0], new.id, null, now - 'content');
  elsif tg_op = 'DELETE' then
    perform note_deed(tg_argv[0] || '.delete', tg_argv[0], old.id, was, null);
  elsif was <> now then
    if was ? 'deleted_at' and was -> 'deleted_at' <> now -> 'deleted_at' then
      action := case when now ->> 'deleted_at' is null then 'restore' else 'trash' end;
    end if;
    perform note_deed(tg_argv[0] || '.' || action, tg_argv[0], new.id, differing(was, now), differing(now, was));
  end if;
  return null;
end $$;
--> statement-breakpoint

-- Only the columns that somebody writes: versions that rise with a change of links are noted there.
create trigger articles_audit_insert after insert on articles for each row execute function note_change('article');
--> statement-breakpoint
create trigger articles_audit_update
after update of title, slug, excerpt, content, content_format, published_at, deleted_at, owner_id on articles
for each row execute function note_change('article');
--> statement-breakpoint
create trigger articles_audit_delete after delete on articles for each row execute function note_change('article');
--> statement-breakpoint
create trigger categories_audit after insert or update or delete on categories
for each row execute function note_change('category');
--> statement-breakpoint
create trigger authors_audit after insert or update or delete on authors
for each row execute function note_change('author');
--> statement-breakpoint
create trigger accounts_audit after insert or update or delete on accounts
for each row execute function note_change('account');
--> statement-breakpoint
create trigger invitations_audit after insert or update or delete on invitations
for each row execute function note_change('invitation', 'hash');
--> statement-breakpoint
create trigger api_tokens_audit_insert after insert on api_tokens
for each row execute function note_change('token', 'hash', 'last_used_at');
--> statement-breakpoint
create trigger api_tokens_audit_update after update of name, role, revoked_at, expires_at, read_only, category_ids
on api_tokens for each row execute function note_change('token', 'hash', 'last_used_at');
--> statement-breakpoint
create trigger api_tokens_audit_delete after delete on api_tokens
for each row execute function note_change('token', 'hash', 'last_used_at');
--> statement-breakpoint

-- Links come and go many at a time: an entry for each article says which. A category that was deleted took its links with
-- it, and its own entry says so; a link whose article was deleted is noted, since nothing else remembers it.
create function note_links() returns trigger language plpgsql as $$
declare
  linked text := tg_argv[0];
begin
  if tg_op = 'INSERT' then
    perform note_deed('article.link', 'article', article_id, null, jsonb_build_object(linked, ids)) from (
      select article_id, jsonb_agg(to_jsonb(changed) -> linked order by position) as ids from changed group by article_id
    ) as each;
  else
    perform note_deed('article.unlink', 'article', article_id, jsonb_build_object(linked, ids), null) from (
      select article_id, jsonb_agg(to_jsonb(changed) -> linked order by position) as ids from changed
      where case linked
        when 'category_id' then exists (select from categories where id = (to_jsonb(changed) ->> linked)::bigint)
        else exists (select from authors where id = (to_jsonb(changed) ->> linked)::bigint) end
      group by article_id
    ) as each;
  end if;
  return null;
end $$;
--> statement-breakpoint
create function note_reordered_link() returns trigger language plpgsql as $$
begin
  perform note_deed('article.reorder', 'article', new.article_id,
    jsonb_build_object(tg_argv[0], to_jsonb(old) -> tg_argv[0], 'position', old.position),
    jsonb_build_object(tg_argv[0], to_jsonb(new) -> tg_argv[0], 'position', new.position));
  return null;
end $$;
--> statement-breakpoint
create trigger article_categories_audit_insert after insert on article_categories
referencing new table as changed for each statement execute function note_links('category_id');
--> statement-breakpoint
create trigger article_categories_audit_delete after delete on article_categories
referencing old table as changed for each statement execute function note_links('category_id');
--> statement-breakpoint
create trigger article_categories_audit_reorder after update of position on article_categories
for each row when (old.position <> new.position) execute function note_reordered_link('category_id');
--> statement-breakpoint
create trigger article_authors_audit_insert after insert on article_authors
referencing new table as changed for each statement execute function note_links('author_id');
--> statement-breakpoint
create trigger article_authors_audit_delete after delete on article_authors
referencing old table as changed for each statement execute function note_links('author_id');
--> statement-breakpoint
create trigger article_authors_audit_reorder after update of position on article_authors
for each row when (old.position <> new.position) execute function note_reordered_link('author_id');
--> statement-breakpoint

-- The log only grows. Who has to shorten it disables the trigger, which takes the owner of the table.
create function refuse_to_forget() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is append-only' using errcode = 'insufficient_privilege';
end $$;
--> statement-breakpoint
create trigger audit_log_append_only before update or delete or truncate on audit_log
for each statement execute function refuse_to_forget();
