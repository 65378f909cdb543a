import { ConnectionError, isProblem } from '@rubric/client';
import { QueryClient } from '@tanstack/react-query';

/** The state of the server, as far as the site knows it. The site has no other store. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // Going back to a screen shows what was there, and asks again when it is older than this.
      staleTime: 15_000,
      // The client has already sent a read three times; a problem says the same the next time.
      retry: false,
      throwOnError: (error) => !(error instanceof ConnectionError) && !isProblem(error),
    },
    mutations: { retry: false },
  },
});
