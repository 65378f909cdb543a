import type { SamplesOf } from '../../../../scripts/sample-values.ts';

const PRUNED = { articleId: '1', number: 3, firstNumber: 3, nextNumber: 5, nextFirstNumber: 4 };

export const samples = {
  listPrunableRevisions: [['0', 500, 200]],
  updateNextRevision: [[PRUNED]],
  updateReplacedTexts: [[PRUNED]],
  updateMovedTexts: [[PRUNED]],
  deleteRevision: [[PRUNED]],
  deleteUnusedTexts: [['1']],
} satisfies SamplesOf<typeof import('./pruning.queries.ts')>;
