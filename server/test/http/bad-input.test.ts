import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ProblemCode } from '../../src/http/problems.ts';
import { expectProblem } from '../harness/problem.ts';
import { newArticle, newCategory } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();
const post = (body: unknown, headers = {}) => server.as.editor.post('/articles', body, { headers });

describe('POST /articles answers 400 to', () => {
  const deep = (open: string, close: string, inside = '') => open.repeat(100_000) + inside + close.repeat(100_000);
  const CASES: [what: string, body: string | Uint8Array, code: ProblemCode, pointers?: string[]][] = [
    ['an empty body', '', 'invalid_request', ['']],
    ['null', 'null', 'invalid_request', ['']],
    ['an array', '[{"title":"x"}]', 'invalid_request', ['']],
    ['a string', '"title"', 'invalid_request', ['']],
    ['a number', '1', 'invalid_request', ['']],
    ['half an object', '{"title":"x"', 'invalid_json'],
    ['two objects', '{"title":"x"}{"title":"y"}', 'invalid_json'],
    ['single quotes', "{'title':'x'}", 'invalid_json'],
    ['NaN', '{"title":NaN}', 'invalid_json'],
    ['a byte order mark', '\uFEFF{"title":"x"}', 'invalid_json'],
    ['bytes that are not UTF-8', Buffer.from('{"title":"\xff"}', 'latin1'), 'invalid_json'],
    [
      'a surrogate written in UTF-8',
      Buffer.from([...Buffer.from('{"title":"'), 0xed, 0xa0, 0x80, 0x22, 0x7d]),
      'invalid_json',
    ],
    ['random bytes', randomBytes(1000), 'invalid_json'],
    ['deep arrays', deep('[', ']'), 'invalid_request', ['']],
    ['a deep array in a field', `{"title":${deep('[', ']')}}`, 'invalid_request', ['/title']],
    ['a deep array around a long number', deep('[', ']', '12345678901234567'), 'invalid_json'],
    ['a deep unknown field', `{"title":"x","a":${deep('{"a":', '}', '1')}}`, 'invalid_request', ['/a']],
    ['a missing title', '{}', 'invalid_request', ['/title']],
    ['a title of null', '{"title":null}', 'invalid_request', ['/title']],
    ['a title that is a number', '{"title":1}', 'invalid_request', ['/title']],
    ['a title that is an object', '{"title":{"toString":"x"}}', 'invalid_request', ['/title']],
    ['a blank title', '{"title":" \\t\\n\u00a0\u200b "}', 'invalid_request', ['/title']],
    ['NUL in a string', '{"title":"a\\u0000b"}', 'invalid_request', ['/title']],
    ['half a surrogate', '{"title":"a\\ud800b"}', 'invalid_request', ['/title']],
    ['surrogates the wrong way round', '{"title":"x","content":"\\udc00\\ud800"}', 'invalid_request', ['/content']],
    ['a title that is too long', JSON.stringify({ title: 'ä'.repeat(501) }), 'invalid_request', ['/title']],
    ['a field of a prototype', '{"title":"x","__proto__":{"slug":"y"}}', 'invalid_request', ['/__proto__']],
    ['a constructor', '{"title":"x","constructor":{"prototype":{}}}', 'invalid_request', ['/constructor']],
    ['unknown fields, each by name', '{"title":"x","a/b":1,"c~d":2,"":3}', 'invalid_request', ['/a~1b', '/c~0d', '/']],
    ['a status, which is derived', '{"title":"x","status":"draft"}', 'invalid_request', ['/status']],
    ['a slug of digits', '{"title":"x","slug":"2026"}', 'invalid_request', ['/slug']],
    ['an empty slug', '{"title":"x","slug":""}', 'invalid_request', ['/slug']],
    ['a slug with a newline after it', '{"title":"x","slug":"abc\\n"}', 'invalid_request', ['/slug']],
    ['a day that is not', '{"title":"x","publishedAt":"2026-02-30T00:00:00Z"}', 'invalid_request', ['/publishedAt']],
    [
      'a time without an offset',
      '{"title":"x","publishedAt":"2026-02-03T00:00:00"}',
      'invalid_request',
      ['/publishedAt'],
    ],
    ['a time as a number', '{"title":"x","publishedAt":1767225600}', 'invalid_request', ['/publishedAt']],
    ['the year 0', '{"title":"x","publishedAt":"0000-01-01T00:00:00Z"}', 'invalid_request', ['/publishedAt']],
    [
      'a year 9999 that an offset makes 10000',
      '{"title":"x","publishedAt":"9999-12-31T23:59:59-01:00"}',
      'invalid_request',
      ['/publishedAt'],
    ],
  ];
  test.each(CASES)('%s', async (_, body, code, pointers) => {
    expectProblem(await post(body), 400, code, pointers);
  });

  test('the deepest of them at once leave it alive', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(deep('[', ']', '12345678901234567'))));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([400]));
    expect((await server.anonymous.get('/health/ready')).status).toBe(200);
  });
});

describe('An id in a body', () => {
  const IDS: [id: string, status: number, code: ProblemCode][] = [
    ['2147483648', 422, 'unknown_category'],
    ['9007199254740991', 422, 'unknown_category'],
    ['9007199254740993', 422, 'unknown_category'],
    ['9223372036854775807', 422, 'unknown_category'],
    ['9223372036854775808', 400, 'invalid_request'],
    ['1e400', 400, 'invalid_request'],
    ['-9223372036854775809', 400, 'invalid_request'],
    ['0', 400, 'invalid_request'],
    ['-1', 400, 'invalid_request'],
    ['1.5', 400, 'invalid_request'],
    ['"1"', 400, 'invalid_request'],
    ['true', 400, 'invalid_request'],
    ['null', 400, 'invalid_request'],
    ['[1]', 400, 'invalid_request'],
  ];
  test.each(IDS)('of %s is a %i, exactly named', async (id, status, code) => {
    const answer = await post(`{"title":"x","categoryIds":[${id}]}`);
    expectProblem(answer, status, code, ['/categoryIds/0']);
    if (status === 422) expect(answer.body.errors[0].detail).toContain(` ${id}.`);
  });

  test.each(IDS.filter(([id]) => id !== 'null'))(
    'of %s as a parent is a %i, exactly named',
    async (id, status, code) => {
      const answer = await server.as.editor.post('/categories', `{"name":"x","parentId":${id}}`);
      expectProblem(answer, status, code, ['/parentId']);
      if (status === 422) expect(answer.body.errors[0].detail).toContain(` ${id}.`);
    },
  );

  test('of null in the place of the list is a 400: only [] clears', async () => {
    expectProblem(await post('{"title":"x","categoryIds":null}'), 400, 'invalid_request', ['/categoryIds']);
  });

  test('among 1,000 is welcome, among 1,001 a 400 that names the limit', async () => {
    const category = await newCategory(server.as.editor);
    const ids = (count: number) => JSON.stringify({ title: 'x', categoryIds: Array(count).fill(category.id) });
    expect((await post(ids(1000))).status).toBe(201);
    const refused = await post(ids(1001));
    expectProblem(refused, 400, 'too_many_ids', ['/categoryIds']);
    expect(refused.body.detail).toMatch(/1001.*1000/);
  });
});

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
    'of %s is a 404 that names it',
    async (id) => {
      for (const [method, path, body] of routes(id)) {
        const answer = await server.as.admin.call(method, path, body);
        expectProblem(answer, 404, 'not_found');
        expect(answer.body.detail, `${method} ${path}`).toContain(` ${id}.`);
      }
    },
  );

  test.each(['9223372036854775808', '99999999999999999999999999'])('of %s is a 400', async (id) => {
    for (const [method, path, body] of routes(id)) {
      expectProblem(await server.as.admin.call(method, path, body), 400, 'invalid_request');
    }
  });

  test.each(['abc', 'a-slug-as-long-as-the-longest-id', '-1', '1.0', '1e3', '%20', '%D9%A1', '0x1'])(
    'that is %s and not a slug either is no 5xx',
    async (id) => {
      for (const [method, path, body] of routes(id)) {
        const { status } = await server.as.admin.call(method, path, body);
        expect([400, 404], `${method} ${path} answered ${status}`).toContain(status);
      }
    },
  );
});

describe('A body', () => {
  const padded = (length: number) => `{"title":"x"}${' '.repeat(length - 13)}`;

  test('of 1 MiB is read, with a byte more it is a 413 that names the limit', async () => {
    expect((await post(padded(1_048_576))).status).toBe(201);
    const refused = await post(padded(1_048_577));
    expectProblem(refused, 413, 'body_too_large');
    expect(refused.body.detail).toContain('1048576 bytes');
  });

  test('that does not say how long it is stops at the limit too', async () => {
    const endless = new ReadableStream({ pull: (controller) => controller.enqueue(Buffer.alloc(65_536, ' ')) });
    const answer = await fetch(`${server.url}/tokens`, {
      method: 'DELETE',
      headers: { 'content-type': 'application/json' },
      body: endless,
      duplex: 'half',
    } as RequestInit).catch((error: unknown) => error);
    if (answer instanceof Response) expect([401, 405, 413]).toContain(answer.status);
    expect((await server.anonymous.get('/health/live')).status).toBe(200);
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'application/jsonx',
    'json',
    ' ',
  ])('of type %s is a 415', async (type) =>
    expectProblem(await post('{"title":"x"}', { 'content-type': type }), 415, 'unsupported_media_type'),
  );

  test.each([
    'application/json',
    'APPLICATION/JSON',
    'application/json; charset=utf-8',
    'application/merge-patch+json',
  ])('of type %s is read', async (type) =>
    expect((await post('{"title":"x"}', { 'content-type': type })).status).toBe(201),
  );

  test.each(['gzip', 'br', 'identity, gzip', 'nonsense'])('with the encoding %s is a 415', async (encoding) => {
    const answer = await post(gzipSync('{"title":"x"}'), { 'content-encoding': encoding });
    expectProblem(answer, 415, 'unsupported_media_type');
  });

  test('of another type is a 415 also where none is wanted', async () => {
    const answer = await server.as.editor.call('DELETE', '/articles/1', 'x', {
      headers: { 'content-type': 'text/plain' },
    });
    expectProblem(answer, 415, 'unsupported_media_type');
  });

  test('that names a field twice counts by its last', async () => {
    expect((await post('{"title":"first","title":"last"}')).body.title).toBe('last');
  });
});

describe('A parameter', () => {
  const REFUSED: [query: string, pointers: string[]][] = [
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
  test.each(REFUSED)('such as ?%s is a 400 that names it', async (query, pointers) => {
    for (const path of ['/articles', '/categories', '/authors']) {
      expectProblem(await server.anonymous.get(`${path}?${query}`), 400, 'invalid_request', pointers);
    }
  });

  test.each(['/', '/health/live', '/health/ready', '/problems', '/articles/1/categories', '/categories/1'])(
    'is unknown on %s, which takes none',
    async (path) => {
      const answer = await server.anonymous.get(`${path}?a/b=1&token=secret`);
      expectProblem(answer, 400, 'invalid_request', ['/a~1b', '/token']);
      expect(JSON.stringify(answer.body)).not.toContain('secret');
    },
  );

  test.each(['?', '?&', '?&&limit=1&', '?limit=01'])('is not needed for %s', async (query) => {
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
  ])('with a broken encoding such as %s is a 400', async (path) =>
    expectProblem(await server.anonymous.get(path), 400, 'invalid_url'),
  );

  test.each(['/articles/%00', '/categories/a%00b', '/categories/a%00/articles', '/authors/%00'])(
    'with NUL such as %s is a 400',
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
  ])('that leads nowhere such as %s is a 404', async (path) => {
    expectProblem(await server.anonymous.get(path), 404, 'not_found');
  });

  test('with a part longer than any slug is a 414', async () => {
    expectProblem(await server.anonymous.get(`/articles/${'a'.repeat(1001)}`), 414, 'url_too_long');
  });

  test('may end in a slash', async () => {
    expect((await server.anonymous.get('/articles/')).body).toEqual((await server.anonymous.get('/articles')).body);
    expect((await server.as.editor.post('/articles/', { title: 'x' })).status).toBe(201);
  });
});

describe('A method', () => {
  test.each([
    ['PUT', '/articles', 'GET, HEAD, POST'],
    ['DELETE', '/articles/', 'GET, HEAD, POST'],
    ['OPTIONS', '/articles', 'GET, HEAD, POST'],
    ['PROPFIND', '/articles', 'GET, HEAD, POST'],
    ['PUT', '/articles/1', 'DELETE, GET, HEAD, PATCH'],
    ['PATCH', '/articles/1/categories/2?x=1', 'DELETE, PUT'],
    ['GET', '/articles/1/restore', 'POST'],
    ['PATCH', '/tokens', 'GET, HEAD, POST'],
    ['POST', '/', 'GET, HEAD'],
    ['POST', '/docs', 'GET, HEAD'],
    ['DELETE', '/openapi.json', 'GET, HEAD'],
  ])('%s on %s is a 405 that names those that fit', async (method, path, allowed) => {
    const answer = await server.anonymous.call(method, path);
    expectProblem(answer, 405, 'method_not_allowed');
    expect(answer.headers.get('allow')).toBe(allowed);
  });

  test('HEAD answers like GET, without a body', async () => {
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
