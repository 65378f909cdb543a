-- An import makes the documents of some thousand articles in one statement, on all processors: PostgreSQL starts parallel
-- workers for a read, and for none that also writes, so a function reads them first.
create or replace function note_unindexed_article() returns trigger language plpgsql as $$
declare
  bytes integer := 1000 + octet_length(new.title) + octet_length(new.content) + coalesce(octet_length(new.excerpt), 0);
begin
  if current_setting('rubric.index_noted_articles', true) = 'on'
    or bytes + (select coalesce(sum(search_backlog.bytes), 0) from search_backlog) <= 262144 then
    insert into search_backlog (article_id, bytes) values (new.id, bytes);
  else
    perform index_articles(array[new.id]);
  end if;
  return null;
end $$;
--> statement-breakpoint
create function list_article_documents(article_ids bigint[]) returns table (article_id bigint, document tsvector, article_version integer)
language plpgsql stable
set min_parallel_table_scan_size to 0 set min_parallel_index_scan_size to 0 set parallel_setup_cost to 0
set plan_cache_mode to 'force_custom_plan' as $$
begin
  return query select id, article_document(title, excerpt, content), version from articles where id = any(article_ids);
end $$;
--> statement-breakpoint
-- Makes the documents of the articles that this transaction has noted, which keeps their rows locked until it ends.
create function index_noted_articles() returns void language plpgsql as $$
declare ids bigint[];
begin
  with deleted_entries as (
    delete from search_backlog where xmin = pg_current_xact_id()::xid returning search_backlog.article_id
  )
  select array_agg(distinct article_id) into ids from deleted_entries;
  insert into article_search as indexed (article_id, document, article_version, document_version)
  select article_id, document, article_version, document_version() from list_article_documents(ids) order by article_id
  on conflict (article_id) do update set document = excluded.document, article_version = excluded.article_version,
    document_version = excluded.document_version
  where (indexed.article_version, indexed.document_version) < (excluded.article_version, excluded.document_version);
end $$;
