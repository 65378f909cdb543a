import { createRoute } from '@tanstack/react-router';
import { lazyScreen } from '../routing/lazy-screen.ts';
import { signedInRoute } from '../routing/parents.ts';

export const shortcutsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/shortcuts',
  component: lazyScreen(() => import('./shortcuts-screen.tsx'), 'ShortcutsScreen'),
});
