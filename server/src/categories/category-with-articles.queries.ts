import { type SQL, sql } from 'drizzle-orm';
import { listedSelection } from '../articles/articles.queries.ts';
import { unrankedKey } from '../articles/list/rank-order.queries.ts';
import { hasDraft, type ReadScope } from '../articles/visibility/visibility.queries.ts';
import type { Database } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import { type CategoriesTable, categorySelection } from './categories.queries.ts';
import { MAX_CHILDREN } from './max-children.ts';

const p = sql.placeholder;

/** The first children, each with its counts: looked up once for both, after the limit. */
const childrenOf = (t: CategoriesTable) => sql<Child[]>`(
  select coalesce(json_agg(json_build_object('id', child.id, 'name', child.name, 'slug', child.slug,
    'articleCount', coalesce(stored.direct, 0) + due.direct, 'articleCountDeep', coalesce(stored.deep, 0) + due.deep)
    order by child.position, child.id), '[]')
  from (select id, name, slug, position from categories where parent_id = ${t.id} order by position, id limit ${sql.raw(String(MAX_CHILDREN))}) as child
  left join category_counts as stored on stored.category_id = child.id
  cross join lateral (
    select coalesce(sum(direct), 0) as direct, coalesce(sum(deep), 0) as deep
    from category_count_deltas where category_id = child.id and effective_at <= now()
  ) as due)`;

interface Child {
  id: number;
  name: string;
  slug: string;
  articleCount: number;
  articleCountDeep: number;
}

// Drizzle calls the category d0 and the joining table tr0.
const isManual = sql`(d0.ordering = 'manual')`;
const isPublished = sql`tr0.listed_at <= now()`;
/** Whether the ranked articles leave room on the page. */
const hasRoom = sql`(select count(*) from (
  select from article_categories as link where link.category_id = d0.id and link.rank is not null and link.listed_at <= now()
  limit ${p('articleLimit')}) as first_ranked) < ${p('articleLimit')}`;

/** Reads the articles of a category through the many-to-many relation, in the same statement. */
const findWithArticlesStatement = (
  name: string,
  condition: (t: CategoriesTable) => SQL,
  extras = listedSelection.extras,
) =>
  prepared(name, (db) =>
    db.query.categories.findFirst({
      ...categorySelection,
      extras: { ...categorySelection.extras, children: childrenOf },
      where: { RAW: condition },
      with: {
        rankedArticles: {
          ...listedSelection,
          extras: { ...extras, sortKey: () => sql<string>`tr0.rank` },
          where: { RAW: () => sql`${isManual} and tr0.rank is not null and ${isPublished}` },
          orderBy: () => sql`tr0.rank`,
          limit: p('articleLimit'),
        },
        articles: {
          ...listedSelection,
          extras: {
            ...extras,
            sortKey: () => unrankedKey(isManual),
          },
          where: {
            // Two conditions: the first one depends on no link, and is tested before any is read.
            RAW: () =>
              sql`(not ${isManual} or ${hasRoom}) and (not ${isManual} or tr0.rank is null) and ${isPublished}`,
          },
          orderBy: { listedAt: 'desc', id: 'desc' },
          limit: p('articleLimit'),
        },
      },
    }),
  );
const findStatements = (name: string, extras = listedSelection.extras) => ({
  byId: findWithArticlesStatement(`category_by_id_${name}`, (t) => sql`${t.id} = ${p('key')}::bigint`, extras),
  bySlug: findWithArticlesStatement(`category_by_slug_${name}`, (t) => sql`${t.slug} = ${p('key')}`, extras),
});
const findWithArticles = findStatements('with_articles');
const withDraft = { ...listedSelection.extras, hasDraft };
const findWithDrafts = findStatements('with_articles_and_drafts', withDraft);

/**
 * Finds a category with its first published articles in its ordering, at most `articleLimit` of them, each with `hasDraft` for
 * a caller that sees working drafts. `sortKey` is that of a list by rank, null where the category is not manual.
 */
export async function findCategoryWithArticles(
  db: Database,
  key: { id: number } | { slug: string },
  articleLimit: number,
  scope: ReadScope,
) {
  const { byId, bySlug } = scope.seesWorkingDrafts ? findWithDrafts : findWithArticles;
  const found = await ('id' in key
    ? byId(db).execute({ ...scope, key: key.id, articleLimit })
    : bySlug(db).execute({ ...scope, key: key.slug, articleLimit }));
  if (!found) return undefined;
  const { rankedArticles, articles, ...category } = found;
  return { ...category, articles: [...rankedArticles, ...articles].slice(0, articleLimit) };
}
