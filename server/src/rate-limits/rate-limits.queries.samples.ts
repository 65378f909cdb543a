import { type SamplesOf } from '../../scripts/sample-values.ts';

export const samples = {
  claimLease: [['requests/600:address:192.0.2.1', { limit: 600, leaseSize: 60 }]],
  deleteUnusedLimits: [[]],
  claimLimit: [['sign-in:192.0.2.1', { burst: 5, perMs: 60_000 }, 1]],
} satisfies SamplesOf<typeof import('./rate-limits.queries.ts')>;
