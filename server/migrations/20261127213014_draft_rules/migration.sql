-- A write can ask for a higher version than the next one: an article that was published from its working draft gets one above
-- every version of that draft, so that no stale `If-Match` of the draft matches the article.
create or replace function set_row_version() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'articles' then
    new.listed_at := old.listed_at; -- PostgreSQL computes the generated column after this trigger
    old.owner_id := new.owner_id;
  end if;
  if new is distinct from old then
    new.version := greatest(new.version, old.version + 1);
    if new.updated_at is not distinct from old.updated_at then
      new.updated_at := date_trunc('milliseconds', now());
    end if;
  end if;
  return new;
end $$;
