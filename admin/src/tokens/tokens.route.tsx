import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../routing/parents.ts';
import { tokensQuery } from './tokens.queries.ts';

export const tokensRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/tokens',
  loader: ({ context: { queryClient } }) => queryClient.ensureQueryData(tokensQuery),
  component: lazyRouteComponent(() => import('./tokens-screen.tsx'), 'TokensScreen'),
});
