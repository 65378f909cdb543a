import type { SamplesOf } from '../../scripts/sample-values.ts';

const AT = new Date('2026-01-31T06:10:00.000Z');
const ENTRY = {
  id: 7,
  at: AT,
  via: 'http',
  accountId: 3,
  tokenId: null,
  action: 'article.change',
  articleId: 12,
} as const;

export const samples = {
  findConversion: [[]],
  updateConversion: [[{ lastId: 900, nextId: 600 }]],
  listUnconvertedEntries: [[{ from: 500, to: 600 }, 20]],
  listFirstEntries: [[[12, 13]]],
  listChangesOfTransaction: [[ENTRY]],
  updateConvertedEntries: [[4, [{ id: 7, changed: ['title'] }]]],
  updateEntriesOfGoneArticles: [[[7, 8]]],
} satisfies SamplesOf<typeof import('./old-entries.queries.ts')>;
