import type { SamplesOf } from '../../../scripts/sample-values.ts';
import { COMMAND } from '../../access/principal.ts';
import { articleWrite } from '../writes/locked-write.writer.ts';

const WRITE = articleWrite(1, COMMAND, [6]);
const CHANGES = { columns: { title: 'Rye' }, links: { categoryIds: ['3'] } };

export const samples = {
  updateDraft: [[WRITE, CHANGES]],
  insertDraft: [[WRITE, CHANGES]],
  findDraftState: [[WRITE, undefined]],
} satisfies SamplesOf<typeof import('./save-draft.queries.ts')>;
