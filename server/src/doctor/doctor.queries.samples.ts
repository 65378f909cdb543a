import { type SamplesOf } from '../../scripts/sample-values.ts';

export const samples = {
  listMiscountedCategories: [[]],
  listMiscountedArticles: [[]],
  listMisplacedArticles: [[]],
  listMisplacedLinks: [[]],
  listLinksWithoutPosition: [[]],
  listMissingParents: [[]],
  listCategoryCycles: [[]],
  listBadSlugs: [['^[a-z]+$']],
  listSharedNames: [[]],
  listStaleWords: [[]],
  listBadVersions: [[]],
  listSequencesBehind: [[]],
  listAlteredRules: [['create table articles ();', ['articles_pkey']]],
  updateStatementTimeout: [[]],
} satisfies SamplesOf<typeof import('./doctor.queries.ts')>;
