import { type SamplesOf } from '../../../scripts/sample-values.ts';
import { COMMAND } from '../../access/principal.ts';
import { writeScopeOf } from '../visibility/visibility.ts';

const WRITER = writeScopeOf(COMMAND);
const WRITE = { id: 1, expected: null, writer: WRITER };

export const samples = {
  findArticleState: [[1, WRITER]],
  updateArticleTrashed: [[WRITE]],
  updateArticleRestored: [[WRITE, 'bread-2']],
  deleteArticle: [[WRITE]],
} satisfies SamplesOf<typeof import('./trash-article.queries.ts')>;
