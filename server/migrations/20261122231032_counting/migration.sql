-- Exact counts without a hot row, and the words of articles. See docs/decisions/0005-counts.md.

-- An article counts once in each category it is filed under (`filed`) and once in each of those and the categories above
-- them (`sections`), from the moment it is listed. This function compares what was counted of some articles with what is
-- true of them now, and notes the differences. It may be called at any time, any number of times: what triggers fire in
-- one statement, and in which order, does not matter.
--
-- Callers hold the rows of the articles, so that no two compute the same one at once, and a share of the tree's lock, so
-- that the tree stands still. plpgsql, since each of its statements sees what was committed while the locks were awaited.
create function count_articles(ids bigint[]) returns void language plpgsql as $$
begin
  if ids = '{}' then
    return;
  end if;
  perform pg_advisory_xact_lock_shared(hashtext('rubric.category_tree'));
  with recursive now_filed as (
    select links.article_id, links.category_id, articles.listed_at
    from article_categories as links join articles on articles.id = links.article_id
    where links.article_id = any(ids) and articles.listed_at < 'infinity'
  ), now_above as (
    select article_id, category_id from now_filed
    union
    select now_above.article_id, categories.parent_id
    from now_above join categories on categories.id = now_above.category_id where categories.parent_id is not null
  ), now_counted as (
    select filed.article_id, filed.listed_at, filed.ids as filed, above.ids as sections
    from (select article_id, listed_at, array_agg(category_id order by category_id) as ids from now_filed group by 1, 2) as filed
    join (select article_id, array_agg(category_id order by category_id) as ids from now_above group by 1) as above
      using (article_id)
  ), differing as (
    select coalesce(now.article_id, was.article_id) as article_id, was.article_id is not null as was_counted,
      was.filed as was_filed, was.sections as was_sections, was.listed_at as was_listed_at,
      now.filed, now.sections, now.listed_at
    from now_counted as now
    full join (select * from counted_articles where article_id = any(ids)) as was using (article_id)
    where (now.filed, now.sections, now.listed_at) is distinct from (was.filed, was.sections, was.listed_at)
  ), forgotten as (
    delete from counted_articles using differing
    where counted_articles.article_id = differing.article_id and differing.listed_at is null
  ), remembered as (
    insert into counted_articles (article_id, filed, sections, listed_at)
    select article_id, filed, sections, listed_at from differing where listed_at is not null
    on conflict (article_id) do update
      set filed = excluded.filed, sections = excluded.sections, listed_at = excluded.listed_at
  )
  insert into category_count_changes (category_id, effective_at, direct, deep)
  select category_id, effective_at, sum(direct), sum(deep) from (
    select unnest(was_filed) as category_id, was_listed_at as effective_at, -1 as direct, 0 as deep from differing
    union all select unnest(filed), listed_at, 1, 0 from differing
    union all select unnest(was_sections), was_listed_at, 0, -1 from differing
    union all select unnest(sections), listed_at, 0, 1 from differing
  ) as changes
  group by 1, 2 having sum(direct) <> 0 or sum(deep) <> 0;
end $$;
--> statement-breakpoint

create or replace function touch_linked_articles() returns trigger language plpgsql as $$
declare ids bigint[] := array(select distinct article_id from changed);
begin
  perform touch_articles(ids);
  if tg_table_name = 'article_categories' then
    perform count_articles(ids);
  end if;
  return null;
end $$;
--> statement-breakpoint

-- The foreign key carries a new `listed_at` to the links: the article is published, withdrawn, trashed or restored.
create function count_relisted_articles() returns trigger language plpgsql as $$
begin
  perform count_articles(array(
    select distinct now.article_id from now join was using (article_id, category_id) where now.listed_at <> was.listed_at
  ));
  return null;
end $$;
--> statement-breakpoint
create trigger article_categories_relist after update on article_categories
  referencing old table as was new table as now for each statement execute function count_relisted_articles();
--> statement-breakpoint

-- A category moved: what is filed below it counts in other sections now. Moves take turns and keep link writers out.
create function count_moved_categories() returns trigger language plpgsql as $$
declare moved bigint[] := array(select now.id from now join was using (id) where now.parent_id is distinct from was.parent_id);
begin
  if moved = '{}' then
    return null;
  end if;
  perform pg_advisory_xact_lock(hashtext('rubric.category_tree'));
  perform count_articles(array(
    with recursive below as (
      select unnest(moved) as id
      union
      select categories.id from categories join below on categories.parent_id = below.id
    )
    select distinct article_id from article_categories where category_id in (select id from below)
  ));
  return null;
end $$;
--> statement-breakpoint
create trigger categories_move after update on categories
  referencing old table as was new table as now for each statement execute function count_moved_categories();
--> statement-breakpoint
-- Its rows come and go with little ceremony: keep it small.
alter table category_count_changes set (
  autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0,
  autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 50000
);
--> statement-breakpoint

-- Words as they are written, in any language, without accents: "creme" finds "Crème".
create extension if not exists unaccent;
--> statement-breakpoint
create text search configuration rubric (copy = simple);
--> statement-breakpoint
alter text search configuration rubric
  alter mapping for hword, hword_part, word with unaccent, simple;
--> statement-breakpoint
-- A document ends at 1 MB, so an article's words end before that. Composed, so that a letter and its accent are one word.
create function article_words(title text, excerpt text, content text) returns tsvector language sql stable as $$
  select setweight(to_tsvector('rubric', normalize(title)), 'A')
    || setweight(to_tsvector('rubric', normalize(coalesce(excerpt, ''))), 'B')
    || setweight(to_tsvector('rubric', normalize(left(content, 200000))), 'D')
$$;
--> statement-breakpoint
create function index_article_words() returns trigger language plpgsql as $$
begin
  insert into article_search (article_id, document) values (new.id, article_words(new.title, new.excerpt, new.content))
  on conflict (article_id) do update set document = excluded.document;
  return null;
end $$;
--> statement-breakpoint
create trigger articles_words after insert or update of title, excerpt, content on articles
  for each row execute function index_article_words();
--> statement-breakpoint

-- What was there before these triggers.
insert into article_search select id, article_words(title, excerpt, content) from articles;
--> statement-breakpoint
select count_articles(array(select id from articles));
