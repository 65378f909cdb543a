import { type SamplesOf } from '../../../scripts/sample-values.ts';

export const samples = {
  listCategorySizes: [[]],
  findRowEstimates: [[]],
} satisfies SamplesOf<typeof import('./category-sizes.queries.ts')>;
