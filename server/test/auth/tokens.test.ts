import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { newToken } from '../../src/auth/tokens/token.ts';
import { Client } from '../harness/client.ts';
import { expectProblem } from '../harness/problem.ts';
import { unique } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();
const UNKNOWN = newToken().token;

/** A new token and the client that holds it. */
async function issue(body: object = {}) {
  const { status, body: row } = await server.as.admin.post('/tokens', {
    name: unique('Token'),
    role: 'reader',
    ...body,
  });
  expect(status).toBe(201);
  return { row, client: new Client(server.url, row.token) };
}

describe('POST /tokens answers', () => {
  test('201 with the token, which then works', async () => {
    const { row, client } = await issue({ name: 'front end', role: 'editor' });
    expect(row).toMatchObject({ name: 'front end', role: 'editor', expiresAt: null, revokedAt: null });
    expect(row.token).toMatch(/^rubric_[0-9a-f]{16}_[\w-]{43}$/);
    expect(row.token).toContain(row.prefix);
    expect((await client.post('/articles', { title: 'x' })).status).toBe(201);
  });

  test('201 with an end, until which it works', async () => {
    const { row, client } = await issue({ expiresAt: new Date(Date.now() + 1_500).toISOString() });
    expect((await client.get('/articles')).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, Date.parse(row.expiresAt) - Date.now() + 50));
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
  ])('400 to %j', async (body, pointer) => {
    expectProblem(await server.as.admin.post('/tokens', body), 400, 'invalid_request', [pointer]);
  });
});

test('GET /tokens shows them all, newest first, none with its secret', async () => {
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

describe('DELETE /tokens/{id} answers', () => {
  test('204, and from then on the token is refused', async () => {
    const { row, client } = await issue();
    expect((await client.get('/articles')).status).toBe(200);
    expect((await server.as.admin.delete(`/tokens/${row.id}`)).status).toBe(204);
    expectProblem(await client.get('/articles'), 401, 'unauthorized');
  });

  test('204 again, and the time of the first stays', async () => {
    const { row } = await issue();
    const revokedAt = async () =>
      (await server.as.admin.get('/tokens')).body.data.find(({ id }: { id: number }) => id === row.id).revokedAt;
    await server.as.admin.delete(`/tokens/${row.id}`);
    const first = await revokedAt();
    expect((await server.as.admin.delete(`/tokens/${row.id}`)).status).toBe(204);
    expect(await revokedAt()).toBe(first);
  });

  test('204 also to the one that asks', async () => {
    const { row, client } = await issue({ role: 'admin' });
    expect((await client.delete(`/tokens/${row.id}`)).status).toBe(204);
    expectProblem(await client.get('/tokens'), 401, 'unauthorized');
  });

  test('404 to one that never was', async () => {
    expectProblem(await server.as.admin.delete('/tokens/999999'), 404, 'not_found');
  });
});

describe('A token that is no good is a 401 everywhere, also where none is needed:', () => {
  const good: { token: string } = { token: '' };
  beforeAll(async () => {
    good.token = (await issue({ role: 'admin' })).row.token;
  });
  const CASES: [what: string, header: (token: string) => string][] = [
    ['an unknown one', () => `Bearer ${UNKNOWN}`],
    ['another secret', (token) => `Bearer ${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`],
    ['a secret of another token', (token) => `Bearer ${token.slice(0, 24)}${UNKNOWN.slice(24)}`],
    ['half of one', (token) => `Bearer ${token.slice(0, 40)}`],
    ['one and a bit', (token) => `Bearer ${token}A`],
    ['capitals', (token) => `Bearer ${token.toUpperCase()}`],
    ['two of them', (token) => `Bearer ${token}, Bearer ${token}`],
    ['no scheme', (token) => token],
    ['another scheme', (token) => `Basic ${Buffer.from(`x:${token}`).toString('base64')}`],
    ['nothing', () => ''],
    ['a scheme alone', () => 'Bearer'],
    ['SQL', () => "Bearer rubric_'or'1'='1'--------_' or 1=1 --"],
    ['much', () => `Bearer ${'a'.repeat(10_000)}`],
  ];
  test.each(CASES)('%s', async (_, header) => {
    for (const path of [
      '/articles',
      '/articles/1',
      '/categories',
      '/authors',
      '/health/live',
      '/',
      '/problems',
      '/tokens',
    ]) {
      const answer = await server.anonymous.get(path, { headers: { authorization: header(good.token) } });
      expectProblem(answer, 401, 'unauthorized');
      expect(answer.headers.get('www-authenticate'), path).toBe('Bearer realm="rubric"');
      expect(JSON.stringify(answer.body)).not.toContain(UNKNOWN.slice(24));
    }
  });

  test('but the scheme may be written in any case', async () => {
    const answer = await server.anonymous.get('/tokens', { headers: { authorization: `bEARER  ${good.token}` } });
    expect(answer.status).toBe(200);
  });
});

describe('A token in a URL is refused,', () => {
  test.each(['token', 'access_token', 'api_key', 'authorization'])('as ?%s=', async (name) => {
    const { row } = await issue({ role: 'admin' });
    for (const path of ['/articles', '/articles/1', '/health/live', '/articles/1/categories']) {
      const answer = await server.anonymous.get(`${path}?${name}=${row.token}`);
      expectProblem(answer, 400, 'invalid_request', [`/${name}`]);
      expect(JSON.stringify(answer.body)).not.toContain(row.token);
    }
    expectProblem(await server.anonymous.get(`/tokens?${name}=${row.token}`), 401, 'unauthorized');
  });

  test('as user and password', async () => {
    const { row } = await issue({ role: 'admin' });
    const authorization = `Basic ${Buffer.from(`admin:${row.token}`).toString('base64')}`;
    expectProblem(await server.anonymous.get('/tokens', { headers: { authorization } }), 401, 'unauthorized');
  });
});

test('The database holds the SHA-256 of the secret and nothing else of it', async () => {
  const { row } = await issue();
  const [, prefix, ...rest] = row.token.split('_');
  const secret = rest.join('_');
  const { rows } = await server.database.pool.query('select * from api_tokens where id = $1', [row.id]);
  expect(rows[0].prefix).toBe(prefix);
  expect(rows[0].hash).toEqual(createHash('sha256').update(secret).digest());
  const whole = await server.database.pool.query('select t::text from api_tokens as t');
  expect(JSON.stringify(whole.rows)).not.toContain(secret);
});
