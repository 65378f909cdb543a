-- Written by `npm run generate` from address-checks.queries.ts.

-- listBrokenOldSlugs()
select
  difference,
  (count(*) over ())::int as total
from
  (
    select
      case
        when target.id is null then format('the old slug %s leads to the article %s, which does not exist', old.slug, article_id)
        else format('the old slug %s of the article %s is the slug of the article %s', old.slug, target.id, present.id)
      end
    from
      old_slugs as old
      left join articles as target on target.id = article_id
      left join articles as present on present.slug = old.slug
      and present.deleted_at is null
    where
      old.type = 'article'
      and (
        target.id is null
        or present.id is not null
      )
    union all
    select
      case
        when target.id is null then format('the old slug %s leads to the category %s, which does not exist', old.slug, category_id)
        else format(
          'the old slug %s of the category %s is the slug of the category %s',
          old.slug,
          target.id,
          present.id
        )
      end
    from
      old_slugs as old
      left join categories as target on target.id = category_id
      left join categories as present on present.slug = old.slug
    where
      old.type = 'category'
      and (
        target.id is null
        or present.id is not null
      )
    union all
    select
      case
        when target.id is null then format('the old slug %s leads to the author %s, which does not exist', old.slug, author_id)
        else format('the old slug %s of the author %s is the slug of the author %s', old.slug, target.id, present.id)
      end
    from
      old_slugs as old
      left join authors as target on target.id = author_id
      left join authors as present on present.slug = old.slug
    where
      old.type = 'author'
      and (
        target.id is null
        or present.id is not null
      )
  ) as violations (difference)
order by
  difference
limit
  $1;

-- listBrokenRedirects()
select
  difference,
  (count(*) over ())::int as total
from
  (
    select
      format('the redirect of %s leads to the article %s, which does not exist', path, article_id)
    from
      redirects
    where
      article_id is not null
      and not exists (
        select
        from
          articles
        where
          id = article_id
      )
    union all
    select
      format('the redirect of %s leads to the category %s, which does not exist', path, category_id)
    from
      redirects
    where
      category_id is not null
      and not exists (
        select
        from
          categories
        where
          id = category_id
      )
    union all
    select
      format('the redirect of %s leads to the author %s, which does not exist', path, author_id)
    from
      redirects
    where
      author_id is not null
      and not exists (
        select
        from
          authors
        where
          id = author_id
      )
    union all
    select
      format('the redirect of %s is not found: the path is not in the form in which paths are compared', path)
    from
      redirects
    where
      path ~ '[?#]|//|/$|/\.{1,2}(/|$)'
      or path is not nfc normalized
  ) as violations (difference)
order by
  difference
limit
  $1;
