import { BEFORE, PAGE, type SamplesOf } from '../../scripts/sample-values.ts';

export const samples = {
  listCategories: [[PAGE], [BEFORE]],
  findTreeVersion: [[]],
  findTreeTextBytes: [[]],
  listTreePart: [[{ afterId: 0, limit: 1_000 }]],
} satisfies SamplesOf<typeof import('./category-tree.queries.ts')>;
