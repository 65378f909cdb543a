import { type SamplesOf } from '../../../../scripts/sample-values.ts';

export const samples = {
  insertRedirects: [[[{ path: '/2019/05/a-post', articleId: 1, categoryId: null, authorId: null }]]],
  listRedirectsOfPaths: [[['/2019/05/a-post']]],
} satisfies SamplesOf<typeof import('./redirect-rows.queries.ts')>;
