import { type SamplesOf } from '../../scripts/sample-values.ts';

export const samples = {
  lockEventSequence: [[]],
  updateEventSequence: [[]],
  findEventBounds: [[]],
  listEvents: [
    [
      { canReadAll: false, ownerId: 7, allowedCategoryIds: null, seesWorkingDrafts: false },
      { after: 41, until: 10_041, limit: 20 },
    ],
  ],
  deleteExpiredEvents: [[1_000]],
} satisfies SamplesOf<typeof import('./events.queries.ts')>;
