import { AT, type SamplesOf } from '../../../scripts/sample-values.ts';
import { COMMAND } from '../../access/principal.ts';
import { ArticleListQuery } from '../articles.schema.ts';
import { type ListShape } from './keyset.queries.ts';
import { planList } from './list-plan.ts';

/** What a request for a list makes of its parameters, so that these samples are the requests that people make. */
const plan = (parameters: Record<string, string>) => planList(ArticleListQuery.parse(parameters), COMMAND, null);
const list = (parameters: Record<string, string>, more: Partial<ListShape> = {}) => {
  const { shape, values } = plan(parameters);
  return [{ ...shape, ...more }, values] as const satisfies unknown[];
};
const filter = (parameters: Record<string, string>) => {
  const { shape, values } = plan(parameters).filter;
  return [shape, values] as const satisfies unknown[];
};

export const samples = {
  listArticles: {
    '(first page)': list({}),
    'after=…': list({}, { started: true }),
    'categories[all]=1&after=…': list({ 'categories[all]': '1' }, { started: true }),
    'categories[all]=1,2&descendants=true': list({ 'categories[all]': '1,2', descendants: 'true' }),
    'categories[any]=1,2&categories[none]=3': list({ 'categories[any]': '1,2', 'categories[none]': '3' }),
    'status=draft,trashed': list({ status: 'draft,trashed' }),
    'sort=title&published[gte]=…': list({ sort: 'title', 'published[gte]': AT.toISOString() }),
    'q=bread&categories[all]=1': list({ q: 'bread', 'categories[all]': '1' }),
    'q=bread&sort=relevance, all of it ranked': list({ q: 'bread', sort: 'relevance' }),
    'q=bread&sort=relevance, above the border': list({ q: 'bread', sort: 'relevance' }, { part: 'ranked' }),
    'q=bread&sort=relevance, below it': list({ q: 'bread' }, { part: 'rest' }),
  },
  countArticles: {
    '(all)': filter({}),
    'categories[any]=1,2': filter({ 'categories[any]': '1,2' }),
  },
  findBorder: { 'q=bread&sort=relevance': list({ q: 'bread', sort: 'relevance' }) },
  countRanked: {
    'q=bread&sort=relevance, above the border': list({ q: 'bread', sort: 'relevance' }, { part: 'ranked' }),
  },
  listFacets: { '(all)': filter({}), 'categories[any]=1,2': filter({ 'categories[any]': '1,2' }) },
} satisfies SamplesOf<typeof import('./list.queries.ts')>;
