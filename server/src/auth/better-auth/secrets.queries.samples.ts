import { type SamplesOf } from '../../../scripts/sample-values.ts';

export const samples = {
  insertSecret: [['auth', '…']],
  findSecret: [['auth']],
} satisfies SamplesOf<typeof import('./secrets.queries.ts')>;
