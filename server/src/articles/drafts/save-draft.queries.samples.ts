import type { SamplesOf } from '../../../scripts/sample-values.ts';
import { COMMAND } from '../../access/principal.ts';
import { articleWrite } from '../writes/locked-write.writer.ts';

const WRITE = articleWrite(1, COMMAND, [6]);
const TEXT = { columns: { title: 'Rye', content: 'Dough' }, links: {} };
const CHECKED = { columns: { slug: 'rye' }, links: { categoryIds: ['3'] } };

export const samples = {
  updateDraft: {
    'an autosave of text': [WRITE, TEXT],
    'a slug and links, which are checked': [WRITE, CHECKED],
  },
  insertDraft: { 'a slug and links, which are checked': [WRITE, CHECKED] },
  findDraftState: [[WRITE, undefined]],
} satisfies SamplesOf<typeof import('./save-draft.queries.ts')>;
