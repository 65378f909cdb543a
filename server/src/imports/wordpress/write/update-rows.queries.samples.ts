import { type SamplesOf } from '../../../../scripts/sample-values.ts';

const SITE = 'https://example.org';

export const samples = {
  updateLimits: [[]],
  lockImport: [[SITE]],
  listImportedAuthors: [[SITE, ['maud']]],
  listImportedCategories: [[SITE, ['food']]],
  listImportedArticles: [[SITE, ['1']]],
  findObstacles: [[{ id: null, name: 'Food', slug: 'food', parentId: 1 }]],
  listLinks: [[SITE, 1]],
  replaceLinks: [
    ['categories', 1, [2, 3]],
    ['authors', 1, [2, 3]],
  ],
  updateAuthor: [[1, { name: 'Maud' }]],
  updateCategory: [[1, { name: 'Food' }]],
  updateArticle: [[1, { title: 'Bread' }]],
  updateDigest: [[SITE, 'article', '1', Buffer.alloc(0)]],
  findSlugHolder: [['bread', 1]],
  countWritten: [[]],
} satisfies SamplesOf<typeof import('./update-rows.queries.ts')>;
