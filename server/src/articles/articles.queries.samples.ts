import { type SamplesOf } from '../../scripts/sample-values.ts';
import { COMMAND } from '../access/principal.ts';
import { readScopeOf } from './visibility/visibility.ts';

const SCOPE = readScopeOf(COMMAND);

export const samples = {
  findArticle: [
    [{ id: 1 }, null],
    [{ id: 1 }, SCOPE],
    [{ slug: 'bread' }, null],
    [{ slug: 'bread' }, SCOPE],
    [{ slug: 'bread' }, SCOPE, true],
  ],
  findCategoriesOfArticle: [[1, SCOPE]],
  listExistingIds: [
    ['categories', ['1', '2']],
    ['authors', ['3']],
  ],
  lockArticle: [[1]],
} satisfies SamplesOf<typeof import('./articles.queries.ts')>;
