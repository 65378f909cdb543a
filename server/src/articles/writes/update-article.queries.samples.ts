import { AT, type SamplesOf } from '../../../scripts/sample-values.ts';
import { COMMAND } from '../../access/principal.ts';
import { writeScopeOf } from '../visibility/visibility.ts';

const SCOPE = writeScopeOf(COMMAND);
const WRITE = { id: 1, expectedVersions: undefined, scope: SCOPE };

export const samples = {
  updateArticle: {
    'title alone': [WRITE, { columns: { title: 'Bread' }, links: {} }],
    'categoryIds alone': [WRITE, { columns: {}, links: { categoryIds: ['1', '2'] } }],
    'title, publishedAt, categoryIds and authorIds': [
      WRITE,
      { columns: { title: 'Bread', publishedAt: AT }, links: { categoryIds: ['1', '2'], authorIds: ['3'] } },
    ],
  },
} satisfies SamplesOf<typeof import('./update-article.queries.ts')>;
