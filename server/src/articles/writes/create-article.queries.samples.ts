import { type SamplesOf } from '../../../scripts/sample-values.ts';
import { COMMAND } from '../../access/principal.ts';
import { writeScopeOf } from '../visibility/visibility.ts';

const SCOPE = writeScopeOf(COMMAND);

const ARTICLE = { title: 'Bread', slug: 'bread', excerpt: null, content: '', contentFormat: 'markdown' as const };

export const samples = {
  insertArticle: [[{ ...ARTICLE, publishedAt: undefined, categoryIds: ['1', '2'], authorIds: ['3'] }, SCOPE]],
} satisfies SamplesOf<typeof import('./create-article.queries.ts')>;
