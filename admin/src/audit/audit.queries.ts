import { readAuditLog } from '@rubric/client';
import { infiniteQueryOptions } from '@tanstack/react-query';
import { type AuditFilter, queryOfFilter } from './audit-filter.ts';

export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam, signal }) =>
      readAuditLog({
        query: { limit: 50, ...queryOfFilter(filter), ...(pageParam !== null && { after: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ page }) => page.next,
  });
