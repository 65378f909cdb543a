import { describe, expect, test } from 'vitest';
import { newAccount, PASSWORD, resetRateLimits } from '../harness/browser-client.ts';
import type { TestResponse } from '../harness/client.ts';
import { useMailbox } from '../harness/mailbox.ts';
import { expectProblem } from '../harness/problem.ts';
import { useServer } from '../harness/server.ts';

const mailbox = useMailbox();
/** With hashes that take a large part of a request: without one, the ratio would be about four to one. */
const server = useServer({ ...mailbox.environment, PASSWORD_HASH_COST: '11' });
const MAX_RATIO = 1.5;
const MIN_ROUNDS = 10;
const MAX_ROUNDS = 200;

async function timed(call: () => Promise<TestResponse>) {
  const start = performance.now();
  const response = await call();
  return { ms: performance.now() - start, response };
}

/**
 * Expects all ratios of the shortest response times to be below MAX_RATIO. Other load on the machine only makes responses
 * slower, so more rounds bring the shortest times closer to the truth. A real difference stays.
 */
async function expectAlike<Name extends string>(
  calls: Record<Name, () => Promise<TestResponse>>,
  ratiosOf: (times: Record<Name, number>) => number[],
) {
  const shortest: Record<string, number> = {};
  let largest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < MAX_ROUNDS && (round < MIN_ROUNDS || largest >= MAX_RATIO); round += 1) {
    for (const [name, call] of Object.entries<() => Promise<TestResponse>>(calls)) {
      await resetRateLimits(server);
      const { ms } = await timed(call);
      shortest[name] = Math.min(ms, shortest[name] ?? ms);
    }
    largest = Math.max(...ratiosOf(shortest));
  }
  expect(largest).toBeLessThan(MAX_RATIO);
}

/** Everything that a response reveals, except its date. */
const visiblePartOf = ({ status, headers, body }: TestResponse) => ({
  status,
  body,
  headers: [...headers].filter(([name]) => name !== 'date'),
});

const attempt =
  (email: string, password = 'not the password') =>
  () =>
    server.anonymous.post('/sessions', { email, password });

describe('V6.3.8 Whether an account exists is not revealed', () => {
  test('by the status, body and headers of a refused sign-in', async () => {
    const { email } = await newAccount(server, 'editor');
    const account = await newAccount(server, 'editor');
    await server.as.admin.patch(`/accounts/${account.id}`, { suspended: true });
    const [unknown, wrong, suspended] = [
      await attempt('nobody@rubric.example')(),
      await attempt(email)(),
      await attempt(account.email, PASSWORD)(),
    ];
    expectProblem(unknown, 401, 'invalid_credentials');
    expect(visiblePartOf(wrong)).toEqual(visiblePartOf(unknown));
    expect(visiblePartOf(suspended)).toEqual(visiblePartOf(unknown));
    expect(unknown.headers.getSetCookie()).toEqual([]);
  });

  test('by its response time', async () => {
    const { email } = await newAccount(server, 'editor');
    const account = await newAccount(server, 'editor');
    await server.as.admin.patch(`/accounts/${account.id}`, { suspended: true });
    await expectAlike(
      { unknown: attempt('nobody@rubric.example'), wrong: attempt(email), suspended: attempt(account.email, PASSWORD) },
      ({ unknown, wrong, suspended }) => [unknown / wrong, wrong / unknown, suspended / wrong, wrong / suspended],
    );
  });

  test('by the number of attempts, also from an address that has signed in before', async () => {
    const { email } = await newAccount(server, 'editor');
    await resetRateLimits(server);
    expect((await attempt(email, PASSWORD)()).status).toBe(201);
    const attemptsOn = async (address: string) => {
      await resetRateLimits(server);
      const responses: TestResponse[] = [];
      for (let n = 0; n < 12; n += 1) responses.push(await attempt(address)());
      return responses.map(visiblePartOf);
    };
    const [known, unknown] = [await attemptsOn(email), await attemptsOn('nobody@rubric.example')];
    expect(known).toEqual(unknown);
    expect(new Set(known.map(({ status }) => status))).toEqual(new Set([401]));
  });

  test('by the response to a forgotten password, nor by its time', async () => {
    const { email } = await newAccount(server, 'editor');
    const requestReset = (address: string) => () => server.anonymous.post('/passwords/forgotten', { email: address });
    const [known, unknown] = [await requestReset(email)(), await requestReset('nobody@rubric.example')()];
    expect(known.status).toBe(202);
    expect(visiblePartOf(known)).toEqual(visiblePartOf(unknown));
    await expectAlike(
      { known: requestReset(email), unknown: requestReset('nobody@rubric.example') },
      ({ known, unknown }) => [known / unknown],
    );
    expect(mailbox.to('nobody@rubric.example')).toEqual([]);
  });
});
