import { listAccounts, listInvitations } from '@rubric/client';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

export const accountsQuery = infiniteQueryOptions({
  queryKey: ['accounts', 'list'],
  queryFn: ({ pageParam, signal }) =>
    listAccounts({ query: { limit: 100, total: true, ...(pageParam !== null && { after: pageParam }) }, signal }),
  initialPageParam: null as string | null,
  getNextPageParam: ({ page }) => page.next,
});

export const invitationsQuery = queryOptions({
  queryKey: ['accounts', 'invitations'],
  queryFn: ({ signal }) => listInvitations({ signal }),
});
