import { ACTOR, BEFORE, PAGE, type SamplesOf } from '../../scripts/sample-values.ts';

export const samples = {
  findAuthor: [[{ id: 1 }]],
  listAuthors: [[PAGE], [{ ...BEFORE, from: { key: 'Maud', id: 1 } }]],
  countAuthors: [[]],
  insertAuthor: [[ACTOR, { name: 'Maud', slug: 'maud' }]],
  updateAuthor: [
    [ACTOR, 1, {}, undefined],
    [ACTOR, 1, { name: 'Maud' }, [17]],
  ],
  lockArticlesOfAuthor: [[1]],
  deleteAuthor: [[ACTOR, 1, undefined]],
} satisfies SamplesOf<typeof import('./authors.queries.ts')>;
