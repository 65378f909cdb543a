-- PostgreSQL's parser of words looks ahead to the next blank, and for some texts begins anew at each letter: 100 kB of
-- `_` or of `2026-01-01T` kept it busy for 15 seconds and more. Nothing that somebody reads is so long without a blank;
-- cut there, the worst takes half a second for all that is indexed, and prose takes a tenth longer than before.
create function breakable(words text) returns text language sql immutable as $$
  select case when words ~ '\S{255}' then regexp_replace(words, '(\S{255})', '\1 ', 'g') else words end
$$;
--> statement-breakpoint
create or replace function article_words(title text, excerpt text, content text) returns tsvector language sql stable as $$
  select setweight(to_tsvector('rubric', normalize(breakable(title))), 'A')
    || setweight(to_tsvector('rubric', normalize(breakable(coalesce(excerpt, '')))), 'B')
    || setweight(to_tsvector('rubric', normalize(breakable(left(content, 200000)))), 'D')
$$;
--> statement-breakpoint
update article_search set document = article_words(title, excerpt, content) from articles
where article_search.article_id = articles.id and concat_ws(' ', title, excerpt, left(content, 200000)) ~ '\S{255}';
