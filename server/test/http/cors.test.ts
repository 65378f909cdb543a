import { describe, expect, test } from 'vitest';
import { expectProblem } from '../harness/problem.ts';
import { newCategory } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const FRIEND = 'https://www.example.org';
const STRANGER = 'https://www.example.com';
const server = useServer({ CORS_ORIGINS: `${FRIEND}, http://localhost:5173`, PUBLIC_URL: 'https://api.example.org' });
const closed = useServer();

const preflight = (origin: string, method = 'PATCH') => ({
  headers: { origin, 'access-control-request-method': method, 'access-control-request-headers': 'authorization' },
});
const grantsOf = (headers: Headers) => [...headers.keys()].filter((name) => name.startsWith('access-control-'));

describe('V3.4.2 Pages of CORS_ORIGINS', () => {
  test.each([FRIEND, 'http://localhost:5173'])(
    'at %s may read, with cookies and the headers that count',
    async (origin) => {
      for (const path of ['/articles', '/articles/999', '/nope', '/articles?limit=0']) {
        const { headers } = await server.anonymous.get(path, { headers: { origin } });
        expect(headers.get('access-control-allow-origin')).toBe(origin);
        expect(headers.get('access-control-allow-credentials')).toBe('true');
        expect(headers.get('access-control-expose-headers')).toBe(
          'ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After',
        );
        expect(
          headers
            .get('vary')
            ?.split(/, */)
            .map((name) => name.toLowerCase()),
        ).toEqual(['authorization', 'cookie', 'origin']);
      }
    },
  );

  test('get an answer to their preflights, which needs no token', async () => {
    const { status, headers, body } = await server.anonymous.call(
      'OPTIONS',
      '/articles/1',
      undefined,
      preflight(FRIEND),
    );
    expect(status).toBe(204);
    expect(body).toBeUndefined();
    expect(headers.get('access-control-allow-origin')).toBe(FRIEND);
    expect(headers.get('access-control-allow-methods')).toBe('GET, HEAD, POST, PUT, PATCH, DELETE');
    expect(headers.get('access-control-allow-headers')).toBe('Authorization, Content-Type, If-Match, If-None-Match');
  });
});

describe('V3.4.2 Pages of other origins', () => {
  test.each([
    STRANGER,
    'null',
    'http://www.example.org',
    'https://www.example.org.evil.example',
    'https://evil.example/https://www.example.org',
    'HTTPS://WWW.EXAMPLE.ORG',
    `${FRIEND}:444`,
    `${FRIEND}/`,
    '*',
    '',
  ])('such as %j may not', async (origin) => {
    const { headers } = await server.anonymous.get('/articles', { headers: { origin } });
    expect(grantsOf(headers)).toEqual([]);
    expect(headers.get('vary')).toMatch(/origin/i);
    const answer = await server.anonymous.call('OPTIONS', '/articles', undefined, preflight(origin));
    expectProblem(answer, 405, 'method_not_allowed');
    expect(grantsOf(answer.headers)).toEqual([]);
  });

  test('never get a *', async () => {
    for (const origin of [FRIEND, STRANGER]) {
      const { headers } = await server.anonymous.get('/articles', { headers: { origin } });
      expect(headers.get('access-control-allow-origin')).not.toBe('*');
    }
  });
});

describe('An OPTIONS that is no preflight of theirs is what it always was:', () => {
  test.each([
    ['a wrong method', '/articles', 405, 'method_not_allowed', 'GET, HEAD, POST'],
    ['an unknown path', '/nope', 404, 'not_found', null],
  ] as const)('%s', async (_, path, status, code, allow) => {
    for (const options of [{}, { headers: { origin: FRIEND } }, preflight(STRANGER)]) {
      for (const { anonymous } of [server, closed]) {
        const answer = await anonymous.call('OPTIONS', path, undefined, options);
        expectProblem(answer, status, code);
        expect(answer.headers.get('allow')).toBe(allow);
      }
    }
  });

  test('and without CORS_ORIGINS a preflight is none', async () => {
    expectProblem(
      await closed.anonymous.call('OPTIONS', '/articles', undefined, preflight(FRIEND)),
      405,
      'method_not_allowed',
    );
    const { headers } = await closed.anonymous.get('/articles', { headers: { origin: FRIEND } });
    expect(grantsOf(headers)).toEqual([]);
  });
});

test('The wrong method on a path names those that fit, and not OPTIONS', async () => {
  const answer = await server.anonymous.put('/articles', {});
  expect(answer.headers.get('allow')).toBe('GET, HEAD, POST');
});

test('A token is as good from a page as from anywhere', async () => {
  await newCategory(server.as.editor);
  const answer = await server.as.editor.post('/categories', { name: 'From a page' }, { headers: { origin: FRIEND } });
  expect(answer.status).toBe(201);
  expect(answer.headers.get('access-control-allow-origin')).toBe(FRIEND);
});

describe('V3.5.1 A cookie of a session', () => {
  const cookie = '__Host-rubric_session=whatever';
  test.each([
    ['none', {}],
    ['another site', { origin: STRANGER }],
    ['the null origin', { origin: 'null' }],
    ['what only looks like a friend', { origin: `${FRIEND}.evil.example` }],
  ])('changes nothing for Origin: %s', async (_, headers: Record<string, string>) => {
    const answer = await server.anonymous.post('/categories', { name: 'x' }, { headers: { cookie, ...headers } });
    expectProblem(answer, 403, 'origin_not_allowed');
  });

  test('gets past that check from this server and from CORS_ORIGINS', async () => {
    for (const origin of [FRIEND, server.url]) {
      const answer = await server.anonymous.post('/categories', { name: 'x' }, { headers: { cookie, origin } });
      expectProblem(answer, 401, 'unauthorized');
    }
  });

  test('keeps the answer out of every cache', async () => {
    const { headers } = await server.anonymous.get('/articles', { headers: { cookie } });
    expect(headers.get('cache-control')).toBe('no-store');
    const other = await server.anonymous.get('/articles', { headers: { cookie: 'theme=dark' } });
    expect(other.headers.get('cache-control')).toBe('no-cache');
  });
});

describe('V3.4.1 Strict-Transport-Security', () => {
  test('stands on every answer where PUBLIC_URL is https, and on none elsewhere', async () => {
    for (const path of ['/articles', '/nope', '/articles/%', '/docs', '/articles?limit=0']) {
      const { headers } = await server.anonymous.get(path);
      expect(headers.get('strict-transport-security'), path).toBe('max-age=31536000');
      expect((await closed.anonymous.get(path)).headers.has('strict-transport-security'), path).toBe(false);
    }
  });
});
