import { type SamplesOf } from '../../../scripts/sample-values.ts';

export const samples = {
  findSuspended: [[1]],
} satisfies SamplesOf<typeof import('./suspended.queries.ts')>;
