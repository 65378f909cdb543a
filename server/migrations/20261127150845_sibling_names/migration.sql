-- The form in which names of sibling categories are compared: NFKC, without invisible characters, blanks as single spaces,
-- without regard to case. PostgreSQL 15 has no case folding, so: `lower` makes ẞ to ß, `upper` makes ß to SS. ICU's root
-- collation, so that "É" equals "é" under any collation of the database. Unlike `fold_name`, which searches, it keeps
-- accents: "Mate" and "Maté" are two categories.
--
-- Invisible are the characters that Unicode ignores by default, and controls. The flags of England and Scotland differ only
-- in such characters: those that follow U+1F3F4 stay. An entry of an index has at most 2,704 bytes: NFKC makes 18
-- characters of U+FDFA, so only names with such characters are cut.
create function fold_category_name(name text) returns text language sql immutable as $$
  select left(normalize(lower(upper(lower(trim(regexp_replace(
    regexp_replace(
      normalize(name, NFKC),
      '(\U0001f3f4[\U000e0020-\U000e007f]+)|[\u0001-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c'
        '\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0'
        '\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]',
      '\1', 'g'
    ),
    '[\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u2800\u3000]+', ' ', 'g'
  )) collate "und-x-icu"))), NFKC), 600)
$$;
--> statement-breakpoint
-- Siblings that were different so far and now look the same: the oldest keeps its name, the others become "News (2)".
do $$
declare
  category record;
  suffix text;
  new_name text;
begin
  for category in
    select id, name, parent_id from (
      select id, name, parent_id,
        row_number() over (partition by parent_id, fold_category_name(name) order by id) as place
      from categories
    ) as siblings
    where place > 1 order by id
  loop
    for number in 2..2147483647 loop
      suffix := format(' (%s)', number);
      new_name := left(regexp_replace(category.name, '^\s+|\s+$', '', 'g'), 200 - length(suffix)) || suffix;
      exit when not exists (
        select from categories
        where coalesce(parent_id, 0) = coalesce(category.parent_id, 0)
          and fold_category_name(name) = fold_category_name(new_name)
      );
    end loop;
    update categories set name = new_name where id = category.id;
    raise warning 'Category % was renamed from "%" to "%": the name of a sibling looks the same.',
      category.id, category.name, new_name;
  end loop;
end $$;
--> statement-breakpoint
DROP INDEX "categories_sibling_name_key";--> statement-breakpoint
CREATE UNIQUE INDEX "categories_sibling_name_key" ON "categories" (coalesce(parent_id, 0),fold_category_name(name));
