import { type SamplesOf } from '../../../scripts/sample-values.ts';

export const samples = {
  findAccountExists: [[]],
  insertSetupCode: [['{"code":"7KQM-2XWD","tries":5}']],
  findSetupCode: [[]],
  lockSetupCode: [[]],
  updateSetupCode: [['{"code":"7KQM-2XWD","tries":4}']],
  deleteSetupCode: [[]],
} satisfies SamplesOf<typeof import('./setup.queries.ts')>;
