import { describe, expect, test } from 'vitest';
import type { Answer } from '../harness/client.ts';
import { useMailbox } from '../harness/mailbox.ts';
import { forgetLimits, newAccount, PASSWORD } from '../harness/person.ts';
import { expectProblem } from '../harness/problem.ts';
import { useServer } from '../harness/server.ts';

const mailbox = useMailbox();
const server = useServer(mailbox.environment);
const ROUNDS = 15;

async function timed(call: () => Promise<Answer>) {
  const start = performance.now();
  const answer = await call();
  return { ms: performance.now() - start, answer };
}

const median = (numbers: number[]) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

/** Calls in turns, so that what else the machine does meets all of them alike. */
async function mediansOf(calls: Record<string, () => Promise<Answer>>) {
  const times: Record<string, number[]> = {};
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [name, call] of Object.entries(calls)) {
      await forgetLimits(server);
      const { ms } = await timed(call);
      // The first round fills caches and plans statements.
      if (round > 0) (times[name] ??= []).push(ms);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]));
}

/** What an answer shows, but for the instant. */
const shownBy = ({ status, headers, body }: Answer) => ({
  status,
  body,
  headers: [...headers].filter(([name]) => name !== 'date'),
});

const attempt =
  (email: string, password = 'not the password') =>
  () =>
    server.anonymous.post('/sessions', { email, password });

describe('V6.3.8 Who has an account does not show', () => {
  test('in the status, the body and the headers of a refused sign-in', async () => {
    const { email } = await newAccount(server, 'editor');
    const suspended = await newAccount(server, 'editor');
    await server.as.admin.patch(`/accounts/${suspended.id}`, { suspended: true });
    const [unknown, wrong, out] = [
      await attempt('nobody@rubric.example')(),
      await attempt(email)(),
      await attempt(suspended.email, PASSWORD)(),
    ];
    expectProblem(unknown, 401, 'sign_in_refused');
    expect(shownBy(wrong)).toEqual(shownBy(unknown));
    expect(shownBy(out)).toEqual(shownBy(unknown));
    expect(unknown.headers.getSetCookie()).toEqual([]);
  });

  test('in its time', { timeout: 120_000 }, async () => {
    const { email } = await newAccount(server, 'editor');
    const suspended = await newAccount(server, 'editor');
    await server.as.admin.patch(`/accounts/${suspended.id}`, { suspended: true });
    const {
      unknown = 0,
      wrong = 0,
      out = 0,
    } = await mediansOf({
      unknown: attempt('nobody@rubric.example'),
      wrong: attempt(email),
      out: attempt(suspended.email, PASSWORD),
    });
    // Without a hash for the unknown address it would be some fifty to one.
    for (const ratio of [unknown / wrong, out / wrong]) {
      expect(ratio).toBeLessThan(1.5);
      expect(ratio).toBeGreaterThan(1 / 1.5);
    }
  });

  test('in how often one may try, also from where somebody signed in before', async () => {
    const { email } = await newAccount(server, 'editor');
    await forgetLimits(server);
    expect((await attempt(email, PASSWORD)()).status).toBe(201);
    const answersFor = async (address: string) => {
      await forgetLimits(server);
      const answers: Answer[] = [];
      for (let tries = 0; tries < 12; tries += 1) answers.push(await attempt(address)());
      return answers.map(shownBy);
    };
    const [known, unknown] = [await answersFor(email), await answersFor('nobody@rubric.example')];
    expect(known).toEqual(unknown);
    expect(new Set(known.map(({ status }) => status))).toEqual(new Set([401]));
  });

  test('in the answer to a forgotten password, nor in its time', async () => {
    const { email } = await newAccount(server, 'editor');
    const ask = (address: string) => () => server.anonymous.post('/passwords/forgotten', { email: address });
    const [known, unknown] = [await ask(email)(), await ask('nobody@rubric.example')()];
    expect(known.status).toBe(202);
    expect(shownBy(known)).toEqual(shownBy(unknown));
    const times = await mediansOf({ known: ask(email), unknown: ask('nobody@rubric.example') });
    expect(times['known']! / times['unknown']!).toBeLessThan(1.5);
    expect(mailbox.to('nobody@rubric.example')).toEqual([]);
  });
});
