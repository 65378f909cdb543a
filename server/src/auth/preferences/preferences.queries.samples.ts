import { type SamplesOf } from '../../../scripts/sample-values.ts';

export const samples = {
  findPreferences: [[1]],
  replacePreferences: [
    [1, { theme: 'dark' }, [0, 3]],
    [1, { theme: 'dark' }, null],
  ],
  updatePreferences: [[1, { theme: 'dark' }, [3]]],
} satisfies SamplesOf<typeof import('./preferences.queries.ts')>;
