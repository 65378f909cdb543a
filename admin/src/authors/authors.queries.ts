import { type Author, listArticles, listAuthors, rows } from '@rubric/client';
import { queryOptions } from '@tanstack/react-query';

/** All authors, by name. A publication has hundreds of them, and the API does not search them: the screen does. */
export const authorsQuery = queryOptions({
  queryKey: ['authors', 'list'],
  queryFn: async ({ signal }) => {
    const authors: Author[] = [];
    const all = rows((after) => listAuthors({ query: { limit: 100, ...(after !== undefined && { after }) }, signal }));
    for await (const author of all) authors.push(author);
    return authors;
  },
});

/** The articles under a byline, drafts and the trash too. */
export const articlesOfAuthorQuery = (id: number) =>
  queryOptions({
    queryKey: ['articles', 'total', 'of author', id],
    queryFn: async ({ signal }) => {
      const { page } = await listArticles({
        query: {
          author: [String(id)],
          status: ['draft', 'scheduled', 'published', 'trashed'],
          limit: 1,
          total: true,
          fields: ['id'],
        },
        signal,
      });
      return page.total ?? 0;
    },
    staleTime: 0,
  });
