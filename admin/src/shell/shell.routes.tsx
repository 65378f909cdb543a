import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../routing/parents.ts';

export const shortcutsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/shortcuts',
  component: lazyRouteComponent(() => import('./shortcuts-screen.tsx'), 'ShortcutsScreen'),
});
