import type { SamplesOf } from '../../../scripts/sample-values.ts';
import { COMMAND } from '../../access/principal.ts';
import { readScopeOf } from '../visibility/visibility.ts';

export const samples = {
  findDraft: [[1, readScopeOf(COMMAND)]],
  findPreviewedDraft: [[Buffer.alloc(32)]],
} satisfies SamplesOf<typeof import('./drafts.queries.ts')>;
