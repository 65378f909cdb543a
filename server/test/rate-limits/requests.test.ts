import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { type Connection, connect } from '../../src/database/connection.ts';
import { RateLimiter } from '../../src/rate-limits/rate-limiter.writer.ts';
import { eventually } from '../harness/eventually.ts';
import { expectProblem } from '../harness/problem.ts';
import { startTestServer, type TestServer, useServer } from '../harness/server.ts';
import { sendRaw } from '../harness/socket.ts';

const LIMIT = 40;
const server = useServer({ RATE_LIMIT: String(LIMIT), TRUST_PROXY: 'loopback' });
const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });

/** Waits for the next minute if less than 20 s are left, because limits count by whole minutes of PostgreSQL's clock. */
async function waitForMinuteWithTimeLeft() {
  const { rows } = await server.database.pool.query('select extract(second from now())::float8 as second');
  if (rows[0].second > 40) await new Promise((resolve) => setTimeout(resolve, (60.1 - rows[0].second) * 1_000));
}
beforeEach(waitForMinuteWithTimeLeft);

describe('API4:2023 Unrestricted resource consumption: with RATE_LIMIT', () => {
  test('an address can make RATE_LIMIT requests a minute, then gets 429 with Retry-After', async () => {
    const responses = [];
    for (let n = 0; n < LIMIT + 5; n += 1) responses.push(await server.anonymous.get('/authors', from('192.0.2.1')));
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(LIMIT);
    const last = responses.at(-1)!;
    expectProblem(last, 429, 'rate_limited');
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(last.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect(
      responses.map(({ headers }) => Number(/"address";r=(\d+);t=/.exec(headers.get('ratelimit') ?? '')?.[1])),
    ).toEqual(Array.from({ length: LIMIT + 5 }, (_, n) => Math.max(0, LIMIT - 1 - n)));
    for (const { headers } of responses) {
      expect(headers.get('ratelimit-policy')).toBe(`"address";q=${LIMIT};w=60`);
      expect(headers.get('ratelimit')).toMatch(/^"address";r=\d+;t=([1-9]|[1-5]\d|60)$/);
    }
  });

  test('concurrent requests are counted like sequential ones', async () => {
    const responses = await Promise.all(
      Array.from({ length: LIMIT * 2 }, () => server.anonymous.get('/authors', from('192.0.2.2'))),
    );
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(LIMIT);
  });

  test('an IPv6 network is one client, and the neighbouring network another', async () => {
    const responses = await Promise.all(
      Array.from({ length: LIMIT + 10 }, (_, n) =>
        server.anonymous.get('/authors', from(`2001:db8:0:1::${n.toString(16)}`)),
      ),
    );
    expect(responses.filter(({ status }) => status === 429)).toHaveLength(10);
    expect((await server.anonymous.get('/authors', from('2001:db8:0:2::1'))).status).toBe(200);
  });

  test('every kind of response has the headers', async () => {
    for (const path of ['/', '/docs', '/nope', '/articles?limit=0', '/openapi.json', '/tokens']) {
      const { headers } = await server.anonymous.get(path, from('192.0.2.3'));
      expect(headers.get('ratelimit'), path).toMatch(/^"address";r=/);
    }
  });

  test('a token and its account are limited too, across addresses', async () => {
    const responses = await Promise.all(
      Array.from({ length: LIMIT + 10 }, (_, n) => server.as.author.get('/authors', from(`198.51.100.${n}`))),
    );
    expect(responses.filter(({ status }) => status === 429)).toHaveLength(10);
    const granted = responses.find(({ status }) => status === 200)!;
    expect(granted.headers.get('ratelimit-policy')).toBe(
      `"address";q=${LIMIT};w=60, "token";q=${LIMIT};w=60, "account";q=${LIMIT};w=60`,
    );
    expect((await server.as.editor.get('/authors', from('198.51.100.99'))).status).toBe(200);
  });

  test('invalid tokens are counted before they are looked up', async () => {
    const headers = { authorization: `Bearer rubric_0123456789abcdef_${'x'.repeat(43)}`, ...from('192.0.2.4').headers };
    const responses = [];
    for (let n = 0; n < LIMIT + 1; n += 1) responses.push((await server.anonymous.get('/authors', { headers })).status);
    expect(responses).toEqual([...Array(LIMIT).fill(401), 429]);
  });

  test('health checks are not counted', async () => {
    for (let n = 0; n < LIMIT + 5; n += 1) {
      const { status, headers } = await server.anonymous.get('/health/live', from('192.0.2.5'));
      expect(status).toBe(200);
      expect(headers.has('ratelimit')).toBe(false);
    }
  });

  test('paths that only look like a health check are counted', async () => {
    const { status, headers } = await server.anonymous.get('/health/nowhere', from('192.0.2.6'));
    expect([status, headers.has('ratelimit')]).toEqual([404, true]);
  });
});

describe('Two servers on one database', () => {
  let other: TestServer;
  let connections: Connection[];
  beforeAll(async () => {
    other = await startTestServer();
    connections = [1, 2].map(() =>
      connect({ ...readConfig({}).database, poolSize: 4, connectionString: other.databaseUrl }),
    );
  });
  afterAll(async () => {
    await Promise.all(connections.map((each) => each.close()));
    await other.close();
  });

  test.each([1, 7, 10, 33, 250])('together grant exactly %i concurrent requests', async (limit) => {
    const servers = connections.map(({ db }) => new RateLimiter(db, limit));
    const quotas = await Promise.all(
      Array.from({ length: limit * 2 + 20 }, (_, n) => servers[n % 2]!.consume(`race ${limit}`)),
    );
    expect(quotas.filter(({ granted }) => granted)).toHaveLength(limit);
  });

  test('execute ten statements per limit, and none while it is used up', async () => {
    const [first] = connections;
    const query = vi.spyOn(first!.pool, 'query');
    const rateLimiter = new RateLimiter(first!.db, 200);
    for (let n = 0; n < 1_000; n += 1) await rateLimiter.consume('statements');
    expect(query.mock.calls.length).toBeLessThanOrEqual(11);
    query.mockRestore();
  });

  test('execute one statement in a second while PostgreSQL refuses it, and count again when it does not', async () => {
    const [{ db, pool }] = connections as [Connection];
    const refuse = () => Promise.reject(new Error('cannot execute INSERT in a read-only transaction')) as never;
    const query = vi.spyOn(pool, 'query').mockImplementation(refuse);
    const rateLimiter = new RateLimiter(db, 3);
    const consume = () => rateLimiter.consume('read-only');
    const since = performance.now();
    for (let n = 0; n < 100; n += 1) expect(await consume()).toMatchObject({ granted: true, remaining: 3 });
    expect(query.mock.calls.length).toBeLessThanOrEqual(1 + Math.floor((performance.now() - since) / 1_000));
    query.mockRestore();
    await eventually(async () => expect((await consume()).remaining).toBeLessThan(3));
    for (let n = 0; n < 2; n += 1) await consume();
    expect((await consume()).granted).toBe(false);
  });

  test('keep at most maxKeys keys in memory', async () => {
    const rateLimiter = new RateLimiter(connections[0]!.db, 10, 5);
    for (let n = 0; n < 20; n += 1) await rateLimiter.consume(`key ${n}`);
    expect((rateLimiter as unknown as { leases: Map<string, unknown> }).leases.size).toBe(5);
    expect((await rateLimiter.consume('key 0')).granted).toBe(true);
  });
});

describe('Without RATE_LIMIT', () => {
  let unlimited: TestServer;
  beforeAll(async () => {
    unlimited = await startTestServer();
  });
  afterAll(() => unlimited.close());

  test('nothing is counted and no headers are set', async () => {
    const { headers } = await unlimited.anonymous.get('/authors');
    expect(headers.has('ratelimit')).toBe(false);
    expect(headers.has('ratelimit-policy')).toBe(false);
    expect((await unlimited.database.pool.query('select from rate_limits')).rowCount).toBe(0);
  });

  test('X-Forwarded-For is ignored without TRUST_PROXY', async () => {
    await unlimited.as.reader.delete('/authors/1', from('203.0.113.9'));
    await eventually(async () => {
      const { body } = await unlimited.as.admin.get('/audit?action=access.refused');
      expect(body.data).toMatchObject([{ address: '127.0.0.1' }]);
    });
  });
});

describe.each([
  ['without CORS', {}],
  ['with CORS', { CORS_ORIGINS: 'https://www.example.org' }],
])('Beyond RATE_LIMIT, %s', (_, settings) => {
  const limited = useServer({ RATE_LIMIT: '1', ...settings });
  beforeEach(async () => {
    await waitForMinuteWithTimeLeft();
    await limited.anonymous.get('/authors');
  });

  test.each([
    ['OPTIONS', '/articles', {}],
    ['OPTIONS', '/nope', {}],
    ['OPTIONS', '/articles', { origin: 'https://www.example.org' }],
    ['OPTIONS', '/articles', { origin: 'https://other.example', 'access-control-request-method': 'POST' }],
    ['GET', '/nope', {}],
    ['POST', '/nope', {}],
    ['PUT', '/articles', {}],
    ['PROPFIND', '/articles', {}],
    ['GET', '/docs', {}],
    ['GET', '/openapi.json', {}],
  ])('%s %s gets 429 with Retry-After and %o', async (method, path, headers) => {
    const lines = Object.entries({ host: 'x', connection: 'close', ...headers }).map(
      ([name, value]) => `${name}: ${value}`,
    );
    const { statuses, body, text } = await sendRaw(limited.url, [
      `${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`,
    ]);
    expect(statuses).toEqual([429]);
    expect(body.code).toBe('rate_limited');
    expect(text).toMatch(/content-type: application\/problem\+json/i);
    expect(text).toMatch(/retry-after: [1-9]/i);
  });
});

describe('With CORS, beyond RATE_LIMIT', () => {
  const limited = useServer({ RATE_LIMIT: '1', CORS_ORIGINS: 'https://www.example.org' });

  test('a preflight request of an allowed origin gets 204, and its page can read the 429', async () => {
    await waitForMinuteWithTimeLeft();
    await limited.anonymous.get('/authors');
    const origin = 'https://www.example.org';
    const preflight = { origin, 'access-control-request-method': 'POST' };
    expect((await limited.anonymous.call('OPTIONS', '/articles', undefined, { headers: preflight })).status).toBe(204);
    const refused = await limited.anonymous.get('/articles', { headers: { origin } });
    expectProblem(refused, 429, 'rate_limited');
    expect(refused.headers.get('access-control-allow-origin')).toBe(origin);
  });
});
