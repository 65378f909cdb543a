import { ACTOR, AT, BEFORE, PAGE, type SamplesOf } from './sample-values.ts';

const EMAIL = 'maud@rubric.example';

const accounts = {
  findAccount: [[1]],
  listAccounts: {
    '(first page)': [PAGE],
    'before=…': [{ ...BEFORE, from: { key: EMAIL } }],
  },
  countAccounts: [[]],
  insertAccount: [[ACTOR, { name: 'Maud', email: EMAIL, role: 'author', authorId: null }]],
  insertPassword: [[1, 'scrypt$15$8$3$…']],
  updateAccount: {
    'suspended=true': [ACTOR, 1, { suspended: true }],
    'name and role': [ACTOR, 1, { name: 'Maud', role: 'editor' }],
  },
  deleteAccount: [[ACTOR, 1]],
} satisfies SamplesOf<typeof import('../src/accounts/accounts.queries.ts')>;

const standing = {
  lockAccounts: [[[1, 2], true]],
  lockAccountUnchanged: [[1]],
  lockSession: [[1]],
  lockTokens: [[[1, 2]]],
} satisfies SamplesOf<typeof import('../src/accounts/standing.queries.ts')>;

const secondFactor = {
  findSecondFactor: [[1]],
  deleteSecondFactor: [[1]],
} satisfies SamplesOf<typeof import('../src/account/second-factor.queries.ts')>;

const invitations = {
  listInvitations: [[]],
  findOpenInvitation: [[Buffer.alloc(32)]],
  insertInvitation: [
    [ACTOR, { email: EMAIL, role: 'author', authorId: null, invitedBy: 7, hash: Buffer.alloc(32), expiresAt: AT }],
  ],
  claimInvitation: [[ACTOR, 1]],
  deleteInvitation: [[ACTOR, 1]],
  deleteInvitationsOf: [[ACTOR, EMAIL]],
} satisfies SamplesOf<typeof import('../src/invitations/invitations.queries.ts')>;

const secrets = {
  insertSecret: [['auth', '…']],
  findSecret: [['auth']],
} satisfies SamplesOf<typeof import('../src/sessions/secrets.queries.ts')>;

const sessions = {
  findSession: [['token']],
  updateSessionSeen: [[1]],
  findSuspended: [[1]],
  listSessions: [[1]],
  deleteSessionByToken: [['token']],
  deleteSession: [[1, 2]],
  deleteOtherSessions: [[1, 'token']],
  deleteSessionsOf: [[1]],
  findPromise: [['hash']],
  deletePromisesTo: [[1]],
  deleteOldPromises: [[]],
  deleteOldSessions: [[]],
} satisfies SamplesOf<typeof import('../src/sessions/sessions.queries.ts')>;

const signIn = {
  findAccountByEmail: [[EMAIL]],
  findPasswordHash: [[EMAIL]],
  lockSignIn: [[EMAIL]],
  listKnownAddresses: [[EMAIL]],
  claimCode: [[1, '492039']],
  deleteOldCodes: [[1]],
} satisfies SamplesOf<typeof import('../src/sessions/sign-in.queries.ts')>;

/** The samples of what people are kept by, for `query-samples.ts`. */
export const PEOPLE = {
  'account/second-factor.queries.ts': secondFactor,
  'accounts/accounts.queries.ts': accounts,
  'accounts/standing.queries.ts': standing,
  'invitations/invitations.queries.ts': invitations,
  'sessions/secrets.queries.ts': secrets,
  'sessions/sessions.queries.ts': sessions,
  'sessions/sign-in.queries.ts': signIn,
};
