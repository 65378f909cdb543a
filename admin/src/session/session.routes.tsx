import { getSetup } from '@rubric/client';
import { createRoute, redirect } from '@tanstack/react-router';
import { lazyScreen } from '../routing/lazy-screen.ts';
import { signedOutRoute } from '../routing/parents.ts';

const signInRoute = createRoute({
  getParentRoute: () => signedOutRoute,
  path: '/sign-in',
  validateSearch: ({ to }: Record<string, unknown>): { to?: string } => (typeof to === 'string' ? { to } : {}),
  // An installation without accounts has nobody who could sign in.
  beforeLoad: async () => {
    const { required } = await getSetup();
    if (required) throw redirect({ to: '/setup' });
  },
  component: lazyScreen(() => import('./sign-in-screen.tsx'), 'SignInScreen'),
});

const setupRoute = createRoute({
  getParentRoute: () => signedOutRoute,
  path: '/setup',
  beforeLoad: async () => {
    const { required } = await getSetup();
    if (!required) throw redirect({ to: '/' });
  },
  component: lazyScreen(() => import('./setup-screen.tsx'), 'SetupScreen'),
});

const forgottenPasswordRoute = createRoute({
  getParentRoute: () => signedOutRoute,
  path: '/forgotten-password',
  component: lazyScreen(() => import('./forgotten-password-screen.tsx'), 'ForgottenPasswordScreen'),
});

const newPasswordRoute = createRoute({
  getParentRoute: () => signedOutRoute,
  path: '/new-password',
  component: lazyScreen(() => import('./new-password-screen.tsx'), 'NewPasswordScreen'),
});

const invitationRoute = createRoute({
  getParentRoute: () => signedOutRoute,
  path: '/accept-invitation',
  component: lazyScreen(() => import('./invitation-screen.tsx'), 'InvitationScreen'),
});

export const sessionRoutes = signedOutRoute.addChildren([
  signInRoute,
  setupRoute,
  forgottenPasswordRoute,
  newPasswordRoute,
  invitationRoute,
]);
