import { ACTOR, AT, type SamplesOf } from '../../../scripts/sample-values.ts';

const EMAIL = 'maud@rubric.example';

export const samples = {
  listInvitations: [[]],
  findOpenInvitation: [[Buffer.alloc(32)]],
  insertInvitation: [
    [ACTOR, { email: EMAIL, role: 'author', authorId: null, invitedBy: 7, hash: Buffer.alloc(32), expiresAt: AT }],
  ],
  claimInvitation: [[ACTOR, 1]],
  deleteInvitation: [[ACTOR, 1]],
  deleteInvitationsOf: [[ACTOR, EMAIL]],
} satisfies SamplesOf<typeof import('./invitations.queries.ts')>;
