import { type SamplesOf } from '../../../scripts/sample-values.ts';
import { COMMAND } from '../../access/principal.ts';
import { writeScopeOf } from '../visibility/visibility.ts';

const SCOPE = writeScopeOf(COMMAND);
const WRITE = { id: 1, expectedVersions: undefined, scope: SCOPE };

export const samples = {
  findArticleState: [[1, SCOPE]],
  updateArticleTrashed: [[WRITE]],
  updateArticleRestored: [[WRITE, 'bread-2']],
  deleteArticle: [[WRITE]],
} satisfies SamplesOf<typeof import('./trash-article.queries.ts')>;
