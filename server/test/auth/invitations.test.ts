import { describe, expect, test } from 'vitest';
import { newAccount, PASSWORD, resetRateLimits, signIn } from '../harness/browser-client.ts';
import { concurrently, outcomes } from '../harness/concurrency.ts';
import { useMailbox } from '../harness/mailbox.ts';
import { expectProblem } from '../harness/problem.ts';
import { newAuthor, unique } from '../harness/seed.ts';
import { startTestServer, useServer } from '../harness/server.ts';

const mailbox = useMailbox();
const server = useServer(mailbox.environment);

const newAddress = () => `${unique('guest').replace(' ', '-')}@rubric.example`;
const tokenIn = (link: string) => link.split('#token=')[1] ?? '';

async function invite(body: object = {}) {
  const email = newAddress();
  const response = await server.as.admin.post('/invitations', { email, role: 'author', ...body });
  expect(response.status, JSON.stringify(response.body)).toBe(201);
  return { ...response.body, email, token: tokenIn(response.body.link) };
}

const accept = (token: string, password = PASSWORD) =>
  server.anonymous.post('/invitations/accept', { token, name: 'Maud', password });

describe('POST /invitations', () => {
  test('returns 201 with the link, and emails it', async () => {
    const { email, link, token } = await invite();
    expect(link).toBe(`http://rubric.example/accept-invitation#token=${token}`);
    expect(await mailbox.token(email)).toBe(token);
  });

  test('stores only a hash of the link', async () => {
    const { token } = await invite();
    const { rows } = await server.database.pool.query('select invitations::text as row from invitations');
    expect(JSON.stringify(rows)).not.toContain(token);
    const { rows: log } = await server.database.pool.query(`select audit_log::text as row from audit_log`);
    expect(JSON.stringify(log)).not.toContain(token);
    expect(JSON.stringify(log)).toContain('invitation.create');
  });

  test('returns 409 email_taken', async () => {
    const { email } = await newAccount(server, 'author');
    expectProblem(await server.as.admin.post('/invitations', { email, role: 'author' }), 409, 'email_taken', [
      '/email',
    ]);
  });

  test('returns 422 unknown_author', async () => {
    const body = { email: newAddress(), role: 'author', authorId: 999_999 };
    expectProblem(await server.as.admin.post('/invitations', body), 422, 'unknown_author', ['/authorId']);
  });

  test.each(['nobody', 'a@b', 'müller@rubric.example', `${'a'.repeat(250)}@rubric.example`])(
    'returns 400 for the email address %s',
    async (email) => {
      const response = await server.as.admin.post('/invitations', { email, role: 'author' });
      expectProblem(response, 400, 'invalid_request', ['/email']);
    },
  );

  test('replaces an earlier invitation to the address', async () => {
    const first = await invite();
    const second = await server.as.admin.post('/invitations', { email: first.email, role: 'editor' });
    expectProblem(await accept(first.token), 410, 'link_expired');
    expect((await accept(tokenIn(second.body.link))).body).toMatchObject({ role: 'editor' });
  });

  test('returns 503 mail_unavailable and leaves no invitation if the mail server rejects the message', async () => {
    mailbox.isAccepting = false;
    const email = newAddress();
    expectProblem(await server.as.admin.post('/invitations', { email, role: 'author' }), 503, 'mail_unavailable');
    mailbox.isAccepting = true;
    const { body } = await server.as.admin.get('/invitations');
    expect(body.data.map((row: any) => row.email)).not.toContain(email);
  });

  test('returns 503 mail_unavailable in production without SMTP_URL', async () => {
    const production = await startTestServer({ NODE_ENV: 'production', PASSWORD_HASH_COST: '15' });
    const body = { email: newAddress(), role: 'author' };
    expectProblem(await production.as.admin.post('/invitations', body), 503, 'mail_unavailable');
    expect((await production.as.admin.get('/invitations')).body.data).toEqual([]);
    expectProblem(
      await production.anonymous.post('/passwords/forgotten', { email: body.email }),
      503,
      'mail_unavailable',
    );
    await production.close();
  });
});

test('GET /invitations returns 200 without links', async () => {
  const { id, token } = await invite();
  const { body } = await server.as.admin.get('/invitations');
  expect(body.data[0]).toMatchObject({ id, acceptedAt: null });
  expect(JSON.stringify(body)).not.toContain(token);
});

describe('DELETE /invitations/:id', () => {
  test('returns 204, and the link stops working', async () => {
    const { id, token } = await invite();
    expect((await server.as.admin.delete(`/invitations/${id}`)).status).toBe(204);
    expectProblem(await accept(token), 410, 'link_expired');
    expectProblem(await server.as.admin.delete(`/invitations/${id}`), 404, 'not_found');
  });
});

describe('POST /invitations/accept', () => {
  test('returns 201 with the account, which can sign in', async () => {
    const { id: authorId } = await newAuthor(server.as.editor);
    const { email, token } = await invite({ authorId });
    const response = await accept(token);
    expect(response.status, JSON.stringify(response.body)).toBe(201);
    expect(response.body).toMatchObject({ email, name: 'Maud', role: 'author', authorId });
    expect(response.headers.getSetCookie()).toEqual([]);
    expect((await signIn(server, response.body)).account.id).toBe(response.body.id);
  });

  test('returns 400 for fields that the invitation determines', async () => {
    const { token } = await invite();
    for (const field of ['role', 'email', 'authorId', 'id', 'suspendedAt', '__proto__']) {
      const body = `{"token":"${token}","name":"Maud","password":"${PASSWORD}","${field}":"admin"}`;
      expectProblem(await server.anonymous.post('/invitations/accept', body), 400, 'invalid_request', [`/${field}`]);
    }
  });

  test('returns 410 link_expired the second time', async () => {
    const { token } = await invite();
    await accept(token);
    expectProblem(await accept(token), 410, 'link_expired');
    expectProblem(await accept('made-up'), 410, 'link_expired');
  });

  test('is limited to thirty wrong links from one address; accepted ones do not count', async () => {
    await resetRateLimits(server);
    const invitations = [];
    for (let n = 0; n < 32; n += 1) invitations.push(await invite());
    for (const { token } of invitations) expect((await accept(token)).status).toBe(201);
    const responses = await concurrently(32, () => accept('made-up'));
    expect(responses.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(1);
    await resetRateLimits(server);
  });

  test('accepts exactly one of several concurrent requests', async () => {
    await resetRateLimits(server);
    const { token, email } = await invite();
    expect(outcomes(await concurrently(5, () => accept(token)))).toEqual(['201', ...Array(4).fill('410 link_expired')]);
    const { body } = await server.as.admin.get('/accounts?limit=100');
    expect(body.data.filter((account: any) => account.email === email)).toHaveLength(1);
  });

  test('returns 410 link_expired for an expired invitation', async () => {
    const { id, token } = await invite();
    await server.database.pool.query(`update invitations set expires_at = now() where id = ${id}`);
    expectProblem(await accept(token), 410, 'link_expired');
  });

  test('returns 409 email_taken and 409 byline_taken', async () => {
    const { id: authorId } = await newAuthor(server.as.editor);
    const [first, second] = [await invite({ authorId }), await invite({ authorId })];
    expect((await accept(first.token)).status).toBe(201);
    expectProblem(await accept(second.token), 409, 'byline_taken', ['/authorId']);
    const third = await invite();
    await server.database.pool.query(`insert into accounts (name, email, role) values ('x', $1, 'reader')`, [
      third.email,
    ]);
    expectProblem(await accept(third.token), 409, 'email_taken', ['/email']);
  });

  test('returns 403 origin_not_allowed to a page of another site', async () => {
    const { token } = await invite();
    const headers = { origin: 'https://evil.example' };
    const body = { token, name: 'Maud', password: PASSWORD };
    expectProblem(await server.anonymous.post('/invitations/accept', body, { headers }), 403, 'origin_not_allowed');
  });

  test('records in the audit log who invited and which account was created', async () => {
    const admin = await signIn(server, 'admin');
    const email = newAddress();
    const { body } = await admin.post('/invitations', { email, role: 'reader' });
    const { body: account } = await accept(tokenIn(body.link));
    const { rows } = await server.database.pool.query(
      `select action, account_id::int, address, via from audit_log
       where subject = 'account' and subject_id = $1 or subject = 'invitation' and subject_id = $2 order by id`,
      [account.id, body.id],
    );
    expect(rows).toEqual([
      { action: 'invitation.create', account_id: admin.account.id, address: '127.0.0.1', via: 'http' },
      { action: 'invitation.change', account_id: null, address: '127.0.0.1', via: 'http' },
      { action: 'account.create', account_id: null, address: '127.0.0.1', via: 'http' },
    ]);
  });
});

test('The link leads to the admin site', async () => {
  for (const page of ['accept-invitation', 'new-password']) {
    const { status, headers } = await server.anonymous.get(`/${page}`);
    expect(status).toBe(302);
    expect(headers.get('location')).toBe(`/admin/${page}`);
    expect((await server.anonymous.get(`/admin/${page}`)).headers.get('content-type')).toBe('text/html; charset=utf-8');
  }
});

describe('The inviter', () => {
  const changes: [string, object | null][] = [
    ['suspended', { suspended: true }],
    ['demoted', { role: 'editor' }],
    ['deleted', null],
  ];

  test.each(changes)('invalidates the invitation when they are %s', async (_, change) => {
    await newAccount(server, 'admin');
    const admin = await signIn(server, 'admin');
    const { body } = await admin.post('/invitations', { email: newAddress(), role: 'admin' });
    expect(body.invitedBy).toBe(admin.account.id);
    const path = `/accounts/${admin.account.id}`;
    await (change ? server.as.admin.patch(path, change) : server.as.admin.delete(path));
    expectProblem(await accept(tokenIn(body.link)), 410, 'link_expired');
  });

  test('is null in the list if a token of the installation invited', async () => {
    const { id } = await invite();
    const { body } = await server.as.admin.get('/invitations');
    expect(body.data.find((row: any) => row.id === id).invitedBy).toBeNull();
  });
});

test('Of several concurrent invitations to one address, one remains', async () => {
  const admins = [await signIn(server, 'admin'), await signIn(server, 'admin'), await signIn(server, 'admin')];
  for (let round = 0; round < 5; round += 1) {
    const email = newAddress();
    const responses = await concurrently(6, (n) => admins[n % 3]!.post('/invitations', { email, role: 'author' }));
    expect(outcomes(responses)).toEqual(Array(6).fill('201'));
    const { body } = await server.as.admin.get('/invitations');
    expect(body.data.filter((row: any) => row.email === email)).toHaveLength(1);
  }
});
