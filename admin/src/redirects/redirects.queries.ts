import { listRedirects, type Redirect } from '@rubric/client';
import { infiniteQueryOptions, useQuery } from '@tanstack/react-query';
import { bylinesQuery } from '../api/bylines.ts';
import { articlesByIdQuery } from '../pickers/articles.queries.ts';
import { categoriesByIdQuery } from '../pickers/categories.queries.ts';

const PAGE = 50;

/** All redirects, or that of one path. */
export const redirectsQuery = (path: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['redirects', path ?? null],
    queryFn: ({ pageParam, signal }) =>
      listRedirects({
        query: {
          limit: PAGE,
          total: true,
          ...(path !== undefined && { path }),
          ...(pageParam !== null && { after: pageParam }),
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ page }) => page.next,
  });

/** The names of the rows that a page of redirects leads to, by type and id. Those in the trash have none. */
export function useTargetNames(redirects: readonly Redirect[]): ReadonlyMap<string, string> {
  const idsOf = (type: string) =>
    [...new Set(redirects.flatMap(({ target }) => (target?.type === type ? target.id : [])))].sort((a, b) => a - b);
  const { data: articles = [] } = useQuery(articlesByIdQuery(idsOf('article')));
  const { data: categories = [] } = useQuery(categoriesByIdQuery(idsOf('category')));
  const { data: authors = [] } = useQuery({ ...bylinesQuery, enabled: idsOf('author').length > 0 });
  return new Map([
    ...articles.map(({ id, title }) => [`article ${id}`, title] as const),
    ...categories.map(({ id, name }) => [`category ${id}`, name] as const),
    ...authors.map(({ id, name }) => [`author ${id}`, name] as const),
  ]);
}
