import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../routing/parents.ts';
import { sessionsQuery } from './sessions.queries.ts';

export const accountRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/account',
  loader: ({ context: { queryClient } }) => queryClient.ensureQueryData(sessionsQuery),
  component: lazyRouteComponent(() => import('./account-screen.tsx'), 'AccountScreen'),
});
