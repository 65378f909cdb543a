import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { newToken } from '../../src/auth/tokens/token-format.ts';
import { Client } from '../harness/client.ts';
import { expectProblem } from '../harness/problem.ts';
import { unique } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();
const UNKNOWN = newToken().token;

/** Creates a token and a client that uses it. */
async function issue(body: object = {}) {
  const { status, body: row } = await server.as.admin.post('/tokens', {
    name: unique('Token'),
    role: 'reader',
    ...body,
  });
  expect(status).toBe(201);
  return { row, client: new Client(server.url, row.token) };
}

describe('POST /tokens returns', () => {
  test('201 with the token, which then works', async () => {
    const { row, client } = await issue({ name: 'front end', role: 'editor' });
    expect(row).toMatchObject({ name: 'front end', role: 'editor', expiresAt: null, revokedAt: null });
    expect(row.token).toMatch(/^rubric_[0-9a-f]{16}_[\w-]{43}$/);
    expect(row.token).toContain(row.prefix);
    expect((await client.post('/articles', { title: 'x' })).status).toBe(201);
  });

  test('201 with an expiry, until which the token works', async () => {
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const { row, client } = await issue({ expiresAt });
    expect(row.expiresAt).toBe(expiresAt);
    expect((await client.get('/articles')).status).toBe(200);
    await server.database.pool.query(
      `update api_tokens set expires_at = expires_at - interval '1 hour' where id = $1`,
      [row.id],
    );
    expectProblem(await client.get('/articles'), 401, 'unauthorized');
  });

  test.each([
    [{ role: 'reader' }, '/name'],
    [{ name: ' ', role: 'reader' }, '/name'],
    [{ name: 'x' }, '/role'],
    [{ name: 'x', role: 'owner' }, '/role'],
    [{ name: 'x', role: 'Admin' }, '/role'],
    [{ name: 'x', role: 'reader', expiresAt: '2001-01-01T00:00:00Z' }, '/expiresAt'],
    [{ name: 'x', role: 'reader', token: UNKNOWN }, '/token'],
    [{ name: 'x', role: 'reader', hash: 'x' }, '/hash'],
  ])('400 for %j', async (body, pointer) => {
    expectProblem(await server.as.admin.post('/tokens', body), 400, 'invalid_request', [pointer]);
  });
});

test('GET /tokens returns all tokens, newest first, without their secrets', async () => {
  const { row: first } = await issue();
  const { row: last } = await issue();
  await server.as.admin.delete(`/tokens/${first.id}`);
  const { body } = await server.as.admin.get('/tokens');
  expect(body.data.slice(0, 2).map(({ id }: { id: number }) => id)).toEqual([last.id, first.id]);
  expect(body.data[1].revokedAt).toMatch(/Z$/);
  expect(JSON.stringify(body)).not.toContain(last.token.slice(-43));
  expect(Object.keys(body.data[0]).sort()).toEqual([
    'accountId',
    'categoryIds',
    'createdAt',
    'expiresAt',
    'id',
    'lastUsedAt',
    'name',
    'prefix',
    'readOnly',
    'revokedAt',
    'role',
  ]);
});

describe('DELETE /tokens/{id} returns', () => {
  test('204, and the token is refused from the next request', async () => {
    const { row, client } = await issue();
    expect((await client.get('/articles')).status).toBe(200);
    expect((await server.as.admin.delete(`/tokens/${row.id}`)).status).toBe(204);
    expectProblem(await client.get('/articles'), 401, 'unauthorized');
  });

  test('204 again, and keeps the time of the first revocation', async () => {
    const { row } = await issue();
    const revokedAt = async () =>
      (await server.as.admin.get('/tokens')).body.data.find(({ id }: { id: number }) => id === row.id).revokedAt;
    await server.as.admin.delete(`/tokens/${row.id}`);
    const first = await revokedAt();
    expect((await server.as.admin.delete(`/tokens/${row.id}`)).status).toBe(204);
    expect(await revokedAt()).toBe(first);
  });

  test('204 to the token itself', async () => {
    const { row, client } = await issue({ role: 'admin' });
    expect((await client.delete(`/tokens/${row.id}`)).status).toBe(204);
    expectProblem(await client.get('/tokens'), 401, 'unauthorized');
  });

  test('404 for an unknown id', async () => {
    expectProblem(await server.as.admin.delete('/tokens/999999'), 404, 'not_found');
  });
});

describe('An invalid Authorization header gets 401 everywhere, also on public routes:', () => {
  const valid: { token: string } = { token: '' };
  beforeAll(async () => {
    valid.token = (await issue({ role: 'admin' })).row.token;
  });
  const CASES: [what: string, header: (token: string) => string][] = [
    ['an unknown token', () => `Bearer ${UNKNOWN}`],
    ['a changed secret', (token) => `Bearer ${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`],
    ['the secret of another token', (token) => `Bearer ${token.slice(0, 24)}${UNKNOWN.slice(24)}`],
    ['half a token', (token) => `Bearer ${token.slice(0, 40)}`],
    ['a token with a character appended', (token) => `Bearer ${token}A`],
    ['a token in uppercase', (token) => `Bearer ${token.toUpperCase()}`],
    ['two tokens', (token) => `Bearer ${token}, Bearer ${token}`],
    ['no scheme', (token) => token],
    ['another scheme', (token) => `Basic ${Buffer.from(`x:${token}`).toString('base64')}`],
    ['an empty header', () => ''],
    ['only a scheme', () => 'Bearer'],
    ['SQL', () => "Bearer rubric_'or'1'='1'--------_' or 1=1 --"],
    ['10,000 characters', () => `Bearer ${'a'.repeat(10_000)}`],
  ];
  test.each(CASES)('%s', async (_, header) => {
    for (const path of ['/articles', '/articles/1', '/categories', '/authors', '/', '/problems', '/tokens']) {
      const response = await server.anonymous.get(path, { headers: { authorization: header(valid.token) } });
      expectProblem(response, 401, 'unauthorized');
      expect(response.headers.get('www-authenticate'), path).toBe('Bearer realm="rubric"');
      expect(JSON.stringify(response.body)).not.toContain(UNKNOWN.slice(24));
    }
  });

  test('The scheme is case-insensitive', async () => {
    const response = await server.anonymous.get('/tokens', { headers: { authorization: `bEARER  ${valid.token}` } });
    expect(response.status).toBe(200);
  });
});

describe('A token in a URL is refused', () => {
  test.each(['token', 'access_token', 'api_key', 'authorization'])('as ?%s=', async (name) => {
    const { row } = await issue({ role: 'admin' });
    for (const path of ['/articles', '/articles/1', '/articles/1/categories']) {
      const response = await server.anonymous.get(`${path}?${name}=${row.token}`);
      expectProblem(response, 400, 'invalid_request', [`/${name}`]);
      expect(JSON.stringify(response.body)).not.toContain(row.token);
    }
    expectProblem(await server.anonymous.get(`/tokens?${name}=${row.token}`), 401, 'unauthorized');
  });

  test('as user name and password', async () => {
    const { row } = await issue({ role: 'admin' });
    const authorization = `Basic ${Buffer.from(`admin:${row.token}`).toString('base64')}`;
    expectProblem(await server.anonymous.get('/tokens', { headers: { authorization } }), 401, 'unauthorized');
  });
});

test('The database stores only the SHA-256 of the secret', async () => {
  const { row } = await issue();
  const [, prefix, ...rest] = row.token.split('_');
  const secret = rest.join('_');
  const { rows } = await server.database.pool.query('select * from api_tokens where id = $1', [row.id]);
  expect(rows[0].prefix).toBe(prefix);
  expect(rows[0].hash).toEqual(createHash('sha256').update(secret).digest());
  const whole = await server.database.pool.query('select t::text from api_tokens as t');
  expect(JSON.stringify(whole.rows)).not.toContain(secret);
});
