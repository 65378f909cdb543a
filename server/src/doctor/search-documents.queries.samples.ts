import { type SamplesOf } from '../../scripts/sample-values.ts';

export const samples = {
  findArticleExtent: [[]],
  listStaleSearchDocuments: { 'of a fifth of the first 20,000': [{ after: 0, upTo: 20_000, share: 0.2, seed: 1 }] },
} satisfies SamplesOf<typeof import('./search-documents.queries.ts')>;
