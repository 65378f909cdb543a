import type { SamplesOf } from '../../../../scripts/sample-values.ts';

const AT = new Date('2026-01-31T06:10:00.000Z');
const ENTRY = { at: AT, via: 'http', accountId: 3, tokenId: null, articleId: 12 } as const;
const CHANGE = {
  firstNumber: 4,
  kind: 'change' as const,
  changed: ['title'],
  entries: [{ id: 7, changed: ['title'] }],
};
const STATE = { number: 3, publishedAt: AT.toISOString(), deletedAt: null, categoryIds: [2], authorIds: [] };

export const samples = {
  lockFirstRevision: [[12]],
  updateFirstRevision: [[ENTRY, 4, CHANGE]],
  insertFormerRevision: [[12, STATE]],
} satisfies SamplesOf<typeof import('./former-revisions.queries.ts')>;
