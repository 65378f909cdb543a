import { type ListArticlesData, listArticles } from '@rubric/client';
import { queryOptions, type UseQueryResult } from '@tanstack/react-query';
import { failureText } from './failure.ts';

type Filter = NonNullable<ListArticlesData['query']>;

/** How many articles a filter finds. */
export const articleTotalQuery = (filter: Filter) =>
  queryOptions({
    queryKey: ['articles', 'total', filter],
    queryFn: async ({ signal }) => {
      const { page } = await listArticles({ query: { ...filter, limit: 1, fields: ['id'], total: true }, signal });
      return page.total ?? 0;
    },
  });

/** How many have a category or an author, drafts and those in the trash too: what its deletion takes the link from. */
export const linkedTotalQuery = (links: Pick<Filter, 'categories[any]' | 'author'>) => ({
  ...articleTotalQuery({ ...links, status: ['draft', 'scheduled', 'published', 'trashed'] }),
  staleTime: 0,
});

/** What a dialog says of a total: the number, or why it is not known. */
export function totalText(total: UseQueryResult<number>, counting: string, textOf: (total: number) => string): string {
  if (total.isError) return failureText(total.error);
  return total.isPending ? counting : textOf(total.data);
}
