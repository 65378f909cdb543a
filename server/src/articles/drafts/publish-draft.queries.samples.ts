import type { SamplesOf } from '../../../scripts/sample-values.ts';
import { COMMAND } from '../../access/principal.ts';
import { writeScopeOf } from '../visibility/visibility.ts';
import { articleWrite } from '../writes/locked-write.writer.ts';

export const samples = {
  lockArticleOfDraft: [[1, writeScopeOf(COMMAND)]],
  lockDraft: [[1]],
  deletePublishedDraft: [[1]],
  deleteDraft: [[articleWrite(1, COMMAND, [6])]],
} satisfies SamplesOf<typeof import('./publish-draft.queries.ts')>;
