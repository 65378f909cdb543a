import { type SamplesOf } from '../../../../scripts/sample-values.ts';

export const samples = {
  findCategoryConflicts: [[{ id: null, name: 'Food', slug: 'food', parentId: 1 }]],
  listArticleLinks: [['https://example.org', 1]],
  replaceLinks: [
    ['categories', 1, [2, 3]],
    ['authors', 1, [2, 3]],
  ],
  updateAuthor: [[1, { name: 'Maud' }]],
  updateCategory: [[1, { name: 'Food' }]],
  updateArticle: [[1, { title: 'Bread' }]],
  findSlugHolder: [['bread', 1]],
} satisfies SamplesOf<typeof import('./update-rows.queries.ts')>;
