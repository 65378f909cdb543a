import { ACTOR, AT, BEFORE, PAGE, type SamplesOf } from './sample-values.ts';

const EMAIL = 'maud@rubric.example';

const accounts = {
  findAccount: [[1]],
  findAccountByEmail: [[EMAIL]],
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
} satisfies SamplesOf<typeof import('../src/auth/accounts/accounts.queries.ts')>;

const standing = {
  lockAccounts: [[[1, 2], true]],
  lockAccountUnchanged: [[1]],
  lockSession: [[1]],
  lockTokens: [[[1, 2]]],
} satisfies SamplesOf<typeof import('../src/auth/accounts/reauthorize.queries.ts')>;

const secondFactor = {
  findSecondFactor: [[1]],
  deleteSecondFactor: [[1]],
  claimCode: [[1, '492039']],
  deleteOldCodes: [[1]],
} satisfies SamplesOf<typeof import('../src/auth/second-factor/second-factor.queries.ts')>;

const invitations = {
  listInvitations: [[]],
  findOpenInvitation: [[Buffer.alloc(32)]],
  insertInvitation: [
    [ACTOR, { email: EMAIL, role: 'author', authorId: null, invitedBy: 7, hash: Buffer.alloc(32), expiresAt: AT }],
  ],
  claimInvitation: [[ACTOR, 1]],
  deleteInvitation: [[ACTOR, 1]],
  deleteInvitationsOf: [[ACTOR, EMAIL]],
} satisfies SamplesOf<typeof import('../src/auth/invitations/invitations.queries.ts')>;

const secrets = {
  insertSecret: [['auth', '…']],
  findSecret: [['auth']],
} satisfies SamplesOf<typeof import('../src/auth/better-auth/secrets.queries.ts')>;

const verifications = {
  findVerification: [['hash']],
  deleteVerificationsOf: [[1]],
  deleteExpiredVerifications: [[]],
} satisfies SamplesOf<typeof import('../src/auth/better-auth/verifications.queries.ts')>;

const suspended = {
  findSuspended: [[1]],
} satisfies SamplesOf<typeof import('../src/auth/better-auth/suspended.queries.ts')>;

const sessions = {
  findSession: [['token']],
  updateSessionSeen: [[1]],
  listSessions: [[1]],
  deleteSessionByToken: [['token']],
  deleteSession: [[1, 2]],
  deleteOtherSessions: [[1, 'token']],
  deleteSessionsOf: [[1]],
  deleteExpiredSessions: [[]],
} satisfies SamplesOf<typeof import('../src/auth/sessions/sessions.queries.ts')>;

const signIn = {
  findPasswordHash: [[EMAIL]],
  lockSignIn: [[EMAIL]],
  listKnownAddresses: [[EMAIL]],
} satisfies SamplesOf<typeof import('../src/auth/sign-in/sign-in.queries.ts')>;

/** The samples of what people are kept by, for `query-samples.ts`. */
export const PEOPLE = {
  'auth/second-factor/second-factor.queries.ts': secondFactor,
  'auth/accounts/accounts.queries.ts': accounts,
  'auth/accounts/reauthorize.queries.ts': standing,
  'auth/invitations/invitations.queries.ts': invitations,
  'auth/better-auth/suspended.queries.ts': suspended,
  'auth/better-auth/verifications.queries.ts': verifications,
  'auth/better-auth/secrets.queries.ts': secrets,
  'auth/sessions/sessions.queries.ts': sessions,
  'auth/sign-in/sign-in.queries.ts': signIn,
};
