import type { SamplesOf } from '../../scripts/sample-values.ts';

export const samples = {
  listBrokenOldSlugs: [[]],
  listBrokenRedirects: [[]],
} satisfies SamplesOf<typeof import('./address-checks.queries.ts')>;
