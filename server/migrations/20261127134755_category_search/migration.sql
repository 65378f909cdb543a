-- Search in the names of categories. Stable, not immutable, so that PostgreSQL inlines it. ASCII names skip what they do
-- not need, and normalize() for every name would take longer than all the rest.
create function fold_name(name text) returns text language sql stable as $$
  select case
    when name !~ '[^\x01-\x7f]' then lower(name collate "und-x-icu")
    else translate(
      lower(unaccent(regexp_replace(
        case when name is nfc normalized then name else normalize(name) end,
        '[\u00ad\u200c\u200d\u2060\ufeff]', '', 'g'
      )) collate "und-x-icu"),
      'ς', 'σ'
    )
  end
$$;
--> statement-breakpoint
-- How well a folded name matches a text, the best first: it is the text, begins with it, a word in it does, it contains it.
-- `word_start` is the text as a regular expression for the beginning of a word: made once, not for each name.
create function match_rank(folded_name text, sought text, word_start text) returns integer language sql immutable as $$
  select case
    when folded_name = sought then 1
    when starts_with(folded_name, sought) then 2
    when folded_name collate "und-x-icu" ~ word_start then 3
    when strpos(folded_name, sought) > 0 then 4
    else 5
  end
$$;
