insert into name_epoch default values;
--> statement-breakpoint
create function set_name_epoch() returns trigger language plpgsql as $$
begin
  -- The deferred triggers of a transaction come here once for each row, and the first of them sets the epoch for all.
  update name_epoch set epoch = default, transaction_id = pg_current_xact_id()
    where transaction_id is distinct from pg_current_xact_id();
  return null;
end $$;
--> statement-breakpoint
-- Deferred, so that a long transaction, such as an import, holds up other renames only while it commits. A new row needs no
-- epoch: nobody knows its id yet, and no server its name.
create constraint trigger categories_rename after delete or update of id, name, slug on categories
  deferrable initially deferred for each row execute function set_name_epoch();
--> statement-breakpoint
create constraint trigger authors_rename after delete or update of id, name, slug on authors
  deferrable initially deferred for each row execute function set_name_epoch();
--> statement-breakpoint
create trigger categories_truncate after truncate on categories for each statement execute function set_name_epoch();
--> statement-breakpoint
create trigger authors_truncate after truncate on authors for each statement execute function set_name_epoch();
