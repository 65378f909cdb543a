import { createRoute } from '@tanstack/react-router';
import { lazyScreen } from '../routing/lazy-screen.ts';
import { signedInRoute } from '../routing/parents.ts';
import { tokensQuery } from './tokens.queries.ts';

export const tokensRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/tokens',
  loader: ({ context: { queryClient } }) => queryClient.ensureQueryData(tokensQuery),
  component: lazyScreen(() => import('./tokens-screen.tsx'), 'TokensScreen'),
});
