import { type SamplesOf } from '../../../scripts/sample-values.ts';

export const samples = {
  findPreferences: [[1]],
  insertPreferences: [[1, { theme: 'dark' }]],
  updatePreferences: [
    [1, { theme: 'dark' }, [3]],
    [1, { theme: 'dark' }, null],
  ],
} satisfies SamplesOf<typeof import('./preferences.queries.ts')>;
