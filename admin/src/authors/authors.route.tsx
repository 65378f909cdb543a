import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../routing/parents.ts';
import { authorsQuery } from './authors.queries.ts';

export const authorsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/authors',
  loader: ({ context: { queryClient } }) => queryClient.ensureQueryData(authorsQuery),
  component: lazyRouteComponent(() => import('./authors-screen.tsx'), 'AuthorsScreen'),
});
