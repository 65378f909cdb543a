import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { texts } from './texts/texts.ts';

const rootRoute = createRootRoute();
const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  component: () => <h1 className="p-8 font-serif text-2xl">{texts.shell.site}</h1>,
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([homeRoute]),
  basepath: '/admin',
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
