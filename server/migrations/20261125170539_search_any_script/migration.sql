-- PostgreSQL's parser of words asks the locale of the database what a letter is. In the locale C, which the embedded
-- PostgreSQL has, everything beyond ASCII is one, so “Hello” was a word with its quotation marks, and l’école one word.
-- So what is a space, a mark of punctuation or a symbol in any script becomes a blank before the parser sees it, and what
-- cannot be seen (soft hyphens, joiners, selectors of variants) goes. So does a hyphen before a digit: the parser takes
-- COVID-19 for a word and a negative number.
create function searchable(words text) returns text language sql immutable as $$
  select case when words ~ '[^\x01-\x7f]|-' then
    regexp_replace(
      regexp_replace(
        regexp_replace(normalize(words) collate "C", '[\u00ad\u200c\u200d\u2060\ufe00-\ufe0f\ufeff]', '', 'g'),
        -- Latin, modifiers, Greek, Armenian, Hebrew
        '[\u0080-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7'
        '\u02c2-\u02c5\u02d2-\u02df\u0384\u0385\u055a-\u055f\u0589\u058a\u05be\u05c0\u05c3\u05f3\u05f4'
        -- Arabic, scripts of India and South East Asia, Tibetan
        '\u0609-\u060d\u061b-\u061f\u066a-\u066d\u06d4\u0964\u0965\u0970\u0df4\u0e4f\u0e5a\u0e5b\u0f04-\u0f14\u0f3a-\u0f3d'
        -- Burmese, Georgian, Ethiopic, Canadian, Ogham, Khmer, Mongolian
        '\u104a-\u104f\u10fb\u1360-\u1368\u1400\u166e\u1680\u17d4-\u17da\u1800-\u180a'
        -- General punctuation, currencies, trade marks, arrows, mathematics, pictures
        '\u2000-\u206f\u207a-\u207e\u208a-\u208e\u20a0-\u20cf\u2100\u2116\u2117\u2120-\u2122\u2190-\u245f\u2500-\u2775\u2794-\u2bff'
        -- More punctuation, Chinese and Japanese, vertical and small forms
        '\u2e00-\u2e7f\u3000-\u3004\u3008-\u3020\u3030\u303d\u30a0\u30fb\ufd3e\ufd3f\ufe10-\ufe1f\ufe30-\ufe6f'
        -- Full width, emoji, tags
        '\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\uffe0-\uffff\U0001f000-\U0001faff\U000e0000-\U000e007f]',
        ' ', 'g'
      ),
      '(^|[^-])-(?=[0-9])', '\1 ', 'g'
    )
  else words end
$$;
--> statement-breakpoint
-- The first 200,000 characters, or as many of them as fit 300,000 bytes: some words take three times their bytes, whole
-- and in parts, and a document of 1 MiB cannot be stored.
create function indexed_part(content text) returns text language sql immutable as $$
  select left(content, case
    when octet_length(left(content, 200000)) <= 300000 then 200000
    when octet_length(left(content, 150000)) <= 300000 then 150000
    when octet_length(left(content, 100000)) <= 300000 then 100000
    else 75000
  end)
$$;
--> statement-breakpoint
-- Composed before it is cut: some letters take three times their room as Unicode wants them.
create or replace function article_words(title text, excerpt text, content text) returns tsvector language sql stable as $$
  select setweight(to_tsvector('rubric', breakable(searchable(title))), 'A')
    || setweight(to_tsvector('rubric', breakable(searchable(coalesce(excerpt, '')))), 'B')
    || setweight(to_tsvector('rubric', breakable(searchable(indexed_part(normalize(content))))), 'D')
$$;
--> statement-breakpoint
update article_search set document = article_words(title, excerpt, content) from articles
where article_search.article_id = articles.id
  and concat_ws(' ', title, excerpt, content) ~ '[^\x01-\x7f]|-[0-9]';
