import { createRoute, createRouter } from '@tanstack/react-router';
import { queryClient } from './api/query-client.ts';
import { Page } from './design/page.tsx';
import { rootRoute, signedInRoute } from './routing/parents.ts';
import { texts } from './texts/texts.ts';
import { writingRoute } from './writing/writing.routes.tsx';

const homeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/',
  component: () => <Page title={texts.shell.site}>{null}</Page>,
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([signedInRoute.addChildren([homeRoute, writingRoute])]),
  basepath: '/admin',
  context: { queryClient },
  defaultPreload: 'intent',
  // What a loader fetched is kept by the query client.
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
