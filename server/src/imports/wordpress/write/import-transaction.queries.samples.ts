import { type SamplesOf } from '../../../../scripts/sample-values.ts';

export const samples = {
  updateTransactionSettings: [[]],
  lockImport: [['https://example.org']],
  countWritten: [[]],
} satisfies SamplesOf<typeof import('./import-transaction.queries.ts')>;
