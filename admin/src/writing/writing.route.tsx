import { createRoute } from '@tanstack/react-router';
import { lazyScreen } from '../routing/lazy-screen.ts';
import { signedInRoute } from '../routing/parents.ts';

/** `/articles/new` and `/articles/7` are one route: a new article gets its address while somebody writes in it. */
export const writingRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/articles/$articleId',
  component: lazyScreen(() => import('./writing-screen.tsx'), 'WritingScreen'),
});
