import type { SamplesOf } from '../../scripts/sample-values.ts';
import { ARTICLE_RELATIONS } from '../articles/article-relations.ts';

const RELATIONS = Object.values(ARTICLE_RELATIONS);

export const samples = {
  listWrongRevisions: { 'of articles with links of each relation': [RELATIONS] },
  listBrokenRevisionTexts: [[{ title: 'title', contentFormat: 'content_format' }]],
  listTextsInOldEntries: [[]],
  listWrongDrafts: { 'of each relation': [RELATIONS] },
  listWrongNames: { 'of each relation': [RELATIONS] },
} satisfies SamplesOf<typeof import('./revision-checks.queries.ts')>;
