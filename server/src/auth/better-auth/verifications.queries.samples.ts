import { type SamplesOf } from '../../../scripts/sample-values.ts';

export const samples = {
  findVerification: [['hash']],
  deleteVerificationsOf: [[1]],
  deleteExpiredVerifications: [[]],
} satisfies SamplesOf<typeof import('./verifications.queries.ts')>;
