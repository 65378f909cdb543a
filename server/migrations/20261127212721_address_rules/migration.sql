create trigger redirects_audit after insert or update or delete on redirects
for each row execute function audit_row('redirect');
--> statement-breakpoint
-- A slug that a row takes belongs to that row: of all rows of its kind, none had it before. The unique index on the present
-- slugs makes a row wait that takes the slug of another, so the statement sees what the other row left behind.
create function take_slug() returns trigger language plpgsql as $$
begin
  delete from old_slugs where type = tg_argv[0] and slug = new.slug;
  return null;
end $$;
--> statement-breakpoint
create function leave_slug() returns trigger language plpgsql as $$
begin
  insert into old_slugs (type, slug, article_id, category_id, author_id) values (tg_argv[0], old.slug,
    case tg_argv[0] when 'article' then old.id end, case tg_argv[0] when 'category' then old.id end,
    case tg_argv[0] when 'author' then old.id end)
  on conflict (type, slug) do update
  set article_id = excluded.article_id, category_id = excluded.category_id, author_id = excluded.author_id;
  return null;
end $$;
--> statement-breakpoint
create trigger articles_take_slug after insert on articles
for each row when (new.deleted_at is null) execute function take_slug('article');
--> statement-breakpoint
create trigger articles_retake_slug after update on articles
for each row when (new.deleted_at is null and (old.slug <> new.slug or old.deleted_at is not null))
execute function take_slug('article');
--> statement-breakpoint
-- Nobody knows the slug of an article that was not published.
create trigger articles_leave_slug after update on articles
for each row when (old.slug <> new.slug and old.listed_at <= now()) execute function leave_slug('article');
--> statement-breakpoint
create trigger categories_take_slug after insert on categories for each row execute function take_slug('category');
--> statement-breakpoint
create trigger categories_retake_slug after update on categories
for each row when (old.slug <> new.slug) execute function take_slug('category');
--> statement-breakpoint
create trigger categories_leave_slug after update on categories
for each row when (old.slug <> new.slug) execute function leave_slug('category');
--> statement-breakpoint
create trigger authors_take_slug after insert on authors for each row execute function take_slug('author');
--> statement-breakpoint
create trigger authors_retake_slug after update on authors
for each row when (old.slug <> new.slug) execute function take_slug('author');
--> statement-breakpoint
create trigger authors_leave_slug after update on authors
for each row when (old.slug <> new.slug) execute function leave_slug('author');
