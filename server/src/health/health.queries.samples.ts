import { type SamplesOf } from '../../scripts/sample-values.ts';

export const samples = {
  findReadiness: [[]],
} satisfies SamplesOf<typeof import('./health.queries.ts')>;
