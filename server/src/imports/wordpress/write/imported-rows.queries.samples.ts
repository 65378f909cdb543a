import { type SamplesOf } from '../../../../scripts/sample-values.ts';

const SITE = 'https://example.org';

export const samples = {
  listImportedAuthors: [[SITE, ['maud']]],
  listImportedCategories: [[SITE, ['food']]],
  listImportedArticles: [[SITE, ['1']]],
  updateDigest: [[SITE, 'article', '1', Buffer.alloc(0)]],
} satisfies SamplesOf<typeof import('./imported-rows.queries.ts')>;
