import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../routing/parents.ts';

/** Where the link of a shared preview leads. Needs no account, and looks the same with one. */
export const sharedRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/preview',
  component: lazyRouteComponent(() => import('./shared-screen.tsx'), 'SharedScreen'),
});
