import { ACTOR, type SamplesOf } from '../../scripts/sample-values.ts';

export const samples = {
  findCategory: [[1]],
  findCategoryId: [[{ id: 1 }]],
  countCategories: [[]],
  insertCategory: [[ACTOR, { name: 'Food', slug: 'food' }]],
  updateCategory: [
    [ACTOR, 1, {}, undefined],
    [ACTOR, 1, { parentId: 2 }, [17]],
  ],
  findCategoryVersion: [[1]],
  lockCategoryMoves: [[]],
  lockCategory: [[1]],
  lockArticlesOfCategory: [[1]],
  lockNewArticlesOfCategory: [[1]],
  listConflictingChildren: [[1]],
  findSiblingNamed: [[1, 'Baking']],
  deleteCategory: [[ACTOR, 1, undefined]],
} satisfies SamplesOf<typeof import('./categories.queries.ts')>;
