import { expect, onTestFinished, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { Logger } from '../../src/logging/logger.ts';
import { BrowserClient, newAccount, PASSWORD, signIn } from '../harness/browser-client.ts';
import { useMailbox } from '../harness/mailbox.ts';
import { TEST_SETTINGS, useServer } from '../harness/server.ts';
import { totp } from '../harness/totp.ts';

const mailbox = useMailbox();
const server = useServer(mailbox.environment);

/** Captures all log lines, at every level. */
function captureLog() {
  const lines: string[] = [];
  return { logger: new Logger('trace', { write: (line) => void lines.push(line) }), text: () => lines.join('') };
}

async function withLog(environment: Record<string, string>, task: (url: string) => Promise<void>): Promise<string> {
  const { logger, text } = captureLog();
  const app = await createApp(readConfig({ ...TEST_SETTINGS, ...environment }), server.database, logger);
  await app.listen(0, '127.0.0.1');
  await task(await app.getUrl());
  await app.close();
  return text();
}

/** Makes every kind of request that involves secrets, valid and invalid ones. @returns the secrets */
async function useAllSecrets(url: string): Promise<string[]> {
  const at = { ...server, url };
  const account = await newAccount(server, 'editor');
  const person = await signIn(at, account);
  const bodies: unknown[] = [];
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await person.call(method, path, body);
    if (path !== '/account/second-factor' && path !== '/account/recovery-codes') bodies.push(response.body);
    return response.body;
  };
  const { secret, recoveryCodes } = await call('POST', '/account/second-factor', { password: PASSWORD });
  await call('PUT', '/account/second-factor', { code: totp(secret) });
  await call('POST', '/sessions', { email: account.email, password: PASSWORD });
  const challenge = person.cookies.get('rubric_challenge') ?? '';
  await call('POST', '/sessions/second-factor', { recoveryCode: recoveryCodes[0] });
  await call('POST', '/sessions', { email: account.email, password: 'hunter2 hunter2' });
  await call('PUT', '/account/password', { currentPassword: PASSWORD, newPassword: 'another sentence' });
  await call('GET', '/account');
  await call('GET', '/sessions');
  await call('POST', '/passwords/forgotten', { email: account.email });
  const link = await mailbox.token(account.email);
  await call('POST', '/passwords/reset', { token: link, password: 'a third sentence' });
  const { rows } = await server.database.pool.query(
    `select (select json_agg(token) from sessions) as sessions, (select json_agg(password) from account_credentials) as hashes,
       (select json_agg(value) from secrets) as own`,
  );
  const secrets = [PASSWORD, 'hunter2 hunter2', 'another sentence', 'a third sentence', secret, ...recoveryCodes, link];
  secrets.push(challenge, ...(rows[0].sessions ?? []), ...rows[0].hashes, ...rows[0].own);
  for (const each of secrets) expect(JSON.stringify(bodies)).not.toContain(each);
  return secrets;
}

test('V16.2.5 Responses and logs contain no secrets', async () => {
  let secrets: string[] = [];
  const log = await withLog(mailbox.environment, async (url) => {
    secrets = await useAllSecrets(url);
  });
  expect(secrets.length).toBeGreaterThan(15);
  for (const secret of secrets) expect(log).not.toContain(secret);
});

test.each([
  ['sessions', 'POST', '/sessions'],
  ['account_credentials', 'PUT', '/account/password'],
])('V16.2.5 The log contains no secrets if a write to %s fails', async (table, method, path) => {
  const account = await newAccount(server, 'editor');
  const person = await signIn(server, account);
  await server.database.pool.query(`alter table ${table} add constraint broken check (false) not valid`);
  onTestFinished(() => void server.database.pool.query(`alter table ${table} drop constraint if exists broken`));
  const log = await withLog(mailbox.environment, async (url) => {
    const here = Object.assign(new BrowserClient(url), { cookies: person.cookies });
    const signingIn = { email: account.email, password: PASSWORD };
    const changing = { currentPassword: PASSWORD, newPassword: 'another sentence' };
    const response = await here.call(method, path, table === 'sessions' ? signingIn : changing);
    expect(response.status, JSON.stringify(response.body)).toBe(500);
    expect(JSON.stringify(response.body)).not.toMatch(/insert|select|update|broken/i);
  });
  await server.database.pool.query(`alter table ${table} drop constraint broken`);
  expect(log).toContain('unexpected error');
  expect(log).toContain('violates check constraint');
  expect(log).not.toMatch(/scrypt|Failing row|params:/);
  const { rows } = await server.database.pool.query(
    'select token from sessions union all select password from account_credentials',
  );
  for (const secret of [PASSWORD, 'another sentence', ...rows.map(({ token }) => token)])
    expect(log).not.toContain(secret);
});

test('V16.2.5 The log contains no secrets if the mail server rejects a message', async () => {
  const account = await newAccount(server, 'editor');
  mailbox.isAccepting = false;
  const log = await withLog(mailbox.environment, async (url) => {
    expect((await new BrowserClient(url).post('/passwords/forgotten', { email: account.email })).status).toBe(202);
  });
  mailbox.isAccepting = true;
  expect(log).toContain('The mail server rejected a message');
  expect(log).not.toContain('#token=');
});

test('Without SMTP_URL, mail is written to the log, except in production', async () => {
  const { email } = await newAccount(server, 'editor');
  const log = await withLog({}, async (url) => {
    expect((await new BrowserClient(url).post('/passwords/forgotten', { email })).status).toBe(202);
  });
  expect(log).toMatch(/http:\/\/127\.0\.0\.1:\d+\/new-password#token=[\w-]{32}/);
  const production = await withLog({ NODE_ENV: 'production', PASSWORD_HASH_COST: '15' }, async (url) => {
    expect((await new BrowserClient(url).post('/passwords/forgotten', { email })).status).toBe(503);
  });
  expect(production).not.toContain('#token=');
});

test('Servers of one database share the secret that signs cookies, and AUTH_SECRET replaces it', async () => {
  const person = await signIn(server, 'editor');
  await withLog({}, async (url) => {
    const elsewhere = Object.assign(new BrowserClient(url), { cookies: person.cookies });
    expect((await elsewhere.get('/account')).status).toBe(200);
  });
  await withLog({ AUTH_SECRET: 'x'.repeat(32) }, async (url) => {
    const elsewhere = Object.assign(new BrowserClient(url), { cookies: person.cookies });
    expect((await elsewhere.get('/account')).status).toBe(401);
  });
  const { rows } = await server.database.pool.query('select name, length(value) as length from secrets');
  expect(rows).toEqual([{ name: 'auth', length: 43 }]);
});
