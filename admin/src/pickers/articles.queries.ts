import { type ArticleListItem, listArticles } from '@rubric/client';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';

const MAX_FOUND = 20;
const COMMON = { status: ['draft', 'scheduled', 'published'], fields: ['id', 'title', 'slug'] } as const;

/** Articles with these words, the best first. Without words those that were changed last. */
export const foundArticlesQuery = (words: string) =>
  queryOptions({
    queryKey: ['articles', 'found', words],
    queryFn: async ({ signal }): Promise<ArticleListItem[]> => {
      const query = words === '' ? ({ sort: '-updatedAt' } as const) : ({ sort: 'relevance', q: words } as const);
      const { status, fields } = COMMON;
      return (
        await listArticles({ query: { ...query, status: [...status], fields: [...fields], limit: MAX_FOUND }, signal })
      ).data;
    },
    placeholderData: keepPreviousData,
  });

/** Articles by id, as far as they are there. */
export const articlesByIdQuery = (ids: readonly number[]) =>
  queryOptions({
    queryKey: ['articles', 'by-id', ids],
    queryFn: async ({ signal }): Promise<ArticleListItem[]> => {
      if (ids.length === 0) return [];
      const { status, fields } = COMMON;
      const query = { ids: ids.slice(0, 100), status: [...status], fields: [...fields], limit: 100 };
      return (await listArticles({ query, signal })).data;
    },
    placeholderData: keepPreviousData,
  });
