import { type SamplesOf } from '../../../scripts/sample-values.ts';

export const samples = {
  updateCategoryCounts: [[20_000]],
} satisfies SamplesOf<typeof import('./category-counts.queries.ts')>;
