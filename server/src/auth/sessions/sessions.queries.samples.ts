import { type SamplesOf } from '../../../scripts/sample-values.ts';

export const samples = {
  findSession: [['token']],
  updateSessionSeenAt: [[1]],
  listSessions: [[1]],
  deleteSessionByToken: [['token']],
  deleteSession: [[1, 2]],
  deleteOtherSessions: [[1, 'token']],
  deleteSessionsOf: [[1]],
  deleteExpiredSessions: [[]],
} satisfies SamplesOf<typeof import('./sessions.queries.ts')>;
