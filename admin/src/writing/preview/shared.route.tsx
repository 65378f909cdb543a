import { createRoute } from '@tanstack/react-router';
import { lazyScreen } from '../../routing/lazy-screen.ts';
import { rootRoute } from '../../routing/parents.ts';

/** Where the link of a shared preview leads. Needs no account, and looks the same with one. */
export const sharedRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/preview',
  component: lazyScreen(() => import('./shared-screen.tsx'), 'SharedScreen'),
});
