import { createRoute } from '@tanstack/react-router';
import { lazyScreen } from '../routing/lazy-screen.ts';
import { signedInRoute } from '../routing/parents.ts';
import { redirectsQuery } from './redirects.queries.ts';

interface RedirectSearch {
  path?: string;
}

export const redirectsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/redirects',
  validateSearch: ({ path }: Record<string, unknown>): RedirectSearch =>
    typeof path === 'string' && path !== '' ? { path } : {},
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queryClient }, deps }) => queryClient.ensureInfiniteQueryData(redirectsQuery(deps.path)),
  component: lazyScreen(() => import('./redirects-screen.tsx'), 'RedirectsScreen'),
});
