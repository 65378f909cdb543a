import { type Author, listAuthors, rows } from '@rubric/client';
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
