import { AT, type SamplesOf } from '../../../scripts/sample-values.ts';
import { COMMAND } from '../../access/principal.ts';
import { ArticleListQuery, CategoryArticlesQuery } from './article-list.schema.ts';
import { planList } from './list-plan.reader.ts';
import type { ListShape } from './list-shape.ts';

/** One sample for each plan, not for each parameter. Shapes and values are those of real requests; lists are those of anonymous callers. */
const plan = (query: Record<string, string>) => planList(ArticleListQuery.parse(query), COMMAND, null);
const list = (query: Record<string, string>, more: Partial<ListShape> = {}) => {
  const { shape, values } = plan(query);
  return [{ ...shape, showsDrafts: false, ...more }, values] as const satisfies unknown[];
};
/** The list of a category, in the order of the category. */
const ofCategory = (query: Record<string, string>) => {
  const { shape, values } = planList(CategoryArticlesQuery.parse(query), COMMAND, { id: 1 });
  return [shape, values] as const satisfies unknown[];
};
const filter = (query: Record<string, string>) => {
  const { shape, values } = plan(query).filter;
  return [shape, values] as const satisfies unknown[];
};

export const samples = {
  listArticles: {
    'one index range: a category from a cursor on (categories[all]=1&after=…)': list(
      { 'categories[all]': '1' },
      { hasCursor: true },
    ),
    'the smallest category walked, the other probed per row (categories[all]=1,2&categories[none]=3)': list({
      'categories[all]': '1,2',
      'categories[none]': '3',
    }),
    'scan of the newest articles, then a merge (categories[all]=1,2&descendants=true)': list({
      'categories[all]': '1,2',
      descendants: 'true',
    }),
    'two walks, or one, by the ordering of the category (/categories/1/articles)': ofCategory({}),
    'two walks: ranked links, then the others (categories[all]=1&sort=rank)': list({
      'categories[all]': '1',
      sort: 'rank',
    }),
    'merge alone (author=1)': list({ author: '1' }),
    'with content, as long as it fits (fields=content)': list({ fields: 'content' }),
    'index of another sort, or sorted matches (status=draft,trashed&published[gte]=…)': list({
      status: 'draft,trashed',
      'published[gte]': AT.toISOString(),
    }),
    'given articles, tested and sorted (ids=1,2&q=bread)': list({ ids: '1,2', q: 'bread' }),
    'articles with a working draft, tested and sorted (hasDraft=true)': list(
      { hasDraft: 'true' },
      { showsDrafts: true },
    ),
    'the first articles tested, or all without a category (uncategorised=true)': list({ uncategorised: 'true' }),
    'scan in the order of the list, else all matches sorted (categories[any]=1,2&sort=title)': list({
      'categories[any]': '1,2',
      sort: 'title',
    }),
    'search: scan, GIN index, list walk (q=bread)': list({ q: 'bread' }),
    'relevance: all matches of a rare term ranked (q=bread&sort=relevance)': list({ q: 'bread', sort: 'relevance' }),
    'relevance: matches above the rank cutoff (q=bread&sort=relevance)': list(
      { q: 'bread', sort: 'relevance' },
      { relevancePart: 'ranked' },
    ),
  },
  countArticles: {
    'stored count of a category (categories[all]=1)': filter({ 'categories[all]': '1' }),
    'links of several categories (categories[any]=1,2)': filter({ 'categories[any]': '1,2' }),
    'given articles (ids=1,2)': filter({ ids: '1,2' }),
    'merge anti-join with all links (uncategorised=true)': filter({ uncategorised: 'true' }),
    'several subtrees: the smallest probed, or the links of all grouped (categories[all]=1,2&descendants=true)': filter(
      {
        'categories[all]': '1,2',
        descendants: 'true',
      },
    ),
    'search: probes of few links, GIN index for many (q=bread&categories[all]=1)': filter({
      q: 'bread',
      'categories[all]': '1',
    }),
  },
  findRankCutoff: { 'sample, then GIN index (q=bread&sort=relevance)': list({ q: 'bread', sort: 'relevance' }) },
  countRanked: {
    'matches above the rank cutoff (q=bread&sort=relevance)': list(
      { q: 'bread', sort: 'relevance' },
      { relevancePart: 'ranked' },
    ),
  },
  listFacets: {
    'stored counts (no filter)': filter({}),
    'counted from links (author=1)': filter({ author: '1' }),
  },
} satisfies SamplesOf<typeof import('./list.queries.ts')>;
