import { listTokens } from '@rubric/client';
import { queryOptions } from '@tanstack/react-query';

export const tokensQuery = queryOptions({ queryKey: ['tokens'], queryFn: ({ signal }) => listTokens({ signal }) });
