import { createRoute } from '@tanstack/react-router';
import { lazyScreen } from '../routing/lazy-screen.ts';
import { signedInRoute } from '../routing/parents.ts';
import { parseArticleSearch } from './article-search.ts';
import { articlesQuery, totalQuery } from './articles.queries.ts';

export const articlesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/articles',
  validateSearch: parseArticleSearch,
  loaderDeps: ({ search }) => search,
  // Begins with the code of the screen, and is not waited for: the screen shows what it has.
  loader: ({ context: { queryClient }, deps }) => {
    void queryClient.prefetchInfiniteQuery(articlesQuery(deps));
    void queryClient.prefetchQuery(totalQuery(deps));
  },
  component: lazyScreen(() => import('./articles-screen.tsx'), 'ArticlesScreen'),
});
