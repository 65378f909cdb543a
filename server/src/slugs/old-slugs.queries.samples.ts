import { type SamplesOf } from '../../scripts/sample-values.ts';

export const samples = {
  findIdByAnySlug: [
    ['articles', 'bread'],
    ['categories', 'food'],
    ['authors', 'tomasz-wren'],
  ],
} satisfies SamplesOf<typeof import('./old-slugs.queries.ts')>;
