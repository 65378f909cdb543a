import { createRoute } from '@tanstack/react-router';
import { lazyScreen } from '../routing/lazy-screen.ts';
import { signedInRoute } from '../routing/parents.ts';
import { sessionsQuery } from './sessions.queries.ts';

export const accountRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/account',
  loader: ({ context: { queryClient } }) => queryClient.ensureQueryData(sessionsQuery),
  component: lazyScreen(() => import('./account-screen.tsx'), 'AccountScreen'),
});
