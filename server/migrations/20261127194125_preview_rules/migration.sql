create trigger article_previews_audit after insert or update or delete on article_previews
for each row execute function audit_row('preview', 'hash');
