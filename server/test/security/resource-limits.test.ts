import { describe, expect, test } from 'vitest';
import { newToken } from '../../src/auth/tokens/token-format.ts';
import { bearer } from '../harness/event-stream.ts';
import { bodySchema, type Operation, operations } from '../harness/operations.ts';
import { expectProblem } from '../harness/problem.ts';
import { newArticle, newCategory } from '../harness/seed.ts';
import { insertTestToken, useServer } from '../harness/server.ts';
import { sendRaw } from '../harness/socket.ts';

const server = useServer({ BODY_LIMIT_BYTES: '200000', MAX_IDS: '50' });
const times = <T>(count: number, value: T) => Array<T>(count).fill(value);

describe('API4:2023 Bodies', () => {
  test('above BODY_LIMIT_BYTES get 413, from any caller on any route', async () => {
    const body = JSON.stringify({ title: 'x', content: 'x'.repeat(200_000) });
    for (const [method, path] of [
      ['POST', '/articles'],
      ['PATCH', '/articles/1'],
      ['POST', '/categories'],
      ['PUT', '/categories/1'],
      ['POST', '/tokens'],
    ] as const) {
      expectProblem(await server.as.admin.call(method, path, body), 413, 'body_too_large');
      expectProblem(await server.anonymous.call(method, path, body), 413, 'body_too_large');
    }
  });

  test('with a false length are refused without waiting for the rest', async () => {
    const head = 'POST /articles HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
    const { statuses } = await sendRaw(server.url, [`${head}Content-Length: 999999999\r\n\r\n{`]);
    expect(statuses).toEqual([413]);
    const chunk = `ffff\r\n${'x'.repeat(0xffff)}\r\n`;
    const { authorization } = bearer(await insertTestToken(server.database.pool, 'editor'));
    const chunkedHead = `${head}Authorization: ${authorization}\r\nTransfer-Encoding: chunked\r\n\r\n`;
    const chunked = await sendRaw(server.url, [chunkedHead, ...times(10, chunk)], { pause: 2 });
    expect(chunked.statuses).toEqual([413]);
  });

  describe('above 16 KiB are not read', () => {
    const length = { 'a length': 'Content-Length: 100000\r\n', chunks: 'Transfer-Encoding: chunked\r\n' };
    const send = (line: string, headers: string, part: string) => {
      const head = `${line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n`;
      return sendRaw(server.url, [`${head}${headers}\r\n${part}`]);
    };

    test.each(Object.entries(length))('with %s and without valid credentials', async (_, header) => {
      const part = header.includes('chunked') ? '4\r\n    \r\n' : '{';
      const forged = `Authorization: Bearer ${newToken().token}\r\n`;
      const cookie = 'Cookie: rubric.session_token=x.y\r\n';
      for (const credentials of ['', forged, 'Authorization: Bearer x\r\n', 'Authorization: Basic x\r\n', cookie]) {
        for (const line of [
          'POST /articles',
          'PATCH /articles/1',
          'PUT /categories/1',
          'POST /tokens',
          'DELETE /articles/1',
        ]) {
          const { statuses, body } = await send(line, `${header}${credentials}`, part);
          expect([line, credentials, statuses, body.code]).toEqual([line, credentials, [401], 'unauthorized']);
        }
      }
    });

    test('on routes that do not exist', async () => {
      expect((await send('POST /nope', length['a length'], '{')).statuses).toEqual([404]);
      expect((await send('POST /articles/1', length.chunks, '4\r\n    \r\n')).statuses).toEqual([405]);
    });

    test('but are with a token, of known and of unknown length', async () => {
      const authorization = `Authorization: Bearer ${await insertTestToken(server.database.pool, 'editor')}\r\n`;
      const json = JSON.stringify({ title: 'Long', content: 'x'.repeat(100_000) });
      const known = await send('POST /articles', `${authorization}Content-Length: ${json.length}\r\n`, json);
      const chunk = `${json.length.toString(16)}\r\n${json}\r\n0\r\n\r\n`;
      const unknown = await send('POST /articles', `${authorization}${length.chunks}`, chunk);
      expect([known.statuses, unknown.statuses]).toEqual([[201], [201]]);
    });
  });

  test('above 16 KiB get 413 on every route that needs no authentication, before they have arrived', async () => {
    const isPublic = (operation: Operation) => operation['x-required-access'] === 'public' && bodySchema(operation);
    const routes = operations.filter(isPublic);
    expect(routes.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['POST /sessions', 'POST /passwords/forgotten', 'POST /invitations/accept']),
    );
    for (const { method, path } of routes) {
      const response = await server.anonymous.call(method, path, JSON.stringify({ email: 'x'.repeat(16_384) }));
      expectProblem(response, 413, 'body_too_large');
      expect(response.body.detail).toContain('16384');
      expect((await server.anonymous.call(method, path, '9'.repeat(16_384))).status).not.toBe(413);
      const head = `${method} ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`;
      const chunk = `3fff\r\n${'x'.repeat(0x3fff)}\r\n`;
      const chunked = await sendRaw(server.url, [`${head}Transfer-Encoding: chunked\r\n\r\n`, chunk, chunk]);
      expect(chunked.statuses).toEqual([413]);
    }
  });

  test('nested 50,000 deep are refused without a stack overflow', async () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      const deep = open.repeat(50_000 / open.length) + '1' + close.repeat(50_000 / open.length);
      for (const body of [deep, `{"title":${deep}}`, `{"title":"x","categoryIds":${deep}}`]) {
        const response = await server.as.editor.post('/articles', body);
        expect([400, 413]).toContain(response.status);
        expect(JSON.stringify(response.body).length).toBeLessThan(5_000);
      }
    }
  });

  test('with 10,000 unknown fields get a response that lists a hundred', async () => {
    const body = Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`field${n}`, n]));
    const response = await server.as.editor.post('/articles', body);
    expectProblem(response, 400, 'invalid_request');
    expect(response.body.errors.length).toBeLessThanOrEqual(100);
  });
});

describe('API4:2023 Headers and URLs', () => {
  const get = (path: string, headers: string) =>
    sendRaw(server.url, [`GET ${path} HTTP/1.1\r\nHost: x\r\n${headers}\r\n`]);

  test('above 16 KiB get 431', async () => {
    expect((await get('/articles', `X-Long: ${'x'.repeat(20_000)}\r\n`)).statuses).toEqual([431]);
    expect((await get('/articles', times(3_000, 'X-Many: x\r\n').join(''))).statuses).toEqual([431]);
    expect((await get(`/articles?q=${'x'.repeat(20_000)}`, '')).statuses).toEqual([431]);
  });
});

describe('API4:2023 Batches', () => {
  const ids = (count: number) => Array.from({ length: count }, (_, n) => n + 1);

  test('of more than MAX_IDS ids get 400 with the limit', async () => {
    for (const field of ['categoryIds', 'authorIds']) {
      const response = await server.as.editor.post('/articles', { title: 'x', [field]: ids(51) });
      expectProblem(response, 400, 'too_many_ids', [`/${field}`]);
      expect(response.body.detail).toContain('50');
    }
    for (const filter of ['categories[any]', 'categories[all]', 'categories[none]', 'author']) {
      expectProblem(await server.anonymous.get(`/articles?${filter}=${ids(51).join(',')}`), 400, 'too_many_ids');
    }
  });

  test('of rows are limited to 100', async () => {
    for (const path of ['/articles', '/categories', '/authors', '/audit']) {
      for (const limit of ['101', '1000000', '-1', '1e3', '100.0', '0x10', '']) {
        expectProblem(await server.as.admin.get(`${path}?limit=${limit}`), 400, 'invalid_request', ['/limit']);
      }
    }
  });

  test('of pipelined requests get one response each, in order', async () => {
    const one = 'GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n';
    const last = 'GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
    const { statuses } = await sendRaw(server.url, [one.repeat(500) + last]);
    expect(statuses).toHaveLength(501);
  });
});

test('Refused requests write nothing', async () => {
  const category = await newCategory(server.as.editor);
  const { id } = await newArticle(server.as.editor, { categoryIds: [category.id] });
  const { body: before } = await server.as.editor.get(`/articles/${id}`);
  await server.as.editor.patch(`/articles/${id}`, { title: 'y', categoryIds: Array.from({ length: 51 }, (_, n) => n) });
  await server.as.editor.patch(`/articles/${id}`, { title: 'y', content: 'x'.repeat(200_000) });
  expect((await server.as.editor.get(`/articles/${id}`)).body).toEqual(before);
});
