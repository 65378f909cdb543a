import { type SamplesOf } from '../../scripts/sample-values.ts';

export const samples = {
  countContent: [[]],
  listApplicationNames: [[]],
  lockDemo: [[]],
} satisfies SamplesOf<typeof import('./demo.queries.ts')>;
