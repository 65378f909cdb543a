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

const ANSWERS: [what: string, method: string, path: string, status: number][] = [
  ['a row', 'GET', '/articles/1', 200],
  ['a list', 'GET', '/articles', 200],
  ['a tree', 'GET', '/categories?tree=true', 200],
  ['health', 'GET', '/health/live', 200],
  ['the home page', 'GET', '/', 200],
  ['the documentation', 'GET', '/docs', 200],
  ['a style of the documentation', 'GET', '/docs/swagger-ui.css', 200],
  ['the document', 'GET', '/openapi.json', 200],
  ['a malformed request', 'GET', '/articles?limit=0', 400],
  ['a malformed URL', 'GET', '/articles/%', 400],
  ['no row', 'GET', '/articles/999', 404],
  ['no path', 'GET', '/nope', 404],
  ['no such method', 'PUT', '/articles', 405],
  ['a URL that is too long', 'GET', `/articles/${'a'.repeat(1001)}`, 414],
];

describe.each(ANSWERS)('The answer with %s', (_, method, path, status) => {
  test('keeps browsers from guessing, leaking and embedding, and tells nothing of the server', async () => {
    for (const client of [server.anonymous, server.as.admin]) {
      const answer = await client.call(method, path);
      expect(answer.status).toBe(status);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
      expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin');
      for (const name of ['server', 'x-powered-by', 'set-cookie', 'access-control-allow-origin']) {
        expect(answer.headers.get(name), name).toBeNull();
      }
      const isPage = answer.headers.get('content-type')?.startsWith('text/html');
      expect(answer.headers.has('content-security-policy')).toBe(isPage);
    }
  });

  test('varies with the token', async () => {
    const { headers } = await server.anonymous.call(method, path);
    expect(headers.get('vary')).toMatch(/\bauthorization\b/);
  });
});

describe('Cache-Control', () => {
  test('lets caches keep what everybody may see, and ask again each time', async () => {
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

  test('forbids to keep what came for a token, good or bad', async () => {
    for (const path of ['/articles', `/articles/${article.id}`, '/categories/1', '/tokens', '/nope']) {
      expect((await server.as.admin.get(path)).headers.get('cache-control'), path).toBe('no-store');
      const refused = await server.anonymous.get(path, { headers: { authorization: 'Bearer x' } });
      expect(refused.headers.get('cache-control'), path).toBe('no-store');
    }
    const created = await server.as.admin.post('/tokens', { name: 'x', role: 'reader' });
    expect(created.headers.get('cache-control')).toBe('no-store');
  });

  test('stands on a 304 as on the 200 before it', async () => {
    const first = await server.anonymous.get(`/articles/${article.id}`);
    const again = await server.anonymous.get(`/articles/${article.id}`, {
      headers: { 'if-none-match': first.headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
    for (const name of ['etag', 'cache-control', 'vary']) expect(again.headers.get(name)).toBe(first.headers.get(name));
  });
});

test('What is not HTTP gets them too', async () => {
  const { text } = await sendRaw(server.url, ['garbage\r\n\r\n']);
  expect(text).toMatch(/^x-content-type-options: nosniff\r$/m);
  expect(text).toMatch(/^content-type: application\/problem\+json\r$/m);
});
