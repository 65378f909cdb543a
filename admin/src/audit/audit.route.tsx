import { createRoute } from '@tanstack/react-router';
import { lazyScreen } from '../routing/lazy-screen.ts';
import { signedInRoute } from '../routing/parents.ts';
import { auditQuery } from './audit.queries.ts';
import { parseAuditFilter } from './audit-filter.ts';

export const auditRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/audit',
  validateSearch: parseAuditFilter,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queryClient }, deps }) => queryClient.ensureInfiniteQueryData(auditQuery(deps)),
  component: lazyScreen(() => import('./audit-screen.tsx'), 'AuditScreen'),
});
