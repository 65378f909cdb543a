import { Problem } from '../../http/problems.ts';
import type { ArticleListQuery } from './article-list.schema.ts';

/** The parameters that make a list expensive, the most expensive first. */
const EXPENSIVE_PARAMETERS: [name: string, isExpensive: (query: ArticleListQuery) => unknown][] = [
  ['facets', (query) => query.facets],
  ['total', (query) => query.total],
  ['descendants', (query) => query.descendants],
  ['q', (query) => query.q],
  ['sort', (query) => query.sort !== undefined && !query.sort.endsWith('publishedAt')],
  ['categories[none]', (query) => query['categories[none]']],
  ['page', (query) => query.page],
];

/** @param reason a sentence */
export function tooExpensive(query: ArticleListQuery, reason: string): Problem {
  const names = EXPENSIVE_PARAMETERS.filter(([, isExpensive]) => isExpensive(query)).map(([name]) => name);
  const advice =
    names.length > 0 ? `leave out ${new Intl.ListFormat('en', { type: 'disjunction' }).format(names)}, or ` : '';
  return new Problem('too_expensive', `${reason} Try again later, ${advice}name fewer categories.`);
}
