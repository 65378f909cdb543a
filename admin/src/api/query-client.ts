import { ConnectionError, isProblem } from '@rubric/client';
import { MutationCache, QueryClient } from '@tanstack/react-query';
import { toast } from '../design/toast.tsx';
import { failureText } from './failure.ts';

declare module '@tanstack/react-query' {
  interface Register {
    mutationMeta: {
      /** What failed, in a few words: the title of the toast. `null`: the screen itself says so. */
      failure: string | null;
    };
  }
}

/** The state of the server, as far as the site knows it. The site has no other store. */
export const queryClient = new QueryClient({
  mutationCache: new MutationCache({
    onError: (error, _variables, _result, { meta }) => {
      if (meta?.failure != null) toast.failed({ title: meta.failure, detail: failureText(error) });
    },
  }),
  defaultOptions: {
    queries: {
      // Going back to a screen shows what was there, and asks again when it is older than this.
      staleTime: 15_000,
      // The client has already sent a read three times; a problem says the same the next time.
      retry: false,
      // Without a connection a request fails, and the screen says so. The library would hold it back: a screen would stay a
      // skeleton, and a button busy, without a word.
      networkMode: 'always',
      refetchOnReconnect: true,
      throwOnError: (error) => !(error instanceof ConnectionError) && !isProblem(error),
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});
