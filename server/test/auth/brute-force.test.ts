import { describe, expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { BrowserClient, newAccount, PASSWORD, resetRateLimits, type TestAccount } from '../harness/browser-client.ts';
import { concurrently, outcomes } from '../harness/concurrency.ts';
import { expectProblem } from '../harness/problem.ts';
import { startTestServer, useServer } from '../harness/server.ts';

/** Believes what the header says of where a request comes from, so that one machine can be many. */
const server = useServer({ TRUST_PROXY: 'loopback' });

const attempt = ({ email }: Pick<TestAccount, 'email'>, from: string, password = 'not the password') =>
  new BrowserClient(server.url).post('/sessions', { email, password }, { headers: { 'x-forwarded-for': from } });

describe('V6.3.1 Guessing passwords', () => {
  test('ends after ten tries on one account, wherever strangers come from', async () => {
    await resetRateLimits(server);
    const account = await newAccount(server, 'editor');
    await concurrently(9, (n) => attempt(account, `198.51.100.${n}`));
    expect((await attempt(account, '198.51.100.98', PASSWORD)).status).toBe(201);
    expectProblem(await attempt(account, '198.51.100.99', PASSWORD), 401, 'invalid_credentials');
  });

  test('V6.1.1 locks the owner out of nothing, where they signed in from before', async () => {
    await resetRateLimits(server);
    const account = await newAccount(server, 'editor');
    expect((await attempt(account, '203.0.113.7', PASSWORD)).status).toBe(201);
    await concurrently(10, (n) => attempt(account, `198.51.100.${n}`));
    expectProblem(await attempt(account, '198.51.100.99', PASSWORD), 401, 'invalid_credentials');
    expect((await attempt(account, '203.0.113.7', PASSWORD)).status).toBe(201);
    // Also when all sessions are gone: the log remembers.
    await server.database.pool.query('delete from sessions where account_id = $1', [account.id]);
    expect((await attempt(account, '203.0.113.7', PASSWORD)).status).toBe(201);
  });

  test('has a count of its own for a place that is known, and it ends too', async () => {
    await resetRateLimits(server);
    const account = await newAccount(server, 'editor');
    await attempt(account, '203.0.113.7', PASSWORD);
    await concurrently(10, () => attempt(account, '203.0.113.7'));
    expectProblem(await attempt(account, '203.0.113.7', PASSWORD), 401, 'invalid_credentials');
    expect((await attempt(account, '198.51.100.1', PASSWORD)).status).toBe(201);
  });

  test('ends after thirty tries from one place, whoever is tried', { timeout: 60_000 }, async () => {
    await resetRateLimits(server);
    // At once: one after the other they might last until one is allowed again.
    const answers = await concurrently(40, (n) => attempt({ email: `someone-${n}@rubric.example` }, '198.51.100.5'));
    expect(answers.filter(({ status }) => status !== 429)).toHaveLength(30);
    expect((await attempt({ email: 'someone@rubric.example' }, '198.51.100.6')).status).toBe(401);
  });

  test('takes the first 64 bits of an IPv6 address for one place', async () => {
    await resetRateLimits(server);
    const account = await newAccount(server, 'editor');
    await attempt(account, '2001:db8:1:2::7', PASSWORD);
    await concurrently(10, (n) => attempt(account, `198.51.100.${n}`));
    expect((await attempt(account, '2001:db8:1:2:ffff::1', PASSWORD)).status).toBe(201);
    expectProblem(await attempt(account, '2001:db8:1:3::7', PASSWORD), 401, 'invalid_credentials');
  });

  test('is counted for all servers together, and a crowd that comes at once counts as many', async () => {
    await resetRateLimits(server);
    const account = await newAccount(server, 'editor');
    const second = await createApp(readConfig({ TRUST_PROXY: 'loopback' }), server.database.db, false);
    await second.listen(0, '127.0.0.1');
    const secondUrl = await second.getUrl();
    const answers = await concurrently(24, (n) =>
      new BrowserClient(n % 2 ? server.url : secondUrl).post(
        '/sessions',
        { email: account.email, password: PASSWORD },
        { headers: { 'x-forwarded-for': `198.51.100.${n}` } },
      ),
    );
    await second.close();
    expect(outcomes(answers)).toEqual([...Array(10).fill('201'), ...Array(14).fill('401 invalid_credentials')]);
  });
});

test('A header changes nothing where TRUST_PROXY names nobody', async () => {
  const closed = await startTestServer();
  const { email } = await newAccount(closed, 'editor');
  const answers = await concurrently(12, (n) =>
    new BrowserClient(closed.url).post(
      '/sessions',
      { email: `${n}-${email}`, password: PASSWORD },
      { headers: { 'x-forwarded-for': `198.51.100.${n}`, 'x-rubric-address': `198.51.100.${n}` } },
    ),
  );
  expect(outcomes(answers)).toEqual(Array(12).fill('401 invalid_credentials'));
  const { rows } = await closed.database.pool.query(`select key from rate_limits where key like 'sign-in:from:%'`);
  expect(rows).toEqual([{ key: 'sign-in:from:127.0.0.1' }]);
  await closed.close();
});
