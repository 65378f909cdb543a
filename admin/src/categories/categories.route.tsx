import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../routing/parents.ts';
import { categoryQuery, treeQuery } from './categories.queries.ts';

const treeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/categories',
  loader: ({ context: { queryClient } }) => {
    void queryClient.prefetchQuery(treeQuery);
  },
  component: lazyRouteComponent(() => import('./categories-screen.tsx'), 'CategoriesScreen'),
});

const categoryRoute = createRoute({
  getParentRoute: () => treeRoute,
  path: '$id',
  loader: ({ context: { queryClient }, params }) => queryClient.ensureQueryData(categoryQuery(params.id)),
  component: lazyRouteComponent(() => import('./category-panel.tsx'), 'CategoryPanel'),
});

/** The tree, and beside it one category. */
export const categoriesRoute = treeRoute.addChildren([categoryRoute]);
