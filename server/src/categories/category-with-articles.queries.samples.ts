import type { SamplesOf } from '../../scripts/sample-values.ts';
import { ANONYMOUS, COMMAND } from '../access/principal.ts';
import { readScopeOf } from '../articles/visibility/visibility.ts';

export const samples = {
  findCategoryWithArticles: {
    'by id': [{ id: 1 }, 21, readScopeOf(ANONYMOUS)],
    'by slug': [{ slug: 'food' }, 21, readScopeOf(ANONYMOUS)],
    'for a caller that sees working drafts': [{ id: 1 }, 21, readScopeOf(COMMAND)],
  },
} satisfies SamplesOf<typeof import('./category-with-articles.queries.ts')>;
