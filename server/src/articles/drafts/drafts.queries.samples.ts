import type { SamplesOf } from '../../../scripts/sample-values.ts';
import { COMMAND } from '../../access/principal.ts';
import { RELATION_FIELDS } from '../article-relations.ts';
import { recordOf } from '../record-of.ts';
import { readScopeOf } from '../visibility/visibility.ts';

export const samples = {
  findDraft: [[1, readScopeOf(COMMAND)]],
  findPreviewedDraft: [[Buffer.alloc(32)]],
  findDraftLinks: [[recordOf(RELATION_FIELDS, () => ['1', '2'])]],
} satisfies SamplesOf<typeof import('./drafts.queries.ts')>;
