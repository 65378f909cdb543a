import { describe, expect, test } from 'vitest';
import { expectProblem } from '../harness/problem.ts';
import { newCategory } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const ALLOWED = 'https://www.example.org';
const OTHER = 'https://www.example.com';
const server = useServer({ CORS_ORIGINS: `${ALLOWED}, http://localhost:5173`, PUBLIC_URL: 'https://api.example.org' });
const withoutCors = useServer();

const preflight = (origin: string, method = 'PATCH') => ({
  headers: { origin, 'access-control-request-method': method, 'access-control-request-headers': 'authorization' },
});
const corsHeadersOf = (headers: Headers) => [...headers.keys()].filter((name) => name.startsWith('access-control-'));

describe('V3.4.2 Pages of CORS_ORIGINS', () => {
  test.each([ALLOWED, 'http://localhost:5173'])(
    'at %s can read responses, with cookies and the exposed headers',
    async (origin) => {
      for (const path of ['/articles', '/articles/999', '/nope', '/articles?limit=0']) {
        const { headers } = await server.anonymous.get(path, { headers: { origin } });
        expect(headers.get('access-control-allow-origin')).toBe(origin);
        expect(headers.get('access-control-allow-credentials')).toBe('true');
        expect(headers.get('access-control-expose-headers')).toBe(
          'ETag, Idempotency-Replayed, Link, Location, RateLimit, RateLimit-Policy, Retry-After',
        );
        expect(
          headers
            .get('vary')
            ?.split(/, */)
            .map((name) => name.toLowerCase()),
        ).toEqual([...(path === '/nope' ? ['accept'] : []), 'authorization', 'cookie', 'accept-encoding', 'origin']);
      }
    },
  );

  test('get a response to preflight requests without a token', async () => {
    const { status, headers, body } = await server.anonymous.call(
      'OPTIONS',
      '/articles/1',
      undefined,
      preflight(ALLOWED),
    );
    expect(status).toBe(204);
    expect(body).toBeUndefined();
    expect(headers.get('access-control-allow-origin')).toBe(ALLOWED);
    expect(headers.get('access-control-allow-methods')).toBe('GET, HEAD, POST, PUT, PATCH, DELETE');
    expect(headers.get('access-control-allow-headers')).toBe(
      'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID',
    );
  });
});

describe('V3.4.2 Pages of other origins', () => {
  test.each([
    OTHER,
    'null',
    'http://www.example.org',
    'https://www.example.org.evil.example',
    'https://evil.example/https://www.example.org',
    'HTTPS://WWW.EXAMPLE.ORG',
    `${ALLOWED}:444`,
    `${ALLOWED}/`,
    '*',
    '',
  ])('such as %j get no CORS headers', async (origin) => {
    const { headers } = await server.anonymous.get('/articles', { headers: { origin } });
    expect(corsHeadersOf(headers)).toEqual([]);
    expect(headers.get('vary')).toMatch(/origin/i);
    const response = await server.anonymous.call('OPTIONS', '/articles', undefined, preflight(origin));
    expect(response.status).toBe(204);
    expect(corsHeadersOf(response.headers)).toEqual([]);
  });

  test('never get a wildcard', async () => {
    for (const origin of [ALLOWED, OTHER]) {
      const { headers } = await server.anonymous.get('/articles', { headers: { origin } });
      expect(headers.get('access-control-allow-origin')).not.toBe('*');
    }
  });
});

describe('An OPTIONS request that is not a preflight from an allowed origin', () => {
  test('gets the methods of the path, and no CORS headers for another origin', async () => {
    for (const options of [{}, { headers: { origin: ALLOWED } }, preflight(OTHER)]) {
      for (const { anonymous } of [server, withoutCors]) {
        const { status, headers } = await anonymous.call('OPTIONS', '/articles', undefined, options);
        expect([status, headers.get('allow')]).toEqual([204, 'GET, HEAD, POST']);
        expect(headers.has('access-control-allow-methods')).toBe(false);
        expectProblem(await anonymous.call('OPTIONS', '/nope', undefined, options), 404, 'not_found');
      }
    }
  });

  test('gets no CORS headers without CORS_ORIGINS', async () => {
    const { status, headers } = await withoutCors.anonymous.call('OPTIONS', '/articles', undefined, preflight(ALLOWED));
    expect([status, corsHeadersOf(headers)]).toEqual([204, []]);
    const read = await withoutCors.anonymous.get('/articles', { headers: { origin: ALLOWED } });
    expect(corsHeadersOf(read.headers)).toEqual([]);
  });
});

test('A 405 lists the supported methods without OPTIONS', async () => {
  const response = await server.anonymous.put('/articles', {});
  expect(response.headers.get('allow')).toBe('GET, HEAD, POST');
});

test('A token is accepted from a page', async () => {
  await newCategory(server.as.editor);
  const response = await server.as.editor.post(
    '/categories',
    { name: 'From a page' },
    { headers: { origin: ALLOWED } },
  );
  expect(response.status).toBe(201);
  expect(response.headers.get('access-control-allow-origin')).toBe(ALLOWED);
});

describe('V3.5.1 A session cookie', () => {
  const cookie = '__Host-rubric_session=whatever';
  test.each([
    ['none', {}],
    ['another site', { origin: OTHER }],
    ['the null origin', { origin: 'null' }],
    ['an origin that begins like an allowed one', { origin: `${ALLOWED}.evil.example` }],
  ])('cannot change data with Origin: %s', async (_, headers: Record<string, string>) => {
    const response = await server.anonymous.post('/categories', { name: 'x' }, { headers: { cookie, ...headers } });
    expectProblem(response, 403, 'origin_not_allowed');
  });

  test('passes the check from this server and from CORS_ORIGINS', async () => {
    for (const origin of [ALLOWED, server.url]) {
      const response = await server.anonymous.post('/categories', { name: 'x' }, { headers: { cookie, origin } });
      expectProblem(response, 401, 'unauthorized');
    }
  });

  test('keeps the response out of all caches', async () => {
    const { headers } = await server.anonymous.get('/articles', { headers: { cookie } });
    expect(headers.get('cache-control')).toBe('no-store');
    const other = await server.anonymous.get('/articles', { headers: { cookie: 'theme=dark' } });
    expect(other.headers.get('cache-control')).toBe('no-cache');
  });
});

describe('V3.4.1 Strict-Transport-Security', () => {
  test('is sent with every response if PUBLIC_URL is https, and never otherwise', async () => {
    for (const path of ['/articles', '/nope', '/articles/%', '/docs', '/articles?limit=0']) {
      const { headers } = await server.anonymous.get(path);
      expect(headers.get('strict-transport-security'), path).toBe('max-age=31536000');
      expect((await withoutCors.anonymous.get(path)).headers.has('strict-transport-security'), path).toBe(false);
    }
  });
});
