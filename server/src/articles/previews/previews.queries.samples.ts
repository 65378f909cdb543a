import { type SamplesOf } from '../../../scripts/sample-values.ts';
import { COMMAND } from '../../access/principal.ts';
import { readScopeOf, writeScopeOf } from '../visibility/visibility.ts';

export const samples = {
  findPreviewedArticle: [[Buffer.alloc(32)]],
  insertPreview: [[1, writeScopeOf(COMMAND), { hash: Buffer.alloc(32), expiresAt: new Date(0) }]],
  listPreviews: [[1, readScopeOf(COMMAND)]],
  deletePreview: [[1, 2, writeScopeOf(COMMAND)]],
} satisfies SamplesOf<typeof import('./previews.queries.ts')>;
