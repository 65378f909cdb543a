import { type ListArticlesData, listArticles } from '@rubric/client';
import { queryOptions } from '@tanstack/react-query';

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
