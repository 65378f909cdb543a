import { BEFORE, PAGE, type SamplesOf } from '../../scripts/sample-values.ts';

export const samples = {
  listCategories: [[PAGE], [BEFORE]],
  listCategoryTree: [[]],
} satisfies SamplesOf<typeof import('./category-tree.queries.ts')>;
