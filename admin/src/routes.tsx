import { createRoute, createRouter, redirect } from '@tanstack/react-router';
import { accountRoute } from './account/account.route.tsx';
import { accountsRoute } from './accounts/accounts.route.tsx';
import { queryClient } from './api/query-client.ts';
import { articlesRoute } from './articles/articles.route.tsx';
import { auditRoute } from './audit/audit.route.tsx';
import { authorsRoute } from './authors/authors.route.tsx';
import { categoriesRoute } from './categories/categories.route.tsx';
import { redirectsRoute } from './redirects/redirects.route.tsx';
import { rootRoute, signedInRoute, signedOutRoute } from './routing/parents.ts';
import { sessionRoutes } from './session/session.routes.tsx';
import { SignInAgain } from './session/sign-in-again.tsx';
import { SignedOutFrame } from './session/signed-out-frame.tsx';
import { ErrorScreen, NotFoundScreen } from './shell/error-screen.tsx';
import { PendingScreen } from './shell/pending-screen.tsx';
import { shortcutsRoute } from './shell/shell.routes.tsx';
import { Shell } from './shell/shell.tsx';
import { tokensRoute } from './tokens/tokens.route.tsx';
import { sharedRoute } from './writing/preview/shared.route.tsx';
import { writingRoute } from './writing/writing.route.tsx';

signedInRoute.update({
  component: () => (
    <>
      <Shell />
      <SignInAgain />
    </>
  ),
});
signedOutRoute.update({ component: SignedOutFrame });

/** The first screen: the one that the person is here for. */
const homeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/articles' });
  },
});

/** Any other address, inside the shell. */
const notFoundRoute = createRoute({ getParentRoute: () => signedInRoute, path: '$', component: NotFoundScreen });

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    sessionRoutes,
    sharedRoute,
    signedInRoute.addChildren([
      homeRoute,
      accountRoute,
      accountsRoute,
      articlesRoute,
      auditRoute,
      authorsRoute,
      categoriesRoute,
      redirectsRoute,
      shortcutsRoute,
      tokensRoute,
      writingRoute,
      notFoundRoute,
    ]),
  ]),
  basepath: '/admin',
  context: { queryClient },
  defaultErrorComponent: ErrorScreen,
  defaultNotFoundComponent: NotFoundScreen,
  defaultPendingComponent: PendingScreen,
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
