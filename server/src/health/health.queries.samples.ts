import { type SamplesOf } from '../../scripts/sample-values.ts';

export const samples = {
  findPulse: [[]],
} satisfies SamplesOf<typeof import('./health.queries.ts')>;
