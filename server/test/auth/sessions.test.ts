import { describe, expect, test } from 'vitest';
import { SessionsWorker } from '../../src/auth/sessions/sessions.worker.ts';
import { BrowserClient, newAccount, PASSWORD, resetRateLimits, signIn } from '../harness/browser-client.ts';
import type { TestResponse } from '../harness/client.ts';
import { expectProblem } from '../harness/problem.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();
const secure = useServer({ PUBLIC_URL: 'https://rubric.example' });

const query = (text: string, values: unknown[] = []) => server.database.pool.query(text, values);
const withCookies = (cookies: Map<string, string>) =>
  Object.assign(new BrowserClient(server.url), { cookies: new Map(cookies) });
/** The attributes of the cookies that a response sets, without their values. */
const flagsOf = ({ headers }: TestResponse) => headers.getSetCookie().map((line) => line.replace(/=[^;]*/, ''));

describe('POST /sessions', () => {
  test('returns 201 with the account, ignoring the case of the email address', async () => {
    const { id, email } = await newAccount(server, 'editor');
    const person = new BrowserClient(server.url);
    const response = await person.post('/sessions', { email: email.toUpperCase(), password: PASSWORD });
    expect(response.status, JSON.stringify(response.body)).toBe(201);
    expect(response.body).toMatchObject({ id, email, role: 'editor', secondFactor: false, suspendedAt: null });
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect((await person.get('/account')).body).toEqual(response.body);
  });

  test('returns 400 for an invalid body', async () => {
    const post = (body: unknown) => server.anonymous.post('/sessions', body);
    expectProblem(await post({}), 400, 'invalid_request', ['/email', '/password']);
    expectProblem(await post({ email: 'nobody', password: 'x' }), 400, 'invalid_request', ['/email']);
    const long = { email: 'a@rubric.example', password: 'x'.repeat(129) };
    expectProblem(await post(long), 400, 'invalid_request', ['/password']);
    expectProblem(await post({ ...long, password: 'x', rememberMe: true }), 400, 'invalid_request', ['/rememberMe']);
  });

  test('V3.3.1 sets an HttpOnly, SameSite cookie', async () => {
    const { email } = await newAccount(server, 'editor');
    const response = await new BrowserClient(server.url).post('/sessions', { email, password: PASSWORD });
    expect(flagsOf(response)).toEqual(['rubric_session; Max-Age=2592000; Path=/; HttpOnly; SameSite=Lax']);
  });

  test('V3.3.3 sets a Secure, __Host- cookie if PUBLIC_URL is https', async () => {
    const { email } = await newAccount(secure, 'editor');
    const person = new BrowserClient(secure.url);
    const response = await person.post('/sessions', { email, password: PASSWORD });
    expect(flagsOf(response)).toEqual([
      '__Host-rubric_session; Max-Age=2592000; Path=/; HttpOnly; Secure; SameSite=Lax',
    ]);
    expect((await person.get('/account')).status).toBe(200);
    person.cookies.set('rubric_session', person.cookies.get('__Host-rubric_session') ?? '');
    person.cookies.delete('__Host-rubric_session');
    expectProblem(await person.get('/account'), 401, 'unauthorized');
    expect(flagsOf(await person.delete('/sessions/current'))).toEqual([
      '__Host-rubric_session; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax',
      '__Host-rubric_challenge; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax',
    ]);
  });

  test('V7.2.4 starts a new session each time and ends the one that the request came with', async () => {
    const account = await newAccount(server, 'editor');
    const person = await signIn(server, account);
    const before = new Map(person.cookies);
    await person.post('/sessions', { email: account.email, password: PASSWORD });
    expect(person.cookies.get('rubric_session')).not.toBe(before.get('rubric_session'));
    expectProblem(await withCookies(before).get('/account'), 401, 'unauthorized');
    expect((await person.get('/sessions')).body.data).toHaveLength(1);
  });

  test('V7.2.4 never adopts a planted cookie', async () => {
    const mallory = await signIn(server, 'reader');
    for (const planted of [mallory.cookies.get('rubric_session') ?? '', 'planted.c2lnbmF0dXJl', 'planted']) {
      const { email, id } = await newAccount(server, 'editor');
      await resetRateLimits(server);
      const victim = withCookies(new Map([['rubric_session', planted]]));
      const response = await victim.post('/sessions', { email, password: PASSWORD });
      expect(response.status).toBe(201);
      expect(victim.cookies.get('rubric_session')).not.toBe(planted);
      const probe = withCookies(new Map([['rubric_session', planted]]));
      expect((await probe.get('/account')).body?.id).not.toBe(id);
    }
  });
});

describe('A session', () => {
  test.each([
    ['without a signature', (cookie: string) => cookie.split('.')[0]],
    ['with the signature of another', (cookie: string) => `${'a'.repeat(32)}.${cookie.split('.')[1]}`],
    ['with a truncated signature', (cookie: string) => cookie.slice(0, -6)],
    ['that is empty', () => ''],
    ['that is broken', () => '%E0%A4%A'],
    ['that is enormous', () => 'x'.repeat(8_000)],
  ])('V7.2.1 is refused %s', async (_, change) => {
    const person = await signIn(server, 'editor');
    person.cookies.set('rubric_session', change(person.cookies.get('rubric_session') ?? '') ?? '');
    expectProblem(await person.get('/account'), 401, 'unauthorized');
    expect((await person.get('/articles')).status).toBe(200);
  });

  test('V7.3.1 ends after seven days without use', async () => {
    const person = await signIn(server, 'editor');
    const { id } = person.account;
    await query(`update sessions set updated_at = now() - interval '6 days 23 hours' where account_id = $1`, [id]);
    expect((await person.get('/account')).status).toBe(200);
    const { rows } = await query(
      'select updated_at > now() - interval $$1 minute$$ as seen from sessions where account_id = $1',
      [id],
    );
    expect(rows).toEqual([{ seen: true }]);
    await query(`update sessions set updated_at = now() - interval '7 days' where account_id = $1`, [id]);
    expectProblem(await person.get('/account'), 401, 'unauthorized');
  });

  test('V7.3.2 ends after thirty days, even if it is in use', async () => {
    const person = await signIn(server, 'editor');
    const { rows } = await query(
      'select extract(epoch from expires_at - created_at)::int as s from sessions where account_id = $1',
      [person.account.id],
    );
    expect(Math.abs(rows[0].s - 30 * 86_400)).toBeLessThan(60);
    for (let day = 0; day < 3; day += 1) {
      await query(`update sessions set updated_at = now() - interval '1 day' where account_id = $1`, [
        person.account.id,
      ]);
      await person.get('/account');
    }
    const after = await query(
      'select expires_at - created_at < $$30 days 5 seconds$$ as kept from sessions where account_id = $1',
      [person.account.id],
    );
    expect(after.rows).toEqual([{ kept: true }]);
    await query('update sessions set expires_at = now() where account_id = $1', [person.account.id]);
    expectProblem(await person.get('/account'), 401, 'unauthorized');
  });

  test('is not updated at each use', async () => {
    const person = await signIn(server, 'editor');
    const lastUse = async () =>
      (await query('select updated_at from sessions where account_id = $1', [person.account.id])).rows;
    const before = await lastUse();
    await person.get('/account');
    expect(await lastUse()).toEqual(before);
  });
});

describe('GET /sessions', () => {
  test('returns 200 with the caller’s sessions, marks the current one and contains no token', async () => {
    const account = await newAccount(server, 'editor');
    const [first, second] = [await signIn(server, account), await signIn(server, account)];
    const { body } = await first.get('/sessions', { headers: { 'user-agent': 'not this one' } });
    expect(body.data).toMatchObject([
      { current: false, address: '127.0.0.1', userAgent: 'node' },
      { current: true, address: '127.0.0.1', userAgent: 'node' },
    ]);
    expect(Object.keys(body.data[0]).sort()).toEqual(
      ['address', 'createdAt', 'current', 'expiresAt', 'id', 'seenAt', 'userAgent'].sort(),
    );
    const token = decodeURIComponent(second.cookies.get('rubric_session') ?? '').split('.')[0] ?? '';
    expect(token).toMatch(/^\w{32}$/);
    expect(JSON.stringify(body)).not.toContain(token);
  });

  test('returns 401 to anonymous callers and 403 to tokens, also of admins', async () => {
    expectProblem(await server.anonymous.get('/sessions'), 401, 'unauthorized');
    expectProblem(await server.as.admin.get('/sessions'), 403, 'forbidden');
  });

  test('ignores headers that claim an address', async () => {
    const account = await newAccount(server, 'editor');
    const headers = {
      'x-forwarded-for': '203.0.113.7',
      forwarded: 'for=203.0.113.7',
      'x-rubric-address': '203.0.113.7',
    };
    await resetRateLimits(server);
    const person = new BrowserClient(server.url);
    await person.post('/sessions', { email: account.email, password: PASSWORD }, { headers });
    expect((await person.get('/sessions')).body.data[0].address).toBe('127.0.0.1');
  });
});

describe('DELETE /sessions/current', () => {
  test('V7.4.1 returns 204, and the cookie is refused from the next request', async () => {
    const person = await signIn(server, 'editor');
    const before = new Map(person.cookies);
    const response = await person.delete('/sessions/current');
    expect(response.status).toBe(204);
    expect(person.cookies.size).toBe(0);
    expectProblem(await withCookies(before).get('/account'), 401, 'unauthorized');
  });

  test('returns 204 also without a valid session', async () => {
    expect((await server.anonymous.delete('/sessions/current')).status).toBe(204);
    const stale = withCookies(new Map([['rubric_session', 'x.y']]));
    expect((await stale.delete('/sessions/current')).status).toBe(204);
    expect(stale.cookies.size).toBe(0);
  });
});

describe('DELETE /sessions/:id', () => {
  test('returns 204 for one of the caller’s sessions', async () => {
    const account = await newAccount(server, 'editor');
    const [lost, here] = [await signIn(server, account), await signIn(server, account)];
    const { id } = (await here.get('/sessions')).body.data.find(({ current }: any) => !current);
    expect((await here.delete(`/sessions/${id}`)).status).toBe(204);
    expectProblem(await lost.get('/account'), 401, 'unauthorized');
    expectProblem(await here.delete(`/sessions/${id}`), 404, 'not_found');
  });

  test('API1 returns 404 for the session of another account, also to admins', async () => {
    const [owner, admin] = [await signIn(server, 'reader'), await signIn(server, 'admin')];
    const { id } = (await owner.get('/sessions')).body.data[0];
    expectProblem(await admin.delete(`/sessions/${id}`), 404, 'not_found');
    expect((await owner.get('/account')).status).toBe(200);
  });
});

test('V7.4.5 DELETE /sessions ends all of the caller’s sessions except the current one', async () => {
  const account = await newAccount(server, 'editor');
  const people = [await signIn(server, account), await signIn(server, account), await signIn(server, account)] as const;
  const other = await signIn(server, 'editor');
  expect((await people[1].delete('/sessions')).status).toBe(204);
  expectProblem(await people[0].get('/account'), 401, 'unauthorized');
  expectProblem(await people[2].get('/account'), 401, 'unauthorized');
  expect((await people[1].get('/sessions')).body.data).toHaveLength(1);
  expect((await other.get('/account')).status).toBe(200);
});

describe('V3.5.1 With a session cookie', () => {
  const writes: [method: string, path: string, body?: unknown][] = [
    ['PATCH', '/account', { name: 'Mallory' }],
    ['PUT', '/account/password', { currentPassword: PASSWORD, newPassword: `${PASSWORD}!` }],
    ['POST', '/account/second-factor', { password: PASSWORD }],
    ['POST', '/articles', { title: 'x' }],
    ['DELETE', '/sessions'],
    ['DELETE', '/sessions/current'],
    ['POST', '/sessions', { email: 'mallory@rubric.example', password: PASSWORD }],
  ];

  test.each([
    ['none', ''],
    ['another site', 'https://evil.example'],
    ['the null origin', 'null'],
    ['a host that begins with this one', 'http://127.0.0.1.evil.example'],
    ['another port', 'http://127.0.0.1:1'],
  ])('a request with Origin: %s changes nothing', async (_, origin) => {
    const person = await signIn(server, 'editor');
    const cookie = [...person.cookies].map((pair) => pair.join('=')).join('; ');
    const headers = { cookie, ...(origin && { origin }) };
    for (const [method, path, body] of writes) {
      expectProblem(await server.anonymous.call(method, path, body, { headers }), 403, 'origin_not_allowed');
    }
    expect((await person.get('/account')).body).toEqual(person.account);
  });

  test.each([
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain',
    'text/plain; application/json',
  ])('a body of type %s, which a form of another site can send, gets 415', async (type) => {
    const person = await signIn(server, 'editor');
    const headers = { 'content-type': type };
    expectProblem(await person.patch('/account', '{"name":"Mallory"}', { headers }), 415, 'unsupported_media_type');
    const body = JSON.stringify({ email: person.account.email, password: PASSWORD });
    const response = await server.anonymous.post('/sessions', body, { headers });
    expectProblem(response, 415, 'unsupported_media_type');
  });

  test('no GET changes anything', async () => {
    const person = await signIn(server, 'admin');
    const rows = async () =>
      (
        await query(`select (select json_agg(a order by id) from accounts a) as accounts,
      (select json_agg(s order by id) from sessions s) as sessions, (select count(*) from audit_log) as entries`)
      ).rows;
    const before = await rows();
    for (const path of ['/account', '/sessions', '/accounts', '/invitations', '/account/preferences', '/setup']) {
      expect((await person.get(path, { headers: { origin: 'https://evil.example' } })).status).toBe(200);
    }
    expect(await rows()).toEqual(before);
  });

  test('a page of another site cannot sign a visitor in', async () => {
    const { email } = await newAccount(server, 'reader');
    const headers = { origin: 'https://evil.example' };
    for (const path of ['/sessions', '/sessions/second-factor', '/passwords/forgotten', '/passwords/reset']) {
      const response = await server.anonymous.post(path, { email, password: PASSWORD }, { headers });
      expectProblem(response, 403, 'origin_not_allowed');
      expect(response.headers.getSetCookie()).toEqual([]);
    }
  });
});

test('The audit log records who signed in and out from which address, and contains nothing that was typed', async () => {
  const person = await signIn(server, 'editor');
  const { id, email } = person.account;
  await person.post('/sessions', { email, password: 'wrong, and perhaps right elsewhere' });
  await server.anonymous.post('/sessions', { email: 'typed-by-mistake@rubric.example', password: PASSWORD });
  await person.delete('/sessions/current');
  const { rows } = await query(
    `select action, account_id::int, address, via from audit_log
     where subject = 'account' and subject_id = $1 and action like 'session%' or action = 'session.delete' and account_id = $1
     order by id`,
    [id],
  );
  expect(rows).toEqual([
    { action: 'session.create', account_id: id, address: '127.0.0.1', via: 'http' },
    { action: 'session.refused', account_id: null, address: '127.0.0.1', via: 'http' },
    { action: 'session.delete', account_id: id, address: '127.0.0.1', via: 'http' },
  ]);
  const log = JSON.stringify((await query('select audit_log::text as row from audit_log')).rows);
  for (const typed of ['perhaps right elsewhere', 'typed-by-mistake', PASSWORD]) expect(log).not.toContain(typed);
});

test('The worker deletes ended sessions and expired verifications', async () => {
  const [ended, active] = [await signIn(server, 'editor'), await signIn(server, 'editor')];
  await query(`update sessions set updated_at = now() - interval '8 days' where account_id = $1`, [ended.account.id]);
  await query(
    `insert into verifications (identifier, value, expires_at) values ('old', '1', now() - interval '1 second')`,
  );
  await new SessionsWorker(server.database.db)['deleteExpired']();
  const { rows } = await query('select account_id::int as id from sessions where account_id = any($1)', [
    [ended.account.id, active.account.id],
  ]);
  expect(rows).toEqual([{ id: active.account.id }]);
  expect((await query(`select from verifications where identifier = 'old'`)).rows).toEqual([]);
});
