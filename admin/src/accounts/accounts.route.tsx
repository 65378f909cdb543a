import { createRoute } from '@tanstack/react-router';
import { lazyScreen } from '../routing/lazy-screen.ts';
import { signedInRoute } from '../routing/parents.ts';
import { accountsQuery, invitationsQuery } from './accounts.queries.ts';

export const accountsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/accounts',
  loader: ({ context: { queryClient } }) =>
    Promise.all([queryClient.ensureInfiniteQueryData(accountsQuery), queryClient.ensureQueryData(invitationsQuery)]),
  component: lazyScreen(() => import('./accounts-screen.tsx'), 'AccountsScreen'),
});
