-- Written by `npm run generate` from slugs.queries.ts.

-- listSlugsLike('articles', 'bread')
-- planned each time, for its values
select
  "slug"
from
  "articles"
where
  (
    ("articles"."slug" like $1)
    and (("articles"."deleted_at" is null))
  );

-- listSlugsLike('categories', 'food')
-- planned each time, for its values
select
  "slug"
from
  "categories"
where
  "categories"."slug" like $1;

-- lockSlug('articles', 'bread')
select
  pg_advisory_xact_lock(hashtext ($1), hashtext ($2));
