import { type SamplesOf } from '../../../scripts/sample-values.ts';

export const samples = {
  lockAccounts: [[[1, 2], true]],
  lockAccountForShare: [[1]],
  lockSession: [[1]],
  lockTokens: [[[1, 2]]],
} satisfies SamplesOf<typeof import('./reauthorize.queries.ts')>;
