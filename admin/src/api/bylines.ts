import { type Author, listAuthors, rows } from '@rubric/client';
import { queryOptions } from '@tanstack/react-query';

/** All authors, by name, to choose from. A publication has hundreds of them, not thousands. */
export const bylinesQuery = queryOptions({
  queryKey: ['authors', 'bylines'],
  queryFn: async ({ signal }) => {
    const authors: Author[] = [];
    for await (const author of rows((after) =>
      listAuthors({ query: { limit: 100, fields: ['id', 'name'], ...(after !== undefined && { after }) }, signal }),
    ))
      authors.push(author);
    return authors;
  },
  staleTime: 60_000,
});
