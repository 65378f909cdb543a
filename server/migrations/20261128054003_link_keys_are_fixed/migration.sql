-- Counts and versions follow the links that are inserted and deleted. An update in psql that gave a link another article,
-- category or author changed neither, and would take the rank from one category to another: it is refused.
create function reject_link_key_change() returns trigger language plpgsql as $$
begin
  raise exception 'a link keeps its article and its %: delete it and insert another', tg_argv[0]
    using errcode = 'integrity_constraint_violation';
end $$;
--> statement-breakpoint
create trigger article_categories_keep_key before update of article_id, category_id on article_categories for each row
  when (old.article_id <> new.article_id or old.category_id <> new.category_id) execute function reject_link_key_change('category');
--> statement-breakpoint
create trigger article_authors_keep_key before update of article_id, author_id on article_authors for each row
  when (old.article_id <> new.article_id or old.author_id <> new.author_id) execute function reject_link_key_change('author');
--> statement-breakpoint
-- TRUNCATE, of the links or, with cascade, of the articles, fires no trigger for rows: the counts stayed.
create function recount_truncated_articles() returns trigger language plpgsql as $$
begin
  perform recount_articles(array(select article_id from counted_articles));
  return null;
end $$;
--> statement-breakpoint
create trigger article_categories_truncate after truncate on article_categories for each statement execute function recount_truncated_articles();
