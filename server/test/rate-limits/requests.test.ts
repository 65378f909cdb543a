import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { type Connection, connect } from '../../src/database/connection.ts';
import { RateLimiter } from '../../src/rate-limits/rate-limiter.writer.ts';
import { expectProblem } from '../harness/problem.ts';
import { startTestServer, type TestServer, useServer } from '../harness/server.ts';

const LIMIT = 40;
const server = useServer({ RATE_LIMIT: String(LIMIT), TRUST_PROXY: 'loopback' });
const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });

/** Limits are by whole minutes: what begins in one ends in it. */
async function inOneMinute() {
  const { rows } = await server.database.pool.query('select extract(second from now())::float8 as second');
  if (rows[0].second > 50) await new Promise((resolve) => setTimeout(resolve, (60.1 - rows[0].second) * 1_000));
}
beforeAll(inOneMinute, 30_000);

describe('API4:2023 Unrestricted resource consumption: with RATE_LIMIT', () => {
  test('an address gets so many answers a minute, then 429 with Retry-After', async () => {
    const answers = [];
    for (let n = 0; n < LIMIT + 5; n += 1) answers.push(await server.anonymous.get('/authors', from('192.0.2.1')));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(LIMIT);
    const last = answers.at(-1)!;
    expectProblem(last, 429, 'rate_limited');
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(last.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect(
      answers.map(({ headers }) => Number(/"address";r=(\d+);t=/.exec(headers.get('ratelimit') ?? '')?.[1])),
    ).toEqual(Array.from({ length: LIMIT + 5 }, (_, n) => Math.max(0, LIMIT - 1 - n)));
    for (const { headers } of answers) {
      expect(headers.get('ratelimit-policy')).toBe(`"address";q=${LIMIT};w=60`);
      expect(headers.get('ratelimit')).toMatch(/^"address";r=\d+;t=([1-9]|[1-5]\d|60)$/);
    }
  });

  test('requests that come at once are counted like those that come one by one', async () => {
    const answers = await Promise.all(
      Array.from({ length: LIMIT * 2 }, () => server.anonymous.get('/authors', from('192.0.2.2'))),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(LIMIT);
  });

  test('an IPv6 network is one client, and its neighbour another', async () => {
    const answers = await Promise.all(
      Array.from({ length: LIMIT + 10 }, (_, n) =>
        server.anonymous.get('/authors', from(`2001:db8:0:1::${n.toString(16)}`)),
      ),
    );
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(10);
    expect((await server.anonymous.get('/authors', from('2001:db8:0:2::1'))).status).toBe(200);
  });

  test('every kind of answer says how the caller stands', async () => {
    for (const path of ['/', '/docs', '/nope', '/articles?limit=0', '/openapi.json', '/tokens']) {
      const { headers } = await server.anonymous.get(path, from('192.0.2.3'));
      expect(headers.get('ratelimit'), path).toMatch(/^"address";r=/);
    }
  });

  test('a token is limited too, wherever it is used, and its account', async () => {
    const answers = await Promise.all(
      Array.from({ length: LIMIT + 10 }, (_, n) => server.as.author.get('/authors', from(`198.51.100.${n}`))),
    );
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(10);
    const granted = answers.find(({ status }) => status === 200)!;
    expect(granted.headers.get('ratelimit-policy')).toBe(
      `"address";q=${LIMIT};w=60, "token";q=${LIMIT};w=60, "account";q=${LIMIT};w=60`,
    );
    expect((await server.as.editor.get('/authors', from('198.51.100.99'))).status).toBe(200);
  });

  test('bad tokens are counted before they are looked up', async () => {
    const headers = { authorization: `Bearer rubric_0123456789abcdef_${'x'.repeat(43)}`, ...from('192.0.2.4').headers };
    const answers = [];
    for (let n = 0; n < LIMIT + 1; n += 1) answers.push((await server.anonymous.get('/authors', { headers })).status);
    expect(answers).toEqual([...Array(LIMIT).fill(401), 429]);
  });

  test('health checks are not counted', async () => {
    for (let n = 0; n < LIMIT + 5; n += 1) {
      const { status, headers } = await server.anonymous.get('/health/live', from('192.0.2.5'));
      expect(status).toBe(200);
      expect(headers.has('ratelimit')).toBe(false);
    }
  });

  test('what only looks like a health check is counted', async () => {
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
    await inOneMinute();
  }, 30_000);
  afterAll(async () => {
    await Promise.all(connections.map((each) => each.close()));
    await other.close();
  });

  test.each([1, 7, 10, 33, 250])('grant %i together, however they race', async (limit) => {
    const servers = connections.map(({ db }) => new RateLimiter(db, limit));
    const quotas = await Promise.all(
      Array.from({ length: limit * 2 + 20 }, (_, n) => servers[n % 2]!.consume(`race ${limit}`)),
    );
    expect(quotas.filter(({ granted }) => granted)).toHaveLength(limit);
  });

  test('ask PostgreSQL ten times for a limit, and not at all while it is used up', async () => {
    const [first] = connections;
    const query = vi.spyOn(first!.pool, 'query');
    const leases = new RateLimiter(first!.db, 200);
    for (let n = 0; n < 1_000; n += 1) await leases.consume('statements');
    expect(query.mock.calls.length).toBeLessThanOrEqual(11);
    query.mockRestore();
  });

  test('keep no more keys in mind than they may', async () => {
    const leases = new RateLimiter(connections[0]!.db, 10, 5);
    for (let n = 0; n < 20; n += 1) await leases.consume(`key ${n}`);
    expect((leases as unknown as { leases: Map<string, unknown> }).leases.size).toBe(5);
    expect((await leases.consume('key 0')).granted).toBe(true);
  });
});

describe('Without RATE_LIMIT', () => {
  let open: TestServer;
  beforeAll(async () => {
    open = await startTestServer();
  });
  afterAll(() => open.close());

  test('nothing is counted and nothing said', async () => {
    const { headers } = await open.anonymous.get('/authors');
    expect(headers.has('ratelimit')).toBe(false);
    expect(headers.has('ratelimit-policy')).toBe(false);
    expect((await open.database.pool.query('select from rate_limits')).rowCount).toBe(0);
  });

  test('a header about the address changes nothing either', async () => {
    await open.as.reader.delete('/authors/1', from('203.0.113.9'));
    await vi.waitFor(async () => {
      const { body } = await open.as.admin.get('/audit?action=access.refused');
      expect(body.data).toMatchObject([{ address: '127.0.0.1' }]);
    });
  });
});
