import { beforeAll, describe, expect, test } from 'vitest';
import { newArticle, newCategory } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';
import { sendRaw } from '../harness/socket.ts';

const server = useServer();
let article: { id: number };
beforeAll(async () => {
  const category = await newCategory(server.as.editor);
  article = await newArticle(server.as.editor, { categoryIds: [category.id] });
});

const RESPONSES: [name: string, method: string, path: string, status: number][] = [
  ['a row', 'GET', '/articles/1', 200],
  ['a list', 'GET', '/articles', 200],
  ['a tree', 'GET', '/categories?tree=true', 200],
  ['health', 'GET', '/health/live', 200],
  ['the home page', 'GET', '/', 200],
  ['the stylesheet of the pages', 'GET', '/style.css', 200],
  ['the documentation', 'GET', '/docs', 200],
  ['a stylesheet of the documentation', 'GET', '/docs/swagger-ui.css', 200],
  ['openapi.json', 'GET', '/openapi.json', 200],
  ['a malformed request', 'GET', '/articles?limit=0', 400],
  ['a malformed URL', 'GET', '/articles/%', 400],
  ['an unknown row', 'GET', '/articles/999', 404],
  ['an unknown path', 'GET', '/nope', 404],
  ['an unsupported method', 'PUT', '/articles', 405],
  ['a URL that is too long', 'GET', `/articles/${'a'.repeat(1001)}`, 414],
];

describe.each(RESPONSES)('The response with %s', (_, method, path, status) => {
  test('prevents MIME sniffing, referrer leaks and embedding, and does not reveal the server software', async () => {
    for (const client of [server.anonymous, server.as.admin]) {
      const response = await client.call(method, path);
      expect(response.status).toBe(status);
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('referrer-policy')).toBe('no-referrer');
      expect(response.headers.get('cross-origin-resource-policy')).toBe('same-origin');
      for (const name of ['server', 'x-powered-by', 'set-cookie', 'access-control-allow-origin']) {
        expect(response.headers.get(name), name).toBeNull();
      }
      const isPage = response.headers.get('content-type')?.startsWith('text/html');
      expect(response.headers.has('content-security-policy')).toBe(isPage);
    }
  });

  test('varies by Authorization', async () => {
    const { headers } = await server.anonymous.call(method, path);
    expect(headers.get('vary')).toMatch(/\bauthorization\b/);
  });
});

describe('Cache-Control', () => {
  test('allows caches to store public responses with revalidation', async () => {
    for (const path of [
      '/articles',
      `/articles/${article.id}`,
      '/categories/1',
      '/categories/1/articles',
      '/authors',
      '/nope',
    ]) {
      expect((await server.anonymous.get(path)).headers.get('cache-control'), path).toBe('no-cache');
    }
  });

  test('forbids storing responses to requests with a token, valid or not', async () => {
    for (const path of ['/articles', `/articles/${article.id}`, '/categories/1', '/tokens', '/nope']) {
      expect((await server.as.admin.get(path)).headers.get('cache-control'), path).toBe('no-store');
      const rejected = await server.anonymous.get(path, { headers: { authorization: 'Bearer x' } });
      expect(rejected.headers.get('cache-control'), path).toBe('no-store');
    }
    const created = await server.as.admin.post('/tokens', { name: 'x', role: 'reader' });
    expect(created.headers.get('cache-control')).toBe('no-store');
  });

  test('is the same on a 304 as on the 200', async () => {
    const first = await server.anonymous.get(`/articles/${article.id}`);
    const again = await server.anonymous.get(`/articles/${article.id}`, {
      headers: { 'if-none-match': first.headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
    for (const name of ['etag', 'cache-control', 'vary']) expect(again.headers.get(name)).toBe(first.headers.get(name));
  });
});

test('Responses to bytes that are not HTTP have the security headers too', async () => {
  const { text } = await sendRaw(server.url, ['garbage\r\n\r\n']);
  expect(text).toMatch(/^x-content-type-options: nosniff\r$/m);
  expect(text).toMatch(/^content-type: application\/problem\+json\r$/m);
});
