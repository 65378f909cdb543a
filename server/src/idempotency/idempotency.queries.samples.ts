import { type SamplesOf } from '../../scripts/sample-values.ts';

const key = { caller: 'token:1', key: 'b1c0f7a2' };

export const samples = {
  lockKey: [[key]],
  findKeptAnswer: [[key]],
  insertKeptAnswer: [
    [
      { ...key, fingerprint: Buffer.alloc(32) },
      { status: 201, location: '/articles/1', body: '{"id":1}' },
    ],
  ],
  deleteExpiredAnswers: [[1_000]],
} satisfies SamplesOf<typeof import('./idempotency.queries.ts')>;
