import { listYourSessions } from '@rubric/client';
import { queryOptions } from '@tanstack/react-query';

export const sessionsQuery = queryOptions({
  queryKey: ['account', 'sessions'],
  queryFn: ({ signal }) => listYourSessions({ signal }),
});
