import { describe, expect, test } from 'vitest';
import { type BrowserClient, newAccount, signIn } from '../harness/browser-client.ts';
import { concurrently, outcomes } from '../harness/concurrency.ts';
import { walkBackward, walkForward, walkNumbered } from '../harness/pages.ts';
import { expectProblem } from '../harness/problem.ts';
import { newAuthor } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();
const query = (text: string, values: unknown[] = []) => server.database.pool.query(text, values);
const asAdmin = () => server.as.admin;

/** Creates admins after demoting all existing ones, so that there are no others. */
async function replaceAdmins(count: number) {
  await query(`update accounts set role = 'editor' where role = 'admin'`);
  return concurrently(count, () => newAccount(server, 'admin'));
}

describe('GET /accounts', () => {
  test('returns pages ordered by email address', async () => {
    for (let n = 0; n < 7; n += 1) await newAccount(server, 'reader');
    const { rows } = await query('select email from accounts order by email');
    const emails = rows.map(({ email }) => email);
    const walk = await walkForward(asAdmin(), '/accounts', 3);
    expect(walk.rows.map(({ email }) => email)).toEqual(emails);
    expect((await walkBackward(asAdmin(), '/accounts', 3)).map(({ email }: any) => email)).toEqual(emails);
    expect((await walkNumbered(asAdmin(), '/accounts', 3)).totals).toEqual([emails.length]);
  });

  test('API3 returns exactly these fields', async () => {
    const { body } = await asAdmin().get('/accounts?limit=1');
    expect(Object.keys(body.data[0])).toEqual([
      'id',
      'name',
      'email',
      'role',
      'authorId',
      'secondFactor',
      'suspendedAt',
      'createdAt',
      'updatedAt',
    ]);
  });

  test('returns 400 for a cursor of another list', async () => {
    const { body } = await asAdmin().get('/authors?limit=1');
    const cursor = Buffer.from(JSON.stringify(['nope', 'a', 1])).toString('base64url');
    expectProblem(await asAdmin().get(`/accounts?after=${body.page.next ?? cursor}`), 400, 'invalid_cursor');
  });
});

describe('GET /accounts/:id', () => {
  test('returns 200, and 404 for an unknown id', async () => {
    const { id, email } = await newAccount(server, 'author');
    expect((await asAdmin().get(`/accounts/${id}`)).body).toMatchObject({ id, email, role: 'author' });
    expectProblem(await asAdmin().get('/accounts/999999'), 404, 'not_found');
  });
});

describe('PATCH /accounts/:id', () => {
  test('returns 200 with the updated account', async () => {
    const { id } = await newAccount(server, 'author');
    const { id: authorId } = await newAuthor(server.as.editor);
    const { status, body } = await asAdmin().patch(`/accounts/${id}`, { name: 'Maud', role: 'editor', authorId });
    expect(status).toBe(200);
    expect(body).toMatchObject({ name: 'Maud', role: 'editor', authorId });
    expect((await asAdmin().patch(`/accounts/${id}`, { authorId: null })).body.authorId).toBeNull();
    expect((await asAdmin().patch(`/accounts/${id}`, {})).body.name).toBe('Maud');
  });

  test('API3 returns 400 for fields that nobody can set', async () => {
    const { id } = await newAccount(server, 'author');
    for (const field of ['id', 'email', 'emailVerified', 'twoFactorEnabled', 'suspendedAt', 'password', 'version']) {
      const response = await asAdmin().patch(`/accounts/${id}`, { [field]: true });
      expectProblem(response, 400, 'invalid_request', [`/${field}`]);
    }
  });

  test('returns 404, 409 byline_taken and 422 unknown_author', async () => {
    const [one, two] = [await newAccount(server, 'author'), await newAccount(server, 'author')];
    const { id: authorId } = await newAuthor(server.as.editor);
    await asAdmin().patch(`/accounts/${one.id}`, { authorId });
    expectProblem(await asAdmin().patch(`/accounts/${two.id}`, { authorId }), 409, 'byline_taken', ['/authorId']);
    expectProblem(await asAdmin().patch(`/accounts/${two.id}`, { authorId: 999_999 }), 422, 'unknown_author', [
      '/authorId',
    ]);
    expectProblem(await asAdmin().patch('/accounts/999999', { name: 'x' }), 404, 'not_found');
    expectProblem(await asAdmin().patch('/accounts/999999', { role: 'reader' }), 404, 'not_found');
  });

  test('V8.3.2 applies a new role from the next request', async () => {
    const person = await signIn(server, 'admin');
    await newAccount(server, 'admin');
    expect((await person.get('/accounts')).status).toBe(200);
    await asAdmin().patch(`/accounts/${person.account.id}`, { role: 'reader' });
    expectProblem(await person.get('/accounts'), 403, 'forbidden');
    await asAdmin().patch(`/accounts/${person.account.id}`, { role: 'editor' });
    expect((await person.post('/categories', { name: 'Bread' })).status).toBe(201);
  });

  test('V7.4.2 refuses a suspended account from the next request, and keeps its old sessions ended', async () => {
    const account = await newAccount(server, 'editor');
    const person = await signIn(server, account);
    const { body } = await asAdmin().patch(`/accounts/${account.id}`, { suspended: true });
    expect(body.suspendedAt).toMatch(/Z$/);
    expectProblem(await person.get('/account'), 401, 'unauthorized');
    await expect(signIn(server, account)).rejects.toThrow('invalid_credentials');
    expect((await asAdmin().patch(`/accounts/${account.id}`, { suspended: true })).body.suspendedAt).toBe(
      body.suspendedAt,
    );
    expect((await asAdmin().patch(`/accounts/${account.id}`, { suspended: false })).body.suspendedAt).toBeNull();
    expectProblem(await person.get('/account'), 401, 'unauthorized');
    expect((await signIn(server, account)).account.id).toBe(account.id);
  });
});

describe('DELETE /accounts/:id', () => {
  test('V7.4.2 returns 204 and refuses its sessions and tokens from the next request', async () => {
    const person = await signIn(server, 'author');
    const token = await person.post('/tokens', { name: 'mine', role: 'author' });
    expect(token.status, JSON.stringify(token.body)).toBe(201);
    const headers = { authorization: `Bearer ${token.body.token}` };
    expect((await server.anonymous.get('/articles', { headers })).status).toBe(200);
    expect((await asAdmin().delete(`/accounts/${person.account.id}`)).status).toBe(204);
    expectProblem(await person.get('/account'), 401, 'unauthorized');
    expectProblem(await server.anonymous.get('/articles', { headers }), 401, 'unauthorized');
    expectProblem(await asAdmin().delete(`/accounts/${person.account.id}`), 404, 'not_found');
    const { rows } = await query('select from sessions where account_id = $1', [person.account.id]);
    expect(rows).toEqual([]);
  });
});

describe('409 last_admin', () => {
  const removals: [string, (client: Pick<BrowserClient, 'patch' | 'delete'>, id: number) => Promise<any>][] = [
    ['demoted', (client, id) => client.patch(`/accounts/${id}`, { role: 'editor' })],
    ['suspended', (client, id) => client.patch(`/accounts/${id}`, { suspended: true })],
    ['deleted', (client, id) => client.delete(`/accounts/${id}`)],
  ];

  test.each(removals)('the last admin cannot be %s, not even by themselves', async (_, change) => {
    const [last] = await replaceAdmins(1);
    expectProblem(await change(asAdmin(), last!.id), 409, 'last_admin');
    expectProblem(await change(await signIn(server, last!), last!.id), 409, 'last_admin');
    expect((await asAdmin().get(`/accounts/${last!.id}`)).body).toMatchObject({ role: 'admin', suspendedAt: null });
  });

  test('does not count admins who are suspended or have no password', async () => {
    const [last, suspended] = await replaceAdmins(2);
    await asAdmin().patch(`/accounts/${suspended!.id}`, { suspended: true });
    await query(`insert into accounts (name, email, role) values ('x', 'without@rubric.example', 'admin')`);
    expectProblem(await asAdmin().delete(`/accounts/${last!.id}`), 409, 'last_admin');
    expect((await asAdmin().delete(`/accounts/${suspended!.id}`)).status).toBe(204);
  });

  test.each(removals)('of several admins who are %s concurrently, one stays', async (_, change) => {
    for (let round = 0; round < 5; round += 1) {
      const admins = await replaceAdmins(3);
      const responses = await concurrently(3, (n) => change(asAdmin(), admins[n]!.id));
      expect(outcomes(responses).filter((each) => each === '409 last_admin')).toHaveLength(1);
      const { rows } = await query(`select from accounts where role = 'admin' and suspended_at is null`);
      expect(rows.length).toBeGreaterThanOrEqual(1);
    }
  });
});

describe('/account', () => {
  test('GET returns 200', async () => {
    const person = await signIn(server, 'contributor');
    expect((await person.get('/account')).body).toEqual(person.account);
  });

  test('PATCH returns 200, and 400 for fields that only admins can set (API3)', async () => {
    const person = await signIn(server, 'contributor');
    expect((await person.patch('/account', { name: 'Maud Sailer' })).body.name).toBe('Maud Sailer');
    for (const field of ['role', 'authorId', 'email', 'suspended', 'suspendedAt', 'id', 'version', '__proto__']) {
      const response = await person.patch('/account', `{"name":"Mallory","${field}":"admin"}`);
      expectProblem(response, 400, 'invalid_request', [`/${field}`]);
    }
    expect((await person.get('/account')).body).toMatchObject({ name: 'Maud Sailer', role: 'contributor' });
  });

  test('A name that looks like a header or HTML is returned unchanged', async () => {
    const person = await signIn(server, 'contributor');
    const name = 'Maud\r\nSet-Cookie: a=b <script>alert(1)</script>';
    const response = await person.patch('/account', { name });
    expect(response.body.name).toBe(name);
    expect(response.headers.getSetCookie()).toEqual([]);
  });
});

test('The audit log records who changed an account', async () => {
  const admin = await signIn(server, 'admin');
  const { id } = await newAccount(server, 'author');
  await admin.patch(`/accounts/${id}`, { role: 'editor' });
  await admin.delete(`/accounts/${id}`);
  const { rows } = await query(
    `select action, account_id::int, before, after from audit_log where subject = 'account' and subject_id = $1
     and via = 'http' order by id`,
    [id],
  );
  expect(rows).toMatchObject([
    { action: 'account.change', account_id: admin.account.id, before: { role: 'author' }, after: { role: 'editor' } },
    { action: 'account.delete', account_id: admin.account.id, before: { role: 'editor' } },
  ]);
});
