import { connect } from 'node:net';
import { beforeAll, describe, expect, test } from 'vitest';
import { BrowserClient, newAccount, PASSWORD, resetRateLimits } from '../harness/browser-client.ts';
import { sendForBytes } from '../harness/bytes.ts';
import { eventually } from '../harness/eventually.ts';
import { newArticle, newCategory, times, unique } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';
import { sendRaw } from '../harness/socket.ts';
import { totp } from '../harness/totp.ts';

const server = useServer();
const get = (path: string, headers: Record<string, string> = {}, options = {}) =>
  sendForBytes(server.url, path, headers, options);

let article: { id: number };
let category: { id: number };
let authorization: string;
beforeAll(async () => {
  const { body } = await server.as.admin.post('/tokens', { name: 'x', role: 'admin' });
  authorization = `Bearer ${body.token}`;
  category = await newCategory(server.as.editor, { description: 'words of a description '.repeat(100) });
  article = await newArticle(server.as.editor, { content: 'long words '.repeat(300), categoryIds: [category.id] });
  await times(12, () =>
    newArticle(server.as.editor, { categoryIds: [category.id], excerpt: 'short words '.repeat(20) }),
  );
  await times(80, (n) => newCategory(server.as.editor, { name: `Category ${n}` }));
});

const LARGE: [name: string, path: () => string][] = [
  ['a row', () => `/articles/${article.id}`],
  ['a category', () => `/categories/${category.id}`],
  ['a list of articles', () => '/articles'],
  ['a list of a category', () => `/categories/${category.id}/articles`],
  ['a list of categories', () => '/categories'],
  ['the tree', () => '/categories?tree=true'],
  ['openapi.json', () => '/openapi.json'],
  ['the problems', () => '/problems'],
  ['a stylesheet', () => '/style.css'],
  ['a script', () => '/docs/swagger-ui-bundle.js'],
  ['the document of the documentation', () => '/docs/swagger-ui-init.js'],
  ['a stylesheet of the documentation', () => '/docs/swagger-ui.css'],
  ['the documentation', () => '/docs'],
];

describe.each(LARGE)('GET of %s', (_, path) => {
  test('sends br, gzip or the plain body, each with a strong tag of its own', async () => {
    const plain = await get(path());
    const br = await get(path(), { 'accept-encoding': 'gzip, deflate, br, zstd' });
    const gzip = await get(path(), { 'accept-encoding': 'gzip' });
    expect([plain.status, br.status, gzip.status]).toEqual([200, 200, 200]);
    expect([plain, br, gzip].map(({ headers }) => headers['content-encoding'])).toEqual([undefined, 'br', 'gzip']);
    expect(br.text).toBe(plain.text);
    expect(gzip.text).toBe(plain.text);
    expect(plain.headers.etag).toMatch(/^"(\d+\.)?[\w-]{16}"$/);
    const tag = plain.headers.etag?.slice(0, -1);
    expect([br.headers.etag, gzip.headers.etag]).toEqual([`${tag}-br"`, `${tag}-gzip"`]);
    for (const { headers, bytes } of [plain, br, gzip]) {
      expect(headers.vary?.split(', ')).toContain('accept-encoding');
      expect(headers.vary?.split(', ')).toContain('authorization');
      expect(headers['content-length']).toBe(String(bytes.length));
      expect([headers['transfer-encoding'], headers['accept-ranges']]).toEqual([undefined, undefined]);
      expect(headers['content-type']).toBe(plain.headers['content-type']);
    }
    expect(br.bytes.length).toBeLessThan(plain.bytes.length / 2);
    expect(gzip.bytes.length).toBeLessThan(plain.bytes.length / 2);
  });

  test.each(['identity', 'br', 'gzip'])(
    'in %s: HEAD has the same headers, If-None-Match gets a 304',
    async (encoding) => {
      const headers = { 'accept-encoding': encoding };
      const first = await get(path(), headers);
      const head = await get(path(), headers, { method: 'HEAD' });
      expect([head.status, head.bytes.length]).toEqual([200, 0]);
      expect(withoutDate(head.headers)).toEqual(withoutDate(first.headers));
      const known = { ...headers, 'if-none-match': first.headers.etag ?? '' };
      for (const method of ['GET', 'HEAD']) {
        const again = await get(path(), known, { method });
        expect([again.status, again.bytes.length, again.headers.etag]).toEqual([304, 0, first.headers.etag]);
        for (const name of ['content-encoding', 'content-length', 'content-type', 'transfer-encoding'])
          expect(again.headers[name], name).toBeUndefined();
        for (const name of ['vary', 'cache-control']) expect(again.headers[name], name).toBe(first.headers[name]);
      }
    },
  );

  test('is a 200 for the tag of another encoding', async () => {
    const { headers } = await get(path(), { 'accept-encoding': 'br' });
    const known = { 'if-none-match': headers.etag ?? '' };
    for (const encoding of ['gzip', 'identity'])
      expect((await get(path(), { ...known, 'accept-encoding': encoding })).status).toBe(200);
    expect((await get(path(), known)).status).toBe(200);
  });
});

/** Not always the same: the time of the response. */
const withoutDate = ({ date: _, ...headers }: Record<string, unknown>) => headers;

describe('Accept-Encoding', () => {
  test.each([
    ['br;q=0.5, gzip;q=0.9', 'gzip'],
    ['gzip;q=0.9, br;q=0.9', 'br'],
    ['GZIP', 'gzip'],
    ['x-gzip', 'gzip'],
    ['*', 'br'],
    ['br;q=0, *', 'gzip'],
    ['*;q=0.1, gzip;q=0.2', 'gzip'],
    ['gzip;q=0.001', 'gzip'],
    ['identity;q=0.5, gzip', 'gzip'],
    ['identity, gzip;q=0.5', undefined],
    ['identity;q=0, gzip', 'gzip'],
    ['identity;q=0, *', 'br'],
    ['identity;q=0', undefined],
    ['*;q=0', undefined],
    ['br;q=0, gzip;q=0', undefined],
    ['br;q=0.000', undefined],
    ['', undefined],
    ['deflate, zstd', undefined],
    ['br;q=2', undefined],
    ['br;q=abc, gzip;q=1.0', 'gzip'],
    ['br;level=5', undefined],
    [',, gzip ;q=1 ,', 'gzip'],
    ['broken br', undefined],
  ])('%s gets %s', async (acceptEncoding, encoding) => {
    const { status, headers, text } = await get('/articles', { 'accept-encoding': acceptEncoding });
    expect([status, headers['content-encoding']]).toEqual([200, encoding]);
    expect(JSON.parse(text).data).toHaveLength(13);
  });

  test('leaves a body below 1 KiB plain, unless the client refuses that', async () => {
    for (const path of ['/health/live', '/', '/articles/999999']) {
      const { headers } = await get(path, { 'accept-encoding': 'br, gzip' });
      expect(headers['content-encoding'], path).toBeUndefined();
      expect(headers.vary, path).toContain('accept-encoding');
      expect((await get(path, { 'accept-encoding': 'br, identity;q=0' })).headers['content-encoding'], path).toBe('br');
    }
  });

  test('counts the bytes of a body, not its characters', async () => {
    const { id } = await newArticle(server.as.editor, { content: 'ü'.repeat(400) });
    const [plain, br] = [await get(`/articles/${id}`), await get(`/articles/${id}`, { 'accept-encoding': 'br' })];
    expect(plain.text.length).toBeLessThan(1_024);
    expect(plain.bytes.length).toBeGreaterThan(1_024);
    expect([br.headers['content-encoding'], br.text]).toEqual(['br', plain.text]);
  });

  test('also compresses problems and pages that do not exist', async () => {
    const query = Array.from({ length: 50 }, (_, n) => `p${n}`).join('&');
    for (const [path, accept, status, type] of [
      [`/articles?${query}`, '*/*', 400, 'application/problem+json'],
      ['/nope', 'text/html', 404, 'text/html'],
    ] as const) {
      const { headers, ...response } = await get(path, { accept, 'accept-encoding': 'br, identity;q=0' });
      expect([response.status, headers['content-encoding'], headers.etag]).toEqual([status, 'br', undefined]);
      expect(headers['content-type']).toContain(type);
      expect(response.text.length).toBeGreaterThan(300);
    }
  });

  test('of a write that returns a row compresses it, and its tag is that of the next read', async () => {
    const headers = { 'accept-encoding': 'gzip', authorization };
    const body = { title: unique('Title'), content: 'words '.repeat(500) };
    const created = await get('/articles', headers, { method: 'POST', body });
    expect([created.status, created.headers['content-encoding']]).toEqual([201, 'gzip']);
    const read = await get(created.headers.location ?? '', headers);
    expect(created.headers.etag).toMatch(/^"1\.[\w-]{16}-gzip"$/);
    expect(read.headers.etag).toBe(created.headers.etag);
  });
});

test.each(['br', 'gzip', 'identity'])(
  'If-Match takes the tag of the %s form, and refuses a stale one',
  async (encoding) => {
    const { id } = await newArticle(server.as.editor, { content: 'words '.repeat(500) });
    const tagOf = async () => (await get(`/articles/${id}`, { 'accept-encoding': encoding })).headers.etag ?? '';
    const first = await tagOf();
    const patch = (tag: string) =>
      server.as.editor.patch(`/articles/${id}`, { title: unique('Title') }, { headers: { 'if-match': tag } });
    expect((await patch(first)).status).toBe(200);
    expect((await patch(first)).status).toBe(412);
    expect((await patch(await tagOf())).status).toBe(200);
  },
);

test('What shows a secret is not compressed and not stored, even for a client that refuses the plain body', async () => {
  const options = { headers: { 'accept-encoding': 'br, identity;q=0' } };
  const account = await newAccount(server, 'admin');
  const person = new BrowserClient(server.url);
  const password = { password: PASSWORD };
  const responses = {
    'POST /sessions': await person.post('/sessions', { email: account.email, ...password }, options),
    'GET /sessions': await person.get('/sessions', options),
    'POST /tokens': await person.post('/tokens', { name: 'x', role: 'reader' }, options),
    'POST /invitations': await person.post('/invitations', { email: 'x@rubric.example', role: 'author' }, options),
    'POST /account/second-factor': await person.post('/account/second-factor', password, options),
  };
  const { secret } = responses['POST /account/second-factor'].body;
  expect((await person.put('/account/second-factor', { code: totp(secret) })).status).toBe(204);
  const codes = await person.post('/account/recovery-codes', password, options);
  await resetRateLimits(server);
  const challenged = new BrowserClient(server.url);
  const challenge = await challenged.post('/sessions', { email: account.email, ...password }, options);
  const code = { recoveryCode: codes.body.recoveryCodes[0] };
  const signedIn = await challenged.post('/sessions/second-factor', code, options);
  expect([codes.status, challenge.status, signedIn.status]).toEqual([201, 202, 201]);
  for (const [name, { status, headers }] of Object.entries({ ...responses, codes, challenge, signedIn })) {
    expect(status, name).toBeLessThan(300);
    expect([headers.get('content-encoding'), headers.get('cache-control')], name).toEqual([null, 'no-store']);
  }
  expect((await person.get('/account', options)).headers.get('content-encoding')).toBe('br');
});

describe('A list', () => {
  const change = {
    '/articles': () => server.as.editor.patch(`/articles/${article.id}`, { title: unique('Title') }),
    '/articles?total=true&limit=1&sort=title': () => newArticle(server.as.editor),
    '/categories': () => renamed(),
    '/categories?tree=true': () => renamed(),
    '/authors': () => server.as.editor.post('/authors', { name: unique('Author') }),
  };
  const renamed = () => server.as.editor.patch(`/categories/${category.id}`, { name: unique('A name') });

  test.each(Object.keys(change) as (keyof typeof change)[])('%s is a 304 until it changes', async (path) => {
    const first = await get(path, { 'accept-encoding': 'br' });
    const known = { 'accept-encoding': 'br', 'if-none-match': first.headers.etag ?? '' };
    expect((await get(path, known)).status).toBe(304);
    await change[path]();
    const changed = await get(path, known);
    expect(changed.status).toBe(200);
    expect(changed.headers.etag).not.toBe(first.headers.etag);
    expect(changed.text).not.toBe(first.text);
  });

  test('of the categories of an article has a tag too', async () => {
    const path = `/articles/${article.id}/categories`;
    const { headers } = await get(path);
    expect((await get(path, { 'if-none-match': headers.etag ?? '' })).status).toBe(304);
  });
});

describe('On one connection', () => {
  test('pipelined requests get their responses in order, whatever their size and encoding', async () => {
    const paths = ['/openapi.json', '/health/live', '/categories?tree=true', '/articles/999999', '/articles'];
    const head = (path: string) => `GET ${path} HTTP/1.1\r\nhost: x\r\naccept-encoding: gzip\r\n`;
    const requests = paths.map((path) => `${head(path)}\r\n`);
    const last = `${head('/health/live')}connection: close\r\n\r\n`;
    const { statuses, isClosed } = await sendRaw(server.url, [[...requests, last].join('')]);
    expect(isClosed).toBe(true);
    expect(statuses).toEqual([200, 200, 200, 404, 200, 200]);
  });

  test('a Range is ignored', async () => {
    for (const path of ['/articles', '/openapi.json', '/docs/swagger-ui.css']) {
      const { status, headers } = await get(path, { range: 'bytes=0-9', 'accept-encoding': 'br' });
      expect([status, headers['content-range'], headers['content-encoding']], path).toEqual([200, undefined, 'br']);
    }
  });
});

test('Clients that leave while their response is being compressed harm nobody', async () => {
  const { hostname, port } = new URL(server.url);
  const leave = () =>
    new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write('GET /categories?tree=true HTTP/1.1\r\nhost: x\r\naccept-encoding: br\r\n\r\n', () => {
          socket.destroy();
          resolve();
        });
      });
      socket.on('error', () => resolve());
    });
  await times(50, leave);
  await eventually(async () => {
    const response = await get('/categories?tree=true', { 'accept-encoding': 'br' });
    expect([response.status, JSON.parse(response.text).data.length]).toEqual([200, 81]);
  });
});

test('Concurrent readers of the tree all get the same bytes in their encoding', async () => {
  const read = (encoding: string) => () => get('/categories?tree=true', { 'accept-encoding': encoding });
  const responses = await Promise.all(
    ['br', 'gzip', 'identity', 'br', 'gzip', 'identity', 'br', 'br'].map((encoding) => read(encoding)()),
  );
  expect(new Set(responses.map(({ text }) => text)).size).toBe(1);
  expect(responses.map(({ headers }) => headers['content-encoding'])).toEqual([
    'br',
    'gzip',
    undefined,
    'br',
    'gzip',
    undefined,
    'br',
    'br',
  ]);
});
