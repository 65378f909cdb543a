import { createRoute } from '@tanstack/react-router';
import { lazyScreen } from '../routing/lazy-screen.ts';
import { signedInRoute } from '../routing/parents.ts';
import { categoryQuery, treeQuery } from './categories.queries.ts';

const treeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/categories',
  loader: ({ context: { queryClient } }) => {
    void queryClient.prefetchQuery(treeQuery);
  },
  component: lazyScreen(() => import('./categories-screen.tsx'), 'CategoriesScreen'),
});

const categoryRoute = createRoute({
  getParentRoute: () => treeRoute,
  path: '$id',
  loader: ({ context: { queryClient }, params }) => queryClient.ensureQueryData(categoryQuery(params.id)),
  component: lazyScreen(() => import('./category-panel.tsx'), 'CategoryPanel'),
});

/** The tree, and beside it one category. */
export const categoriesRoute = treeRoute.addChildren([categoryRoute]);
