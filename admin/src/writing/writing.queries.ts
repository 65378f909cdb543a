import { listArticles, listRevisionsOfArticle } from '@rubric/client';
import { queryOptions } from '@tanstack/react-query';
import { untilLeft } from './saving/autosave.ts';
import { open } from './saving/server.ts';

/** An article with its working draft. Nothing of it is shown from memory: a text is opened as it is now. */
export const openedQuery = (id: number) =>
  queryOptions({
    queryKey: ['articles', id, 'writing'],
    queryFn: async ({ signal }) => {
      await untilLeft(id);
      return open(id, signal);
    },
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The article in the trash, where it cannot be opened; null if it is not there. */
export const trashedQuery = (id: number) =>
  queryOptions({
    queryKey: ['articles', id, 'trashed'],
    queryFn: async ({ signal }) =>
      (await listArticles({ query: { status: ['trashed'], ids: [id], limit: 1 }, signal })).data[0] ?? null,
    gcTime: 0,
  });

export const revisionsQuery = (id: number, version: number) =>
  queryOptions({
    queryKey: ['articles', id, 'revisions', version],
    queryFn: async ({ signal }) => (await listRevisionsOfArticle({ path: { id }, query: { limit: 50 }, signal })).data,
  });
