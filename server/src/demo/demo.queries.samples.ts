import { type SamplesOf } from '../../scripts/sample-values.ts';

export const samples = {
  countContent: [[]],
  lockDemo: [[]],
} satisfies SamplesOf<typeof import('./demo.queries.ts')>;
