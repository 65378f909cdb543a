import { ACTOR, BEFORE, PAGE, type SamplesOf } from '../../../scripts/sample-values.ts';

const EMAIL = 'maud@rubric.example';

export const samples = {
  findAccount: [[1]],
  findAccountByEmail: [[EMAIL]],
  listAccounts: {
    '(first page)': [PAGE],
    'before=…': [{ ...BEFORE, from: { key: EMAIL, id: 1 } }],
  },
  countAccounts: [[]],
  insertAccount: [[ACTOR, { name: 'Maud', email: EMAIL, role: 'author', authorId: null }]],
  insertPassword: [[1, 'scrypt$15$8$3$…']],
  updateAccount: {
    'suspended=true': [ACTOR, 1, { suspended: true }],
    'name and role': [ACTOR, 1, { name: 'Maud', role: 'editor' }],
  },
  deleteAccount: [[ACTOR, 1]],
} satisfies SamplesOf<typeof import('./accounts.queries.ts')>;
