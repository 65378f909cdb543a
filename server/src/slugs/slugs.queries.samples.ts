import { type SamplesOf } from '../../scripts/sample-values.ts';

export const samples = {
  listSlugsLike: [
    ['articles', 'bread'],
    ['categories', 'food'],
  ],
  lockSlug: [['articles', 'bread']],
} satisfies SamplesOf<typeof import('./slugs.queries.ts')>;
