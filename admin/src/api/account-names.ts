import { listAccounts, rows } from '@rubric/client';
import { queryOptions } from '@tanstack/react-query';

/** The names of all accounts by their ids, for admins: other answers name an account by its id alone. */
export const accountNamesQuery = queryOptions({
  queryKey: ['accounts', 'names'],
  queryFn: async ({ signal }) => {
    const names = new Map<number, string>();
    for await (const { id, name } of rows((after) =>
      listAccounts({ query: { limit: 100, ...(after !== undefined && { after }) }, signal }),
    ))
      names.set(id, name);
    return names;
  },
  staleTime: 60_000,
});
