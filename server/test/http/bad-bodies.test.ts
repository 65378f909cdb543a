import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { ProblemCode } from '../../src/http/problems.ts';
import { expectProblem } from '../harness/problem.ts';
import { newArticle, newCategory } from '../harness/seed.ts';
import { insertTestToken, useServer } from '../harness/server.ts';
import { sendRaw } from '../harness/socket.ts';

const server = useServer();
const post = (body: unknown, headers = {}) => server.as.editor.post('/articles', body, { headers });

describe('POST /articles responds with 400 to', () => {
  const deep = (open: string, close: string, inside = '') => open.repeat(100_000) + inside + close.repeat(100_000);
  const CASES: [input: string, body: string | Uint8Array, code: ProblemCode, pointers?: string[]][] = [
    ['an empty body', '', 'invalid_request', ['']],
    ['null', 'null', 'invalid_request', ['']],
    ['an array', '[{"title":"x"}]', 'invalid_request', ['']],
    ['a string', '"title"', 'invalid_request', ['']],
    ['a number', '1', 'invalid_request', ['']],
    ['an incomplete object', '{"title":"x"', 'invalid_json'],
    ['two objects', '{"title":"x"}{"title":"y"}', 'invalid_json'],
    ['single quotes', "{'title':'x'}", 'invalid_json'],
    ['NaN', '{"title":NaN}', 'invalid_json'],
    ['a byte order mark', '\uFEFF{"title":"x"}', 'invalid_json'],
    ['bytes that are not UTF-8', Buffer.from('{"title":"\xff"}', 'latin1'), 'invalid_json'],
    [
      'a surrogate encoded as UTF-8',
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
    ['a lone surrogate', '{"title":"a\\ud800b"}', 'invalid_request', ['/title']],
    ['surrogates in the wrong order', '{"title":"x","content":"\\udc00\\ud800"}', 'invalid_request', ['/content']],
    ['a title that is too long', JSON.stringify({ title: 'ä'.repeat(501) }), 'invalid_request', ['/title']],
    ['__proto__', '{"title":"x","__proto__":{"slug":"y"}}', 'invalid_request', ['/__proto__']],
    ['constructor', '{"title":"x","constructor":{"prototype":{}}}', 'invalid_request', ['/constructor']],
    ['unknown fields', '{"title":"x","a/b":1,"c~d":2,"":3}', 'invalid_request', ['/a~1b', '/c~0d', '/']],
    ['status, which is read-only', '{"title":"x","status":"draft"}', 'invalid_request', ['/status']],
    ['a slug of digits', '{"title":"x","slug":"2026"}', 'invalid_request', ['/slug']],
    ['an empty slug', '{"title":"x","slug":""}', 'invalid_request', ['/slug']],
    ['a slug with a newline after it', '{"title":"x","slug":"abc\\n"}', 'invalid_request', ['/slug']],
    [
      'a date that does not exist',
      '{"title":"x","publishedAt":"2026-02-30T00:00:00Z"}',
      'invalid_request',
      ['/publishedAt'],
    ],
    [
      'a time without an offset',
      '{"title":"x","publishedAt":"2026-02-03T00:00:00"}',
      'invalid_request',
      ['/publishedAt'],
    ],
    ['a time as a number', '{"title":"x","publishedAt":1767225600}', 'invalid_request', ['/publishedAt']],
    ['the year 0', '{"title":"x","publishedAt":"0000-01-01T00:00:00Z"}', 'invalid_request', ['/publishedAt']],
    [
      'a time in 9999 that is in the year 10000 in UTC',
      '{"title":"x","publishedAt":"9999-12-31T23:59:59-01:00"}',
      'invalid_request',
      ['/publishedAt'],
    ],
  ];
  test.each(CASES)('%s', async (_, body, code, pointers) => {
    expectProblem(await post(body), 400, code, pointers);
  });

  test('many deeply nested bodies at once, and stays available', async () => {
    const responses = await Promise.all(Array.from({ length: 20 }, () => post(deep('[', ']', '12345678901234567'))));
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([400]));
    expect((await server.anonymous.get('/health/ready')).status).toBe(200);
  });
});

test.each([
  ['text', '/articles', {}, '/title'],
  ['a word of a list', '/tokens', { name: 'x' }, '/role'],
  ['an id', '/redirects', { path: '/x', target: { type: 'article' } }, '/target/id'],
  ['an object', '/redirects', { path: '/x' }, '/target'],
])('A missing field that is %s is required', async (_, path, body, pointer) => {
  const response = await server.as.admin.post(path, body);
  expectProblem(response, 400, 'invalid_request', [pointer]);
  expect(response.body.errors[0]).toMatchObject({
    code: 'required',
    detail: `The field ${pointer.slice(1)} is required.`,
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
  test.each(IDS)('of %s gets a %i that names it exactly', async (id, status, code) => {
    const response = await post(`{"title":"x","categoryIds":[${id}]}`);
    expectProblem(response, status, code, ['/categoryIds/0']);
    if (status === 422) expect(response.body.errors[0].detail).toContain(` ${id}.`);
  });

  test.each(IDS.filter(([id]) => id !== 'null'))(
    'of %s as a parent gets a %i that names it exactly',
    async (id, status, code) => {
      const response = await server.as.editor.post('/categories', `{"name":"x","parentId":${id}}`);
      expectProblem(response, status, code, ['/parentId']);
      if (status === 422) expect(response.body.errors[0].detail).toContain(` ${id}.`);
    },
  );

  test('list of null gets a 400: only [] clears the list', async () => {
    expectProblem(await post('{"title":"x","categoryIds":null}'), 400, 'invalid_request', ['/categoryIds']);
  });

  test('list of 1,000 is accepted, a list of 1,001 gets a 400 that names the limit', async () => {
    const category = await newCategory(server.as.editor);
    const ids = (count: number) => JSON.stringify({ title: 'x', categoryIds: Array(count).fill(category.id) });
    expect((await post(ids(1000))).status).toBe(201);
    const rejected = await post(ids(1001));
    expectProblem(rejected, 400, 'too_many_ids', ['/categoryIds']);
    expect(rejected.body.detail).toMatch(/1001.*1000/);
  });
});

describe('A body', () => {
  const padded = (length: number) => `{"title":"x"}${' '.repeat(length - 13)}`;

  test('of 1 MiB is accepted, one byte more gets a 413 that names the limit', async () => {
    expect((await post(padded(1_048_576))).status).toBe(201);
    const rejected = await post(padded(1_048_577));
    expectProblem(rejected, 413, 'body_too_large');
    expect(rejected.body.detail).toContain('1048576 bytes');
  });

  test('without Content-Length is limited too', async () => {
    const authorization = `Authorization: Bearer ${await insertTestToken(server.database.pool, 'editor')}\r\n`;
    const head = `POST /articles HTTP/1.1\r\nHost: x\r\n${authorization}Content-Type: application/json\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n`;
    const chunk = `10000\r\n${' '.repeat(65_536)}\r\n`;
    const { statuses, body } = await sendRaw(server.url, [head, ...Array<string>(32).fill(chunk)], { silence: 2_000 });
    // The server closes the connection while the test is still sending, so the response can get lost.
    if (statuses.length > 0) expect(body).toMatchObject({ status: 413, code: 'body_too_large' });
    expect(statuses).not.toContain(201);
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'application/jsonx',
    'application/json-patch+json',
    'application/merge-patch+json',
    'application/vnd.rubric+json; charset=utf-8',
    'application/json; charset=iso-8859-1',
    'application/json; CHARSET = "UTF-16LE"; x=1',
    'application/json; x=utf-8; charset=',
    'json',
    ' ',
  ])('of type %s gets a 415', async (type) =>
    expectProblem(await post('{"title":"x"}', { 'content-type': type }), 415, 'unsupported_media_type'),
  );

  test.each([
    'application/json',
    'APPLICATION/JSON',
    'application/json; charset=utf-8',
    'application/json ;charset=utf-8',
    'application/json; x="charset=utf-16"; Charset="UTF8"',
    'application/json; charset=us-ascii',
    'application/json; profile="https://example.org/utf-16"',
  ])('of type %s is accepted', async (type) =>
    expect((await post('{"title":"x"}', { 'content-type': type })).status).toBe(201),
  );

  test.each(['gzip', 'br', 'identity, gzip', 'nonsense'])('with the encoding %s gets a 415', async (encoding) => {
    const response = await post(gzipSync('{"title":"x"}'), { 'content-encoding': encoding });
    expectProblem(response, 415, 'unsupported_media_type');
  });

  test('of another type gets a 415 even on a route without a body', async () => {
    const response = await server.as.editor.call('DELETE', '/articles/1', 'x', {
      headers: { 'content-type': 'text/plain' },
    });
    expectProblem(response, 415, 'unsupported_media_type');
  });

  test('with fields on a route that takes none gets a 400 that names them, and nothing is written', async () => {
    const { id } = await newArticle(server.as.editor);
    await server.as.editor.delete(`/articles/${id}`);
    const restore = `/articles/${id}/restore`;
    expectProblem(await server.as.editor.post(restore, { publishedAt: null, b: 1 }), 400, 'invalid_request', [
      '/publishedAt',
      '/b',
    ]);
    expectProblem(await server.as.editor.post(restore, Buffer.from('[')), 400, 'invalid_json');
    expectProblem(await server.as.editor.get(`/articles/${id}`), 404, 'not_found');
    expect((await server.as.editor.post(restore, {})).status).toBe(200);
    expectProblem(
      await server.as.editor.post(`/articles/${id}/revisions/1/restore`, { a: 1 }),
      400,
      'invalid_request',
      ['/a'],
    );
  });

  test('with a duplicate field uses the last value', async () => {
    expect((await post('{"title":"first","title":"last"}')).body.title).toBe('last');
  });
});
