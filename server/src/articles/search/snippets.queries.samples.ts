import { type SamplesOf } from '../../../scripts/sample-values.ts';

export const samples = {
  findSnippetSources: [[[11, 12]]],
} satisfies SamplesOf<typeof import('./snippets.queries.ts')>;
