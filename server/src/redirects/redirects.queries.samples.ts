import { type SamplesOf } from '../../scripts/sample-values.ts';
import { actorOf, COMMAND } from '../access/principal.ts';

const page = { backward: false, from: null, fetch: 21, offset: 0 };

export const samples = {
  listRedirects: [
    [undefined, page],
    ['/2019/05/a-post', { ...page, from: { key: '', id: 7 } }],
  ],
  countRedirects: [[undefined], ['/2019/05/a-post']],
  findRedirect: [[1]],
  insertRedirect: [[actorOf(COMMAND), { path: '/2019/05/a-post', articleId: 1, categoryId: null, authorId: null }]],
  deleteRedirect: [[actorOf(COMMAND), 1]],
} satisfies SamplesOf<typeof import('./redirects.queries.ts')>;
