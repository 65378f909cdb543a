import type { SamplesOf } from '../../../scripts/sample-values.ts';
import { COMMAND } from '../../access/principal.ts';
import { readScopeOf, writeScopeOf } from '../visibility/visibility.ts';

const ARTICLE = { id: 1, trashed: false };

export const samples = {
  listRevisions: {
    '(first page)': [ARTICLE, readScopeOf(COMMAND), { backward: false, from: null, fetch: 21 }],
    'before=…': [ARTICLE, readScopeOf(COMMAND), { backward: true, from: { key: '', id: 7 }, fetch: 21 }],
  },
  findRevision: [[{ ...ARTICLE, number: 3 }, readScopeOf(COMMAND)]],
  findRevisionOfDraft: [[{ id: 1, number: 3 }]],
  findRevisionToRestore: [[{ id: 1, number: 3 }, writeScopeOf(COMMAND)]],
} satisfies SamplesOf<typeof import('./revisions.queries.ts')>;
