import { type SamplesOf } from '../../../scripts/sample-values.ts';

export const samples = {
  findSecondFactor: [[1]],
  deleteSecondFactor: [[1]],
  claimTotpCode: [[1, '492039']],
  deleteExpiredTotpCodes: [[1]],
} satisfies SamplesOf<typeof import('./second-factor.queries.ts')>;
