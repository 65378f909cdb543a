import { describe, expect, test } from 'vitest';
import { ROLES, type Role } from '../../src/database/schema/enums.ts';
import {
  BrowserClient,
  duringSignIn,
  newAccount,
  PASSWORD,
  resetRateLimits,
  signIn,
} from '../harness/browser-client.ts';
import { Client } from '../harness/client.ts';
import { concurrently, outcomes } from '../harness/concurrency.ts';
import { expectProblem } from '../harness/problem.ts';
import { useServer } from '../harness/server.ts';
import { totp, wrongCode } from '../harness/totp.ts';

const server = useServer();

/** Creates an account with an enabled second factor. Enabling it consumes the current code; the next one is unused. */
async function withSecondFactor(role: Role = 'editor') {
  const account = await newAccount(server, role);
  const person = await signIn(server, account);
  const { body, status } = await person.post('/account/second-factor', { password: PASSWORD });
  expect(status, JSON.stringify(body)).toBe(201);
  const confirmed = await person.put('/account/second-factor', { code: totp(body.secret) });
  expect(confirmed.status, JSON.stringify(confirmed.body)).toBe(204);
  return { account, person, secret: body.secret as string, recoveryCodes: body.recoveryCodes as string[] };
}

/** Starts a sign-in that waits for the second factor. */
async function startSignIn({ email }: { email: string }) {
  await resetRateLimits(server);
  const person = new BrowserClient(server.url);
  const response = await person.post('/sessions', { email, password: PASSWORD });
  expect(response.status, JSON.stringify(response.body)).toBe(202);
  expect(response.body).toEqual({ secondFactor: ['totp', 'recovery'] });
  return person;
}

const sendCode = (person: BrowserClient, body: object) => person.post('/sessions/second-factor', body);

describe('POST /account/second-factor', () => {
  test('returns 201 with the secret, and signing in does not require it yet', async () => {
    const account = await newAccount(server, 'editor');
    const person = await signIn(server, account);
    const { status, headers, body } = await person.post('/account/second-factor', { password: PASSWORD });
    expect(status).toBe(201);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body.uri).toContain(`otpauth://totp/Rubric:${encodeURIComponent(account.email)}?secret=${body.secret}`);
    expect(new Set(body.recoveryCodes).size).toBe(10);
    expect((await signIn(server, account)).account.secondFactor).toBe(false);
  });

  test('stores neither the secret nor the codes in plain text (ASVS 11.2)', async () => {
    const person = await signIn(server, 'editor');
    const { body } = await person.post('/account/second-factor', { password: PASSWORD });
    const { rows } = await server.database.pool.query('select two_factors::text as row from two_factors');
    for (const secret of [body.secret, ...body.recoveryCodes]) expect(JSON.stringify(rows)).not.toContain(secret);
  });

  test('returns 401 invalid_credentials for a wrong password', async () => {
    const person = await signIn(server, 'editor');
    const response = await person.post('/account/second-factor', { password: 'not the password' });
    expectProblem(response, 401, 'invalid_credentials', ['/password']);
  });

  test('returns 409 second_factor_on', async () => {
    const { person } = await withSecondFactor();
    expectProblem(await person.post('/account/second-factor', { password: PASSWORD }), 409, 'second_factor_on');
    expectProblem(await person.put('/account/second-factor', { code: '123456' }), 409, 'second_factor_on');
  });
});

describe('PUT /account/second-factor', () => {
  test('returns 404 if nothing was set up', async () => {
    expectProblem(
      await (await signIn(server, 'editor')).put('/account/second-factor', { code: '123456' }),
      404,
      'not_found',
    );
  });

  test('returns 401 invalid_credentials for a wrong code', async () => {
    const person = await signIn(server, 'editor');
    const { body } = await person.post('/account/second-factor', { password: PASSWORD });
    const response = await person.put('/account/second-factor', { code: wrongCode(body.secret) });
    expectProblem(response, 401, 'invalid_credentials', ['/code']);
    expect((await person.get('/account')).body.secondFactor).toBe(false);
  });

  test('ends all sessions and starts a new one (ASVS 7.4.3)', async () => {
    const account = await newAccount(server, 'editor');
    const [person, other] = [await signIn(server, account), await signIn(server, account)];
    const before = new Map(person.cookies);
    const { body } = await person.post('/account/second-factor', { password: PASSWORD });
    await person.put('/account/second-factor', { code: totp(body.secret) });
    expect((await person.get('/account')).body.secondFactor).toBe(true);
    expectProblem(await other.get('/account'), 401, 'unauthorized');
    expect(person.cookies).not.toEqual(before);
    const old = Object.assign(new BrowserClient(server.url), { cookies: before });
    expectProblem(await old.get('/account'), 401, 'unauthorized');
  });
});

describe('POST /sessions/second-factor', () => {
  test('returns 201 for a code of the authenticator', async () => {
    const { account, secret } = await withSecondFactor();
    const person = await startSignIn(account);
    expect((await person.get('/account')).status).toBe(401);
    const response = await sendCode(person, { code: totp(secret, 1) });
    expect(response.status, JSON.stringify(response.body)).toBe(201);
    expect(response.body).toMatchObject({ id: account.id, secondFactor: true });
    expect((await person.get('/account')).status).toBe(200);
    expect([...person.cookies.keys()]).toEqual(['rubric_session']);
  });

  test('returns 401 invalid_credentials for a wrong code, for an old code, and without a challenge', async () => {
    const { account, secret } = await withSecondFactor();
    const person = await startSignIn(account);
    expectProblem(await sendCode(person, { code: wrongCode(secret) }), 401, 'invalid_credentials');
    expectProblem(await sendCode(person, { code: totp(secret, -4) }), 401, 'invalid_credentials');
    expectProblem(await sendCode(new BrowserClient(server.url), { code: totp(secret, 1) }), 401, 'invalid_credentials');
  });

  test('returns 400 for none, both, or a malformed code', async () => {
    const person = new BrowserClient(server.url);
    for (const body of [{}, { code: '123456', recoveryCode: 'abcde-fghij' }]) {
      expectProblem(await sendCode(person, body), 400, 'invalid_request', ['']);
    }
    for (const code of ['12345', '1234567', 'abcdef', 123_456]) {
      expectProblem(await sendCode(person, { code }), 400, 'invalid_request', ['/code']);
    }
  });

  test('refuses a code that was used before (ASVS 6.5.1)', async () => {
    const { account, secret } = await withSecondFactor();
    const code = totp(secret, 1);
    expect((await sendCode(await startSignIn(account), { code })).status).toBe(201);
    expectProblem(await sendCode(await startSignIn(account), { code }), 401, 'invalid_credentials');
  });

  test('refuses the code that enabled the second factor', async () => {
    const account = await newAccount(server, 'editor');
    const person = await signIn(server, account);
    const { body } = await person.post('/account/second-factor', { password: PASSWORD });
    const code = totp(body.secret);
    await person.put('/account/second-factor', { code });
    expectProblem(await sendCode(await startSignIn(account), { code }), 401, 'invalid_credentials');
  });

  test('accepts one of several concurrent requests with the same code', async () => {
    const { account, secret } = await withSecondFactor();
    const people = [await startSignIn(account), await startSignIn(account), await startSignIn(account)];
    const code = totp(secret, 1);
    const responses = await concurrently(3, (n) => sendCode(people[n]!, { code }));
    expect(outcomes(responses)).toEqual(['201', '401 invalid_credentials', '401 invalid_credentials']);
    expect(responses.filter(({ status, headers }) => status === 401 && headers.getSetCookie().length > 0)).toEqual([]);
    const { rows } = await server.database.pool.query(`select id from sessions where account_id = ${account.id}`);
    expect(rows).toHaveLength(2);
  });

  test('accepts a recovery code once (ASVS 6.5.1)', async () => {
    const { account, recoveryCodes } = await withSecondFactor();
    const [recoveryCode, another] = recoveryCodes;
    expect((await sendCode(await startSignIn(account), { recoveryCode })).status).toBe(201);
    expectProblem(await sendCode(await startSignIn(account), { recoveryCode }), 401, 'invalid_credentials');
    const people = [await startSignIn(account), await startSignIn(account)];
    const responses = await concurrently(2, (n) => sendCode(people[n]!, { recoveryCode: another }));
    expect(outcomes(responses)).toEqual(['201', '401 invalid_credentials']);
  });

  test('accepts a challenge once, and not as a session', async () => {
    const { account, secret } = await withSecondFactor();
    const person = await startSignIn(account);
    const cookies = new Map(person.cookies);
    expect((await sendCode(person, { code: totp(secret, 1) })).status).toBe(201);
    await resetRateLimits(server);
    expectProblem(
      await sendCode(Object.assign(new BrowserClient(server.url), { cookies }), { code: totp(secret, -1) }),
      401,
      'invalid_credentials',
    );
    const forged = new BrowserClient(server.url);
    forged.cookies.set('rubric_session', cookies.get('rubric_challenge') ?? '');
    expectProblem(await forged.get('/account'), 401, 'unauthorized');
  });

  test('does not accept the session of another account in place of the challenge', async () => {
    const { account } = await withSecondFactor();
    const { person: mallory, secret } = await withSecondFactor();
    const cookie = [...mallory.cookies, ...(await startSignIn(account)).cookies]
      .map((pair) => pair.join('='))
      .join('; ');
    const thief = new BrowserClient(server.url);
    const response = await thief.post('/sessions/second-factor', { code: totp(secret, 1) }, { headers: { cookie } });
    expectProblem(response, 401, 'invalid_credentials');
  });

  test('ends a challenge after five wrong codes', async () => {
    const { account, secret } = await withSecondFactor();
    const person = await startSignIn(account);
    const cookies = new Map(person.cookies);
    for (let n = 0; n < 5; n += 1) await sendCode(person, { code: wrongCode(secret) });
    await resetRateLimits(server);
    const again = Object.assign(new BrowserClient(server.url), { cookies });
    expectProblem(await sendCode(again, { code: totp(secret, 1) }), 401, 'invalid_credentials');
  });

  test('returns 429 rate_limited after five attempts on one account, over all challenges (ASVS 6.6.3)', async () => {
    const { account, secret } = await withSecondFactor();
    const people = [await startSignIn(account), await startSignIn(account)];
    await resetRateLimits(server);
    for (let n = 0; n < 5; n += 1) await sendCode(people[n % 2]!, { code: wrongCode(secret) });
    const response = await sendCode(people[0]!, { code: totp(secret, 1) });
    expectProblem(response, 429, 'rate_limited');
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(100);
  });
});

test('Right codes and right passwords are not counted as attempts', async () => {
  const { account, recoveryCodes } = await withSecondFactor();
  const people = [];
  for (let n = 0; n < 7; n += 1) people.push(await startSignIn(account));
  for (const [n, person] of people.entries()) {
    expect((await sendCode(person, { recoveryCode: recoveryCodes[n] })).status).toBe(201);
  }
  for (let n = 0; n < 12; n += 1) {
    expect((await people[0]!.post('/account/recovery-codes', { password: PASSWORD })).status).toBe(201);
  }
});

describe('DELETE /account/second-factor', () => {
  const remove = (person: BrowserClient, password: string) =>
    person.call('DELETE', '/account/second-factor', { password });

  test('returns 204, and signing in needs only the password', async () => {
    const { account, person, secret } = await withSecondFactor();
    const other = await startSignIn(account);
    await sendCode(other, { code: totp(secret, 1) });
    expectProblem(await remove(person, 'not the password'), 401, 'invalid_credentials', ['/password']);
    expect((await remove(person, PASSWORD)).status).toBe(204);
    expect((await person.get('/account')).body.secondFactor).toBe(false);
    expectProblem(await other.get('/account'), 401, 'unauthorized');
    expect((await signIn(server, account)).account.secondFactor).toBe(false);
    expectProblem(await remove(person, PASSWORD), 404, 'not_found');
  });
});

describe('DELETE /accounts/:id/second-factor', () => {
  const remove = (client: Client, id: number) => client.delete(`/accounts/${id}/second-factor`);

  test('returns 204 and ends all sessions; signing in needs only the password (ASVS 7.4.3)', async () => {
    const { account, person, secret, recoveryCodes } = await withSecondFactor();
    const waiting = await startSignIn(account);
    expect((await remove(server.as.admin, account.id)).status).toBe(204);
    expectProblem(await person.get('/account'), 401, 'unauthorized');
    expectProblem(await sendCode(waiting, { code: totp(secret, 1) }), 401, 'invalid_credentials');
    expectProblem(await sendCode(waiting, { recoveryCode: recoveryCodes[0] }), 401, 'invalid_credentials');
    const again = await signIn(server, account);
    expect(again.account.secondFactor).toBe(false);
    expect((await again.post('/account/second-factor', { password: PASSWORD })).status).toBe(201);
  });

  test('leaves no session to a concurrent sign-in with a code', async () => {
    const { account, secret } = await withSecondFactor();
    const person = await startSignIn(account);
    const response = await duringSignIn(
      server,
      () => sendCode(person, { code: totp(secret, 1) }),
      () => remove(server.as.admin, account.id),
    );
    expectProblem(response, 401, 'invalid_credentials');
    const { rows } = await server.database.pool.query(`select from sessions where account_id = ${account.id}`);
    expect(rows).toEqual([]);
  });

  test('returns 204 if it is disabled, and changes neither sessions nor a device that is being set up', async () => {
    const person = await signIn(server, 'editor');
    const { body } = await person.post('/account/second-factor', { password: PASSWORD });
    expect((await remove(server.as.admin, person.account.id)).status).toBe(204);
    expect((await person.get('/account')).body).toEqual(person.account);
    expect((await person.put('/account/second-factor', { code: totp(body.secret) })).status).toBe(204);
  });

  test('returns 404 for an unknown id', async () => {
    expectProblem(await remove(server.as.admin, 999_999), 404, 'not_found');
  });

  test.each(ROLES.filter((role) => role !== 'admin'))(
    'returns 403 to a %s, and the second factor stays',
    async (role) => {
      const { account, person } = await withSecondFactor();
      expectProblem(await remove(await signIn(server, role), account.id), 403, 'forbidden');
      expect((await person.get('/account')).body.secondFactor).toBe(true);
    },
  );

  test('returns 403 for the caller’s own, by session and by token: disabling it needs the password', async () => {
    const { account, person } = await withSecondFactor('admin');
    const { body } = await person.post('/tokens', { name: 'mine', role: 'admin' });
    for (const client of [person, new Client(server.url, body.token)]) {
      expectProblem(await remove(client, account.id), 403, 'forbidden');
    }
    expect((await person.get('/account')).body.secondFactor).toBe(true);
  });

  test('leaves one audit entry for each enabled second factor, with the admin as actor', async () => {
    const { account } = await withSecondFactor();
    const admin = await signIn(server, 'admin');
    for (let n = 0; n < 2; n += 1) await remove(admin, account.id);
    const { rows } = await server.database.pool.query(
      `select action, account_id::int, after from audit_log where subject = 'account' and subject_id = $1
       and via = 'http' and account_id <> $1 order by id`,
      [account.id],
    );
    expect(rows).toEqual([
      { action: 'account.change', account_id: admin.account.id, after: { two_factor_enabled: false } },
      { action: 'second_factor.disable', account_id: admin.account.id, after: null },
    ]);
  });
});

describe('POST /account/recovery-codes', () => {
  test('returns 201 with new codes, and the old ones stop working', async () => {
    const { account, person, recoveryCodes } = await withSecondFactor();
    const { status, body } = await person.post('/account/recovery-codes', { password: PASSWORD });
    expect(status).toBe(201);
    expectProblem(
      await sendCode(await startSignIn(account), { recoveryCode: recoveryCodes[0] }),
      401,
      'invalid_credentials',
    );
    expect((await sendCode(await startSignIn(account), { recoveryCode: body.recoveryCodes[0] })).status).toBe(201);
    expectProblem(
      await person.post('/account/recovery-codes', { password: 'not the password' }),
      401,
      'invalid_credentials',
    );
  });

  test('returns 404 without a second factor', async () => {
    expectProblem(
      await (await signIn(server, 'editor')).post('/account/recovery-codes', { password: PASSWORD }),
      404,
      'not_found',
    );
  });
});

test('The audit log records enabling, disabling and refused codes, without a code', async () => {
  const { account, person, secret, recoveryCodes } = await withSecondFactor();
  await sendCode(await startSignIn(account), { code: wrongCode(secret) });
  await person.call('DELETE', '/account/second-factor', { password: PASSWORD });
  const { rows } = await server.database.pool.query(
    `select action, account_id::int from audit_log where subject = 'account' and subject_id = $1
     and action like 'second_factor%' order by id`,
    [account.id],
  );
  expect(rows).toEqual([
    { action: 'second_factor.enable', account_id: account.id },
    { action: 'second_factor.refused', account_id: null },
    { action: 'second_factor.disable', account_id: account.id },
  ]);
  const { rows: log } = await server.database.pool.query('select audit_log::text as row from audit_log');
  for (const code of [secret, ...recoveryCodes, wrongCode(secret)]) expect(JSON.stringify(log)).not.toContain(code);
});
