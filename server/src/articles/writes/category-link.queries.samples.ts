import { type SamplesOf } from '../../../scripts/sample-values.ts';
import { COMMAND } from '../../access/principal.ts';
import { writeScopeOf } from '../visibility/visibility.ts';

const SCOPE = writeScopeOf(COMMAND);
const WRITE = { id: 1, expectedVersions: undefined, scope: SCOPE };

export const samples = {
  insertArticleCategory: [[WRITE, 2, 1_000]],
  deleteArticleCategory: [[WRITE, 2]],
} satisfies SamplesOf<typeof import('./category-link.queries.ts')>;
