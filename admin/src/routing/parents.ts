import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute } from '@tanstack/react-router';

/**
 * The parents of every screen. Their components are set in routes.tsx: screens import this file, and it imports no
 * screen.
 */
export const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()();

/** Screens for people who are signed in, inside the shell. */
export const signedInRoute = createRoute({ getParentRoute: () => rootRoute, id: 'signed-in' });

/** Screens for people who are not. */
export const signedOutRoute = createRoute({ getParentRoute: () => rootRoute, id: 'signed-out' });
