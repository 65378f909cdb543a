import { ACTOR, type SamplesOf } from '../../../scripts/sample-values.ts';

const LINK = { categoryId: 1, articleId: 5 };

export const samples = {
  lockRanks: [[1]],
  findRankBounds: [
    [LINK, {}],
    [LINK, { before: 12 }],
    [LINK, { after: 12 }],
  ],
  updateRank: [
    [ACTOR, LINK, 'Vf'],
    [ACTOR, LINK, null],
  ],
  listRanked: [[1]],
  deleteRanks: [[ACTOR, 1]],
  updateRanks: [[1, ['5', '6'], ['V', 'l']]],
} satisfies SamplesOf<typeof import('./ranks.queries.ts')>;
