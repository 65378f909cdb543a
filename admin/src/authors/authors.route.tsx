import { createRoute } from '@tanstack/react-router';
import { lazyScreen } from '../routing/lazy-screen.ts';
import { signedInRoute } from '../routing/parents.ts';
import { authorsQuery } from './authors.queries.ts';

export const authorsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/authors',
  loader: ({ context: { queryClient } }) => queryClient.ensureQueryData(authorsQuery),
  component: lazyScreen(() => import('./authors-screen.tsx'), 'AuthorsScreen'),
});
