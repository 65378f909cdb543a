import { type SamplesOf } from '../../../scripts/sample-values.ts';
import { COMMAND } from '../../access/principal.ts';
import { INITIAL_VALUES } from '../article-fields.ts';
import { RELATION_FIELDS } from '../article-relations.ts';
import { recordOf } from '../record-of.ts';
import { writeScopeOf } from '../visibility/visibility.ts';

const SCOPE = writeScopeOf(COMMAND);

const ARTICLE = { ...INITIAL_VALUES, title: 'Bread', slug: 'bread', publishedAt: undefined };
const LINKS = { ...recordOf(RELATION_FIELDS, () => []), categoryIds: ['1', '2'], authorIds: ['3'] };

export const samples = {
  insertArticle: [[{ ...ARTICLE, ...LINKS }, SCOPE]],
} satisfies SamplesOf<typeof import('./create-article.queries.ts')>;
