import { afterEach, describe, expect, test } from 'vitest';
import { useServer } from '../harness/server.ts';
import { type RawResponse, sendRaw } from '../harness/socket.ts';

/** The least that the configuration allows, so that the slow are caught soon. */
const server = useServer({ REQUEST_TIMEOUT_MS: '300' });
const HOST = 'Host: localhost\r\n';
const GET = `GET /health/live HTTP/1.1\r\n${HOST}`;
/** Of the last request of a conversation: nobody waits then. */
const CLOSE = 'Connection: close\r\n';
const POST = `POST /articles HTTP/1.1\r\n${HOST}Content-Type: application/json\r\n`;

function expectRawProblem({ statuses, body, text }: RawResponse, status: number, code: string) {
  expect(statuses, text).toEqual([status]);
  expect(body).toMatchObject({ type: `/problems/${code}`, status, code });
  expect(text).toMatch(/^content-type: application\/problem\+json/im);
  expect(text).toMatch(/^x-content-type-options: nosniff/im);
  expect(text).toMatch(/^connection: close/im);
}

afterEach(async () => {
  expect((await server.anonymous.get('/health/ready')).status, 'the server lives on').toBe(200);
});

describe('What is not HTTP is answered with invalid_http:', () => {
  test.each([
    ['garbage', 'garbage\r\n\r\n'],
    ['a TLS hello', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['a method that does not exist', `FOO /articles HTTP/1.1\r\n${HOST}\r\n`],
    ['no path', `GET HTTP/1.1\r\n${HOST}\r\n`],
    ['HTTP of another age', `GET / HTTP/9.9\r\n${HOST}\r\n`],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['a header without a name', `${GET}: x\r\n\r\n`],
    ['a space before the colon', `${GET}X : x\r\n\r\n`],
    ['NUL in a header', `${GET}X: a\0b\r\n\r\n`],
    ['a length that is no number', `${POST}Content-Length: abc\r\n\r\n`],
    ['a negative length', `${POST}Content-Length: -1\r\n\r\n`],
    ['two lengths', `${POST}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`],
    ['a length and chunks', `${POST}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['chunks that are not last', `${POST}Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n`],
    ['a chunk without a size', `${POST}Transfer-Encoding: chunked\r\n\r\nxyz\r\n`],
  ])('%s', async (_, bytes) => {
    expectRawProblem(await sendRaw(server.url, [bytes]), 400, 'invalid_http');
  });
});

test('A request that names no host is a 400, which Node gives by itself', async () => {
  expect((await sendRaw(server.url, ['GET /articles HTTP/1.1\r\n\r\n'])).statuses).toEqual([400]);
});

describe('Headers', () => {
  test.each([
    ['one that is too long', `${GET}X: ${'a'.repeat(17_000)}\r\n\r\n`],
    ['too many', `${GET}${Array.from({ length: 2_000 }, (_, n) => `X-${n}: ${n}\r\n`).join('')}\r\n`],
    ['a path that is too long', `GET /articles/${'a'.repeat(17_000)} HTTP/1.1\r\n${HOST}\r\n`],
  ])('%s: 431', async (_, bytes) => {
    expectRawProblem(await sendRaw(server.url, [bytes]), 431, 'headers_too_large');
  });

  test('that never end: 408', async () => {
    const answer = await sendRaw(server.url, [GET, ...Array(20).fill('X: a\r\n')], { pause: 50 });
    expectRawProblem(answer, 408, 'request_timeout');
    expect(answer.after).toBeLessThan(4_500);
  });
});

describe('A body', () => {
  test('that comes too slowly: 408', async () => {
    const answer = await sendRaw(server.url, [`${POST}Content-Length: 100\r\n\r\n`, ...Array(20).fill('{')], {
      pause: 50,
    });
    expectRawProblem(answer, 408, 'request_timeout');
    expect(answer.after).toBeLessThan(4_500);
  });

  test('that is said to be too long: 413 before it comes', async () => {
    const { statuses, body } = await sendRaw(server.url, [`${POST}${CLOSE}Content-Length: 99999999999\r\n\r\n{`]);
    expect(statuses).toEqual([413]);
    expect(body.code).toBe('body_too_large');
  });

  test('that is cut short leaves nothing behind', async () => {
    const { statuses } = await sendRaw(server.url, [`${POST}Content-Length: 100\r\n\r\n{"title":"x"}`], { end: true });
    expect(statuses.every((status) => status === 400)).toBe(true);
    expect((await server.as.reader.get('/articles?total=true')).body.page.total).toBe(0);
  });
});

describe('A connection', () => {
  test('that says nothing is closed', async () => {
    expect((await sendRaw(server.url, [])).after).toBeLessThan(4_500);
  });

  test('that is half closed still gets its answer', async () => {
    const { statuses, body } = await sendRaw(server.url, [`${GET}\r\n`], { end: true });
    expect(statuses).toEqual([200]);
    expect(body).toEqual({ status: 'ok' });
  });

  test('that asks many things at once gets the answers in order', async () => {
    const paths = ['/health/live', '/articles?limit=0', '/articles', '/nope', '/categories'];
    const asked = paths.map((path) => `GET ${path} HTTP/1.1\r\n${HOST}\r\n`).join('');
    const { statuses } = await sendRaw(server.url, [`${asked}${GET}${CLOSE}\r\n`]);
    expect(statuses).toEqual([200, 400, 200, 404, 200, 200]);
  });

  test('that smuggles a request into a body does not get it answered', async () => {
    const inner = `GET /tokens HTTP/1.1\r\n${HOST}\r\n`;
    const outer = `${POST}Content-Length: ${inner.length}\r\n\r\n${inner}`;
    const { statuses, body } = await sendRaw(server.url, [`${outer}${GET}${CLOSE}\r\n`]);
    expect(statuses).toEqual([401, 200]);
    expect(body).toEqual({ status: 'ok' });
  });

  test('that asks well and then talks nonsense is closed', async () => {
    const { statuses } = await sendRaw(server.url, [`${GET}\r\n`, 'garbage\r\n\r\n'], { pause: 50 });
    expect(statuses).toEqual([200, 400]);
  });

  test('asking for another protocol gets HTTP', async () => {
    const { statuses } = await sendRaw(server.url, [`${GET}Connection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n`]);
    expect(statuses).toEqual([200]);
  });

  test('asking with an absolute URL is answered, whatever its host', async () => {
    const { statuses } = await sendRaw(server.url, [
      `GET http://example.org/health/live HTTP/1.1\r\n${HOST}${CLOSE}\r\n`,
    ]);
    expect(statuses).toEqual([200]);
  });

  test.each(['*', 'http://', 'nope'])('asking for %s is no 5xx', async (target) => {
    const { statuses } = await sendRaw(server.url, [`OPTIONS ${target} HTTP/1.1\r\n${HOST}${CLOSE}\r\n`]);
    expect([400, 404]).toContain(statuses[0]);
  });
});
