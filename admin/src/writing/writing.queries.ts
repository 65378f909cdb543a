import { type Author, listAuthors, listCategories, listRevisionsOfArticle, rows } from '@rubric/client';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { open } from './saving/server.ts';

/** An article with its working draft. Nothing of it is shown from memory: a text is opened as it is now. */
export const openedQuery = (id: number) =>
  queryOptions({
    queryKey: ['articles', id, 'writing'],
    queryFn: ({ signal }) => open(id, signal),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Categories by a part of their name or path, with their counts. */
export const categorySearchQuery = (q: string) =>
  queryOptions({
    queryKey: ['categories', 'search', q],
    queryFn: async ({ signal }) => {
      const { data } = await listCategories({ query: { ...(q !== '' && { q }), limit: 8 }, signal });
      // Without `tree` a list has no children.
      return data;
    },
    placeholderData: keepPreviousData,
  });

export const categoriesQuery = (ids: readonly number[]) =>
  queryOptions({
    queryKey: ['categories', 'ids', [...ids].toSorted((a, b) => a - b)],
    queryFn: async ({ signal }) => {
      const { data } = await listCategories({ query: { ids: [...ids], limit: 100 }, signal });
      return data;
    },
    enabled: ids.length > 0,
    placeholderData: keepPreviousData,
  });

export const allAuthorsQuery = queryOptions({
  queryKey: ['authors', 'all'],
  queryFn: async () => {
    const authors: Author[] = [];
    for await (const author of rows((after) => listAuthors({ query: { limit: 100, ...(after && { after }) } }))) {
      authors.push(author);
    }
    return authors;
  },
});

export const revisionsQuery = (id: number, version: number) =>
  queryOptions({
    queryKey: ['articles', id, 'revisions', version],
    queryFn: async ({ signal }) => (await listRevisionsOfArticle({ path: { id }, query: { limit: 50 }, signal })).data,
  });
