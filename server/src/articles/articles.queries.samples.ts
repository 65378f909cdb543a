import { type SamplesOf } from '../../scripts/sample-values.ts';
import { COMMAND } from '../access/principal.ts';
import { readScopeOf } from './visibility/visibility.ts';

const READER = readScopeOf(COMMAND);

export const samples = {
  findArticle: [
    [{ id: 1 }, null],
    [{ id: 1 }, READER],
    [{ slug: 'bread' }, null],
    [{ slug: 'bread' }, READER],
    [{ slug: 'bread' }, READER, true],
  ],
  findCategoriesOfArticle: [[1, READER]],
  listKnownIds: [
    ['categoryIds', ['1', '2']],
    ['authorIds', ['3']],
  ],
  lockArticle: [[1]],
} satisfies SamplesOf<typeof import('./articles.queries.ts')>;
