import { ACTOR, type SamplesOf } from '../../../scripts/sample-values.ts';

export const samples = {
  findTokenByPrefix: [['0123456789abcdef']],
  insertToken: [[ACTOR, { name: 'front end', role: 'reader', prefix: '0123456789abcdef', hash: Buffer.alloc(0) }]],
  listTokens: [[null], [7]],
  updateTokenRevoked: [
    [ACTOR, 1, null],
    [ACTOR, 1, 7],
  ],
  updateTokenUsed: [[1]],
} satisfies SamplesOf<typeof import('./tokens.queries.ts')>;
