import { type SamplesOf } from '../../../../scripts/sample-values.ts';

export const samples = {
  updateTransactionSettings: [[]],
  lockImport: [['https://example.org']],
  updateDocuments: [[]],
  countWritten: [[]],
} satisfies SamplesOf<typeof import('./import-transaction.queries.ts')>;
