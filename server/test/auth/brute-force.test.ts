import { describe, expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { BrowserClient, newAccount, PASSWORD, resetRateLimits, type TestAccount } from '../harness/browser-client.ts';
import { concurrently, outcomes } from '../harness/concurrency.ts';
import { expectProblem } from '../harness/problem.ts';
import { startTestServer, TEST_SETTINGS, useServer } from '../harness/server.ts';

/** Trusts X-Forwarded-For, so that the tests can send requests from many addresses. */
const server = useServer({ TRUST_PROXY: 'loopback' });

const attempt = ({ email }: Pick<TestAccount, 'email'>, from: string, password = 'not the password') =>
  new BrowserClient(server.url).post('/sessions', { email, password }, { headers: { 'x-forwarded-for': from } });

describe('V6.3.1 Guessing passwords', () => {
  test('is limited to ten attempts on one account, from all unknown addresses together', async () => {
    await resetRateLimits(server);
    const account = await newAccount(server, 'editor');
    await concurrently(9, (n) => attempt(account, `198.51.100.${n}`));
    expect((await attempt(account, '198.51.100.97', PASSWORD)).status).toBe(201);
    await attempt(account, '198.51.100.98');
    expectProblem(await attempt(account, '198.51.100.99', PASSWORD), 401, 'invalid_credentials');
  });

  test('does not count right passwords, neither on the account nor from the address', async () => {
    await resetRateLimits(server);
    const account = await newAccount(server, 'editor');
    // Each address is new, so that all attempts on the account count together.
    for (let n = 0; n < 12; n += 1) expect((await attempt(account, `198.51.100.${n}`, PASSWORD)).status).toBe(201);
    for (let n = 0; n < 32; n += 1) expect((await attempt(account, '198.51.100.5', PASSWORD)).status).toBe(201);
    await concurrently(10, (n) => attempt(account, `203.0.113.${n}`));
    expectProblem(await attempt(account, '203.0.113.99', PASSWORD), 401, 'invalid_credentials');
  });

  test('lets forty in who sign in at once with the right password', async () => {
    await resetRateLimits(server);
    const account = await newAccount(server, 'editor');
    const right = await concurrently(40, () => attempt(account, '198.51.100.1', PASSWORD));
    expect(outcomes(right)).toEqual(Array(40).fill('201'));
  });

  test('V6.1.1 does not lock the owner out of addresses that have signed in before', async () => {
    await resetRateLimits(server);
    const account = await newAccount(server, 'editor');
    expect((await attempt(account, '203.0.113.7', PASSWORD)).status).toBe(201);
    await concurrently(10, (n) => attempt(account, `198.51.100.${n}`));
    expectProblem(await attempt(account, '198.51.100.99', PASSWORD), 401, 'invalid_credentials');
    expect((await attempt(account, '203.0.113.7', PASSWORD)).status).toBe(201);
    // Also after all sessions were deleted: the audit log keeps the addresses.
    await server.database.pool.query('delete from sessions where account_id = $1', [account.id]);
    expect((await attempt(account, '203.0.113.7', PASSWORD)).status).toBe(201);
  });

  test('is limited separately for each address that has signed in before', async () => {
    await resetRateLimits(server);
    const account = await newAccount(server, 'editor');
    await attempt(account, '203.0.113.7', PASSWORD);
    await concurrently(10, () => attempt(account, '203.0.113.7'));
    expectProblem(await attempt(account, '203.0.113.7', PASSWORD), 401, 'invalid_credentials');
    expect((await attempt(account, '198.51.100.1', PASSWORD)).status).toBe(201);
  });

  test('is limited to thirty attempts from one address, over all accounts', async () => {
    await resetRateLimits(server);
    // Concurrently: sequential attempts could take long enough for another one to be allowed.
    const responses = await concurrently(40, (n) => attempt({ email: `someone-${n}@rubric.example` }, '198.51.100.5'));
    expect(responses.filter(({ status }) => status !== 429)).toHaveLength(30);
    expect((await attempt({ email: 'someone@rubric.example' }, '198.51.100.6')).status).toBe(401);
  });

  test('counts the first 64 bits of an IPv6 address as one address', async () => {
    await resetRateLimits(server);
    const account = await newAccount(server, 'editor');
    await attempt(account, '2001:db8:1:2::7', PASSWORD);
    await concurrently(10, (n) => attempt(account, `198.51.100.${n}`));
    expect((await attempt(account, '2001:db8:1:2:ffff::1', PASSWORD)).status).toBe(201);
    expectProblem(await attempt(account, '2001:db8:1:3::7', PASSWORD), 401, 'invalid_credentials');
  });

  test('is limited over all servers together, also for concurrent attempts', async () => {
    await resetRateLimits(server);
    const account = await newAccount(server, 'editor');
    const second = await createApp(readConfig({ ...TEST_SETTINGS, TRUST_PROXY: 'loopback' }), server.database, false);
    await second.listen(0, '127.0.0.1');
    const secondUrl = await second.getUrl();
    const attemptOn = (url: string, n: number, password: string) =>
      new BrowserClient(url).post(
        '/sessions',
        { email: account.email, password },
        { headers: { 'x-forwarded-for': `198.51.100.${n}` } },
      );
    const urls = [server.url, secondUrl];
    await concurrently(9, (n) => attemptOn(urls[n % 2]!, n, 'not the password'));
    expect((await attemptOn(secondUrl, 10, PASSWORD)).status).toBe(201);
    await concurrently(14, (n) => attemptOn(urls[n % 2]!, n, 'not the password'));
    for (const url of urls) expectProblem(await attemptOn(url, 99, PASSWORD), 401, 'invalid_credentials');
    await second.close();
  });
});

test('X-Forwarded-For is ignored without TRUST_PROXY', async () => {
  const direct = await startTestServer();
  const { email } = await newAccount(direct, 'editor');
  const responses = await concurrently(12, (n) =>
    new BrowserClient(direct.url).post(
      '/sessions',
      { email: `${n}-${email}`, password: PASSWORD },
      { headers: { 'x-forwarded-for': `198.51.100.${n}`, 'x-rubric-address': `198.51.100.${n}` } },
    ),
  );
  expect(outcomes(responses)).toEqual(Array(12).fill('401 invalid_credentials'));
  const { rows } = await direct.database.pool.query(`select key from rate_limits where key like 'sign-in:from:%'`);
  expect(rows).toEqual([{ key: 'sign-in:from:127.0.0.1' }]);
  await direct.close();
});
