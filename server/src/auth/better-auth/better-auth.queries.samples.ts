import { type SamplesOf } from '../../../scripts/sample-values.ts';

export const samples = {
  insertSecret: [['auth', '…']],
  findSecret: [['auth']],
  findSuspendedAccount: [[1]],
} satisfies SamplesOf<typeof import('./better-auth.queries.ts')>;
