import { type SamplesOf } from '../../scripts/sample-values.ts';
import { ARTICLE_RELATIONS } from '../articles/article-relations.ts';

const RELATIONS = Object.values(ARTICLE_RELATIONS);

export const samples = {
  listWrongCategoryCounts: [[]],
  listWrongCountedArticles: [[]],
  listWrongCategoryPaths: [[]],
  listWrongSortKeys: [[]],
  listBrokenLinks: { 'of each relation': [RELATIONS] },
  listLinksWithoutPosition: { 'of each relation': [RELATIONS] },
  listInvalidRanks: [[]],
  listMissingParents: [[]],
  listCategoryCycles: [[]],
  listInvalidSlugs: { 'of each table with slugs': [RELATIONS, '^[a-z]+$'] },
  listDuplicateNames: [[]],
  listInvalidVersions: { 'of each table with versions': [RELATIONS] },
  listLaggingSequences: { 'of each table with generated ids': [RELATIONS] },
  listAlteredSchemaObjects: [['create table articles ();', ['articles_pkey']]],
  updateSettings: [[]],
} satisfies SamplesOf<typeof import('./doctor.queries.ts')>;
