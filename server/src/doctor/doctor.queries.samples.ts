import { type SamplesOf } from '../../scripts/sample-values.ts';

export const samples = {
  listWrongCategoryCounts: [[]],
  listWrongCountedArticles: [[]],
  listWrongSortKeys: [[]],
  listBrokenLinks: [[]],
  listLinksWithoutPosition: [[]],
  listMissingParents: [[]],
  listCategoryCycles: [[]],
  listInvalidSlugs: [['^[a-z]+$']],
  listDuplicateNames: [[]],
  listStaleSearchDocuments: [[]],
  listInvalidVersions: [[]],
  listLaggingSequences: [[]],
  listAlteredSchemaObjects: [['create table articles ();', ['articles_pkey']]],
  updateStatementTimeout: [[]],
} satisfies SamplesOf<typeof import('./doctor.queries.ts')>;
