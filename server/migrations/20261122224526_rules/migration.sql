-- What constraints cannot say. See docs/decisions/0002-rules-in-the-database.md.

-- `version` and `updated_at` cannot be forgotten by a writer, nor raised by an update that changes nothing.
-- An importer that sets `updated_at` itself keeps its value.
create function touch_row() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'articles' then
    new.listed_at := old.listed_at; -- not computed yet: PostgreSQL does that after this trigger
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
create trigger articles_touch before update on articles for each row execute function touch_row();
--> statement-breakpoint
create trigger categories_touch before update on categories for each row execute function touch_row();
--> statement-breakpoint
create trigger authors_touch before update on authors for each row execute function touch_row();
--> statement-breakpoint

-- An article's links are part of it: filing it, unfiling it or reordering its categories raises its version, once in a
-- transaction. A row whose xmin is this transaction was inserted or raised by it already.
create function touch_articles(ids bigint[]) returns void language sql as $$
  update articles set version = version + 1
  where id = any(ids) and xmin <> pg_current_xact_id()::xid
$$;
--> statement-breakpoint
create function touch_linked_articles() returns trigger language plpgsql as $$
begin
  perform touch_articles(array(select distinct article_id from changed));
  return null;
end $$;
--> statement-breakpoint
create function touch_reordered_article() returns trigger language plpgsql as $$
begin
  perform touch_articles(array[new.article_id]);
  return null;
end $$;
--> statement-breakpoint
create trigger article_categories_insert after insert on article_categories
  referencing new table as changed for each statement execute function touch_linked_articles();
--> statement-breakpoint
create trigger article_categories_delete after delete on article_categories
  referencing old table as changed for each statement execute function touch_linked_articles();
--> statement-breakpoint
create trigger article_categories_reorder after update of position on article_categories
  for each row when (old.position <> new.position) execute function touch_reordered_article();
--> statement-breakpoint
create trigger article_authors_insert after insert on article_authors
  referencing new table as changed for each statement execute function touch_linked_articles();
--> statement-breakpoint
create trigger article_authors_delete after delete on article_authors
  referencing old table as changed for each statement execute function touch_linked_articles();
--> statement-breakpoint
create trigger article_authors_reorder after update of position on article_authors
  for each row when (old.position <> new.position) execute function touch_reordered_article();
--> statement-breakpoint

-- No category is its own ancestor, also when two moves race: moves take turns, and each looks again after its turn came
-- (a volatile function sees what was committed while it waited).
create function refuse_category_cycle() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtext('rubric.category_tree'));
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
end $$;
--> statement-breakpoint
create trigger categories_cycle before update of parent_id on categories
  for each row when (new.parent_id is distinct from old.parent_id and new.parent_id is not null)
  execute function refuse_category_cycle();
