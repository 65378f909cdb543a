import { isProblem } from '@rubric/client';
import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, redirect } from '@tanstack/react-router';
import { accountQuery } from '../api/account.ts';

/**
 * The parents of every screen. Their components are set in routes.tsx: screens import this file, and it imports no
 * screen.
 */
export const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()();

/** Screens for people who are signed in, inside the shell. */
export const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queryClient.ensureQueryData(accountQuery);
    } catch (error) {
      if (isProblem(error, 'unauthorized')) throw redirect({ to: '/sign-in', search: { to: location.href } });
      throw error;
    }
  },
});

/** Screens for people who are not. */
export const signedOutRoute = createRoute({ getParentRoute: () => rootRoute, id: 'signed-out' });
