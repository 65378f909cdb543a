import { type SamplesOf } from '../../../../scripts/sample-values.ts';

const SITE = 'https://example.org';

const NEW_ROW = { key: 'bread', digest: '00', slug: 'bread' };

export const samples = {
  insertAuthors: [[SITE, [{ ...NEW_ROW, name: 'Maud', email: null }]]],
  insertCategories: [[SITE, [{ ...NEW_ROW, name: 'Food', description: null, parentId: null }]]],
  insertArticles: [[SITE, []]],
} satisfies SamplesOf<typeof import('./insert-rows.queries.ts')>;
