import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../routing/parents.ts';
import { accountsQuery, invitationsQuery } from './accounts.queries.ts';

export const accountsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/accounts',
  loader: ({ context: { queryClient } }) =>
    Promise.all([queryClient.ensureInfiniteQueryData(accountsQuery), queryClient.ensureQueryData(invitationsQuery)]),
  component: lazyRouteComponent(() => import('./accounts-screen.tsx'), 'AccountsScreen'),
});
