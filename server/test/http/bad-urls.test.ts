import { beforeAll, describe, expect, test } from 'vitest';
import { expectProblem } from '../harness/problem.ts';
import { newArticle } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();

describe('An id in a path', () => {
  let article: { id: number };
  beforeAll(async () => {
    article = await newArticle(server.as.editor);
  });
  const routes = (id: string): [method: string, path: string, body?: object][] => [
    ['GET', `/articles/${id}`],
    ['PATCH', `/articles/${id}`, { title: 'x' }],
    ['DELETE', `/articles/${id}`],
    ['POST', `/articles/${id}/restore`],
    ['GET', `/articles/${id}/categories`],
    ['GET', `/categories/${id}`],
    ['GET', `/categories/${id}/articles`],
    ['PATCH', `/categories/${id}`, { name: 'x' }],
    ['PUT', `/categories/${id}`, { name: 'x' }],
    ['DELETE', `/categories/${id}`],
    ['GET', `/authors/${id}`],
    ['PATCH', `/authors/${id}`, { name: 'x' }],
    ['DELETE', `/authors/${id}`],
    ['DELETE', `/tokens/${id}`],
    ['PUT', `/articles/${article.id}/categories/${id}`],
  ];

  test.each(['0', '2147483648', '9007199254740993', '9223372036854775807'])(
    'of %s gets a 404 that names it',
    async (id) => {
      for (const [method, path, body] of routes(id)) {
        const response = await server.as.admin.call(method, path, body);
        expectProblem(response, 404, 'not_found');
        expect(response.body.detail, `${method} ${path}`).toContain(` ${id}.`);
      }
    },
  );

  test.each(['9223372036854775808', '99999999999999999999999999'])('of %s gets a 400', async (id) => {
    for (const [method, path, body] of routes(id)) {
      expectProblem(await server.as.admin.call(method, path, body), 400, 'invalid_request');
    }
  });

  test.each(['abc', 'a-slug-as-long-as-the-longest-id', '-1', '1.0', '1e3', '%20', '%D9%A1', '0x1'])(
    'of %s does not cause a 5xx',
    async (id) => {
      for (const [method, path, body] of routes(id)) {
        const { status } = await server.as.admin.call(method, path, body);
        expect([400, 404], `${method} ${path} responded with ${status}`).toContain(status);
      }
    },
  );
});

describe('A parameter', () => {
  const INVALID: [query: string, pointers: string[]][] = [
    ['limit=0', ['/limit']],
    ['limit=-1', ['/limit']],
    ['limit=101', ['/limit']],
    ['limit=abc', ['/limit']],
    ['limit=1.0', ['/limit']],
    ['limit=1e1', ['/limit']],
    ['limit=%D9%A1', ['/limit']],
    ['limit=%EF%BC%91', ['/limit']],
    ['limit=+1', ['/limit']],
    ['limit=', ['/limit']],
    ['limit', ['/limit']],
    ['limit=%', ['/limit']],
    ['limit=1%00', ['/limit']],
    ['limit=99999999999999999999', ['/limit']],
    ['limit=1&limit=2', ['/limit']],
    ['page=0', ['/page']],
    ['total=1', ['/total']],
    ['total=TRUE', ['/total']],
    ['fields=', ['/fields']],
    ['fields=id,nope', ['/fields']],
    ['fields=__proto__', ['/fields']],
    ['after=', ['/after']],
    ['nope=1', ['/nope']],
    ['a=1&b=2&limit=0', ['/limit', '/a', '/b']],
    ['__proto__=1', ['/__proto__']],
    ['constructor=1', ['/constructor']],
    ['hasOwnProperty=1', ['/hasOwnProperty']],
    ['a/b~c=1', ['/a~1b~0c']],
    ['=1', ['/']],
    ['%=1', ['/%']],
    ['%FF=1', ['/%FF']],
    ['Limit=1', ['/Limit']],
  ];
  test.each(INVALID)('such as ?%s gets a 400 that names it', async (query, pointers) => {
    for (const path of ['/articles', '/categories', '/authors']) {
      expectProblem(await server.anonymous.get(`${path}?${query}`), 400, 'invalid_request', pointers);
    }
  });

  test.each(['/', '/health/live', '/health/ready', '/problems', '/articles/1/categories', '/categories/1'])(
    'on %s, which has none, gets a 400',
    async (path) => {
      const response = await server.anonymous.get(`${path}?a/b=1&token=secret`);
      expectProblem(response, 400, 'invalid_request', ['/a~1b', '/token']);
      expect(JSON.stringify(response.body)).not.toContain('secret');
    },
  );

  test.each(['?', '?&', '?&&limit=1&', '?limit=01'])('is optional: %s', async (query) => {
    expect((await server.anonymous.get(`/articles${query}`)).status).toBe(200);
  });
});

describe('A path', () => {
  test.each([
    '/articles/%',
    '/articles/%zz',
    '/articles/%ff',
    '/articles/%ed%a0%80',
    '/categories/%e0%80/articles',
    '/%',
  ])('with a broken percent-encoding such as %s gets a 400', async (path) =>
    expectProblem(await server.anonymous.get(path), 400, 'invalid_url'),
  );

  test.each(['/articles/%00', '/categories/a%00b', '/categories/a%00/articles', '/authors/%00'])(
    'with NUL such as %s gets a 400',
    async (path) => {
      expectProblem(await server.anonymous.get(path), 400, 'invalid_request', ['/idOrSlug']);
    },
  );

  test.each([
    '/nope',
    '/articles/a/b/c',
    '//articles',
    '/Articles',
    '/articles//',
    '/articles/..%2f..%2fetc%2fpasswd',
    '/docs/..%2f..%2fpackage.json',
    '/docs/%2e%2e/package.json',
    '/problems/constructor',
    '/problems/__proto__',
    '/.env',
    "/articles/' or 1=1 --",
    '/articles/*',
  ])('that does not exist such as %s gets a 404', async (path) => {
    expectProblem(await server.anonymous.get(path), 404, 'not_found');
  });

  test('with a segment longer than any slug gets a 414', async () => {
    expectProblem(await server.anonymous.get(`/articles/${'a'.repeat(1001)}`), 414, 'url_too_long');
  });

  test('can end in a slash', async () => {
    expect((await server.anonymous.get('/articles/')).body).toEqual((await server.anonymous.get('/articles')).body);
    expect((await server.as.editor.post('/articles/', { title: 'x' })).status).toBe(201);
  });
});

describe('A method', () => {
  test.each([
    ['PUT', '/articles', 'GET, HEAD, POST'],
    ['DELETE', '/articles/', 'GET, HEAD, POST'],
    ['PROPFIND', '/articles', 'GET, HEAD, POST'],
    ['PUT', '/articles/1', 'DELETE, GET, HEAD, PATCH'],
    ['PATCH', '/articles/1/categories/2?x=1', 'DELETE, PUT'],
    ['GET', '/articles/1/restore', 'POST'],
    ['PATCH', '/tokens', 'GET, HEAD, POST'],
    ['POST', '/', 'GET, HEAD'],
    ['POST', '/docs', 'GET, HEAD'],
    ['DELETE', '/openapi.json', 'GET, HEAD'],
  ])('%s on %s gets a 405 with the supported methods in Allow', async (method, path, allowed) => {
    const response = await server.anonymous.call(method, path);
    expectProblem(response, 405, 'method_not_allowed');
    expect(response.headers.get('allow')).toBe(allowed);
  });

  test.each([
    ['/articles', 'GET, HEAD, POST'],
    ['/articles/?limit=0', 'GET, HEAD, POST'],
    ['/articles/1/categories/2', 'DELETE, PUT'],
    ['/', 'GET, HEAD'],
  ])('OPTIONS on %s gets a 204 with the supported methods in Allow, from everybody', async (path, allowed) => {
    for (const caller of [server.anonymous, server.as.editor]) {
      const { status, headers, body } = await caller.call('OPTIONS', path);
      expect([status, headers.get('allow'), body]).toEqual([204, allowed, undefined]);
    }
  });

  test('OPTIONS on a path that does not exist gets a 404', async () => {
    const response = await server.anonymous.call('OPTIONS', '/nope');
    expectProblem(response, 404, 'not_found');
    expect(response.headers.has('allow')).toBe(false);
  });

  test('HEAD gets the same response as GET, without a body', async () => {
    const { id } = await newArticle(server.as.editor);
    for (const path of ['/articles', `/articles/${id}`, '/', '/docs', '/articles/nope', '/articles?limit=0']) {
      const [head, get] = [await server.anonymous.call('HEAD', path), await server.anonymous.get(path)];
      expect(head.body).toBeUndefined();
      expect(head.status, path).toBe(get.status);
      for (const name of ['content-type', 'content-length', 'etag', 'cache-control', 'vary']) {
        expect(head.headers.get(name), `${name} of ${path}`).toBe(get.headers.get(name));
      }
    }
  });
});

test('Of 1,000 unknown parameters, 100 are listed, so that a short URL cannot cause a long response', async () => {
  const query = Array.from({ length: 1_000 }, (_, n) => `p${n}`).join('&');
  for (const path of ['/health/live', '/articles']) {
    const { status, body } = await server.anonymous.get(`${path}?${query}`);
    expect([status, body.errors.length], path).toEqual([400, 100]);
  }
});
