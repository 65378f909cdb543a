import type { Database } from '../src/database/database.ts';

/**
 * For each query function of each `*.queries.ts`, the arguments after `db` with which its SQL is written down: one list
 * for every statement that it can become. A function or a module that is missing here fails `npm run generate`.
 */
export const SAMPLES = {
  'articles/article-lists.queries.ts': {
    listArticles: [
      [{ of: 'all', backward: false, withContent: false }, LIST],
    ],
    countArticles: [
      ['all', null],
      ['category', 1],
    ],
  } satisfies SamplesOf<typeof import('../src/articles/article-lists.queries.ts')>,
};

type Query = (db: Database, ...rest: never[]) => PromiseLike<unknown>;
type Rest<F> = F extends (db: Database, ...rest: infer R) => unknown ? R : never;
type SamplesOf<M> = { [K in keyof M as M[K] extends Query ? K : never]: readonly Rest<M[K]>[] };
