-- Written by `npm run generate` from ranks.queries.ts.

-- lockRanks(1)
select
  pg_advisory_xact_lock(hashtext ('rubric.ranks'), hashint8 ($1));

-- findRankBounds({ categoryId: 1, articleId: 5 }, {})
select
  link.rank,
  anchor.rank as anchor,
  null as previous,
  (
    select
      min(rank)
    from
      article_categories
    where
      category_id = $1
      and rank is not null
      and article_id <> $2
      and true
  ) as next
from
  article_categories as link
  join articles on articles.id = link.article_id
  and articles.deleted_at is null
  left join article_categories as anchor on anchor.category_id = link.category_id
  and anchor.article_id = $3::bigint
where
  link.category_id = $4
  and link.article_id = $5;

-- findRankBounds({ categoryId: 1, articleId: 5 }, { before: 12 })
select
  link.rank,
  anchor.rank as anchor,
  (
    select
      max(rank)
    from
      article_categories
    where
      category_id = $1
      and rank is not null
      and article_id <> $2
      and rank < anchor.rank
  ) as previous,
  anchor.rank as next
from
  article_categories as link
  join articles on articles.id = link.article_id
  and articles.deleted_at is null
  left join article_categories as anchor on anchor.category_id = link.category_id
  and anchor.article_id = $3::bigint
where
  link.category_id = $4
  and link.article_id = $5;

-- findRankBounds({ categoryId: 1, articleId: 5 }, { after: 12 })
select
  link.rank,
  anchor.rank as anchor,
  anchor.rank as previous,
  (
    select
      min(rank)
    from
      article_categories
    where
      category_id = $1
      and rank is not null
      and article_id <> $2
      and rank > anchor.rank
  ) as next
from
  article_categories as link
  join articles on articles.id = link.article_id
  and articles.deleted_at is null
  left join article_categories as anchor on anchor.category_id = link.category_id
  and anchor.article_id = $3::bigint
where
  link.category_id = $4
  and link.article_id = $5;

-- updateRank({ via: 'http', accountId: 1, tokenId: null, address: '192.0.2.1', command: null }, { categoryId: 1, articleId: 5 }, 'Vf')
update article_categories
set
  rank = $1
where
  category_id = $2
  and article_id = $3
  and rank is distinct from $4
  and set_config('rubric.actor', $5, true) is not null;

-- updateRank({ via: 'http', accountId: 1, tokenId: null, address: '192.0.2.1', command: null }, { categoryId: 1, articleId: 5 }, null)
update article_categories
set
  rank = $1
where
  category_id = $2
  and article_id = $3
  and rank is distinct from $4
  and set_config('rubric.actor', $5, true) is not null;

-- listRanked(1)
select
  article_id as "articleId"
from
  article_categories
where
  category_id = $1
  and rank is not null
order by
  rank;

-- deleteRanks({ via: 'http', accountId: 1, tokenId: null, address: '192.0.2.1', command: null }, 1)
update article_categories
set
  rank = null
where
  category_id = $1
  and rank is not null
  and set_config('rubric.actor', $2, true) is not null;

-- updateRanks(1, [ '5', '6' ], [ 'V', 'l' ])
update article_categories as link
set
  rank = ranked.rank
from
  unnest($1::bigint[], $2::text[]) as ranked (article_id, rank)
where
  link.category_id = $3
  and link.article_id = ranked.article_id;
