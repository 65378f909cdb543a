-- Entries from before revisions existed have no transaction. Those of articles hold texts, which become revisions and leave the
-- log, see docs/decisions/0036-texts-of-old-entries.md.

-- The values of an entry about an article without texts. The title of an article that was deleted for good stays.
create function without_article_texts(deed text, row_values jsonb) returns jsonb language sql immutable strict as $$
  select row_values - case when deed = 'article.delete' then '{excerpt,content}' else '{title,excerpt,content}' end::text[]
$$;
--> statement-breakpoint

-- An entry of the current transaction can still change: statements that write the same row meet in one entry, which nobody
-- else has seen yet. An entry from before revisions existed can lose the texts of its article, and name the revision that
-- has them; nothing else of it can change. That such a change is allowed must not allow another one after it in the same
-- transaction, so the transaction that wrote the entry counts, and not only the one that wrote this version of the row.
create or replace function reject_audit_log_change() returns trigger language plpgsql as $$
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
end $$;
--> statement-breakpoint

insert into audit_log_conversion (last_id, next_id)
select newest_id, newest_id from (select coalesce(max(id), 0) as newest_id from audit_log) as log;
