import { type SamplesOf } from '../../../scripts/sample-values.ts';

const EMAIL = 'maud@rubric.example';

export const samples = {
  findPasswordHash: [[EMAIL]],
  lockAccountForSignIn: [[EMAIL]],
  listKnownAddresses: [[EMAIL]],
} satisfies SamplesOf<typeof import('./sign-in.queries.ts')>;
