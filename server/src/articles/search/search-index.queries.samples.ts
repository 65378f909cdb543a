import { type SamplesOf } from '../../../scripts/sample-values.ts';

export const samples = {
  updateDocumentsInBacklog: [[100]],
  findOldDocument: [[0]],
  updateOldDocuments: [[0, 200, 1_000_000]],
  updateSearchIndex: [[]],
} satisfies SamplesOf<typeof import('./search-index.queries.ts')>;
