import type { SamplesOf } from '../../scripts/sample-values.ts';

export const samples = {
  findCategoryWithArticles: [
    [{ id: 1 }, 21],
    [{ slug: 'food' }, 21],
  ],
} satisfies SamplesOf<typeof import('./category-with-articles.queries.ts')>;
