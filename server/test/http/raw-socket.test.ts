import { afterEach, describe, expect, test } from 'vitest';
import { useServer } from '../harness/server.ts';
import { type RawResponse, sendRaw } from '../harness/socket.ts';

/** A short timeout, so that the tests of slow requests finish quickly. */
const server = useServer({ REQUEST_TIMEOUT_MS: '300' });
const HOST = 'Host: localhost\r\n';
const GET = `GET /health/live HTTP/1.1\r\n${HOST}`;
/** Sent with the last request, so that the test does not wait for a timeout. */
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
  expect((await server.anonymous.get('/health/ready')).status, 'the server is still available').toBe(200);
});

describe('Bytes that are not HTTP get invalid_http:', () => {
  test.each([
    ['garbage', 'garbage\r\n\r\n'],
    ['a TLS ClientHello', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['a method that does not exist', `FOO /articles HTTP/1.1\r\n${HOST}\r\n`],
    ['no path', `GET HTTP/1.1\r\n${HOST}\r\n`],
    ['an unknown HTTP version', `GET / HTTP/9.9\r\n${HOST}\r\n`],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['a header without a name', `${GET}: x\r\n\r\n`],
    ['a space before the colon', `${GET}X : x\r\n\r\n`],
    ['NUL in a header', `${GET}X: a\0b\r\n\r\n`],
    ['a length that is not a number', `${POST}Content-Length: abc\r\n\r\n`],
    ['a negative length', `${POST}Content-Length: -1\r\n\r\n`],
    ['two lengths', `${POST}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`],
    ['a length and chunks', `${POST}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['chunked as an encoding that is not the last', `${POST}Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n`],
    ['a chunk without a size', `${POST}Transfer-Encoding: chunked\r\n\r\nxyz\r\n`],
  ])('%s', async (_, bytes) => {
    expectRawProblem(await sendRaw(server.url, [bytes]), 400, 'invalid_http');
  });
});

describe('A request', () => {
  const expectProblemOf = ({ statuses, body, text }: RawResponse, status: number, code: string) => {
    expect(statuses, text).toEqual([status]);
    expect(body).toMatchObject({ type: `/problems/${code}`, status, code, instance: '/articles' });
    expect(text).toMatch(/^content-type: application\/problem\+json/im);
    expect(text).toMatch(/^x-content-type-options: nosniff/im);
  };

  test.each(['GET /articles', 'POST /articles'])('without Host gets a 400: %s', async (line) => {
    const response = await sendRaw(server.url, [`${line} HTTP/1.1\r\n${CLOSE}\r\n`]);
    expectProblemOf(response, 400, 'invalid_http');
    expect(response.body.detail).toContain('Host');
  });

  test('of HTTP/1.0 needs no Host', async () => {
    expect((await sendRaw(server.url, ['GET /health/live HTTP/1.0\r\n\r\n'])).statuses).toEqual([200]);
  });

  test('with an unknown Expect gets a 417', async () => {
    const response = await sendRaw(server.url, [`GET /articles HTTP/1.1\r\n${HOST}${CLOSE}Expect: nonsense\r\n\r\n`]);
    expectProblemOf(response, 417, 'expectation_failed');
  });

  test('with Expect: 100-continue is told to continue', async () => {
    const head = `${POST}${CLOSE}Content-Length: 2\r\nExpect: 100-continue\r\n\r\n`;
    expect((await sendRaw(server.url, [head, '{}'], { pause: 50 })).statuses).toEqual([100, 401]);
  });
});

describe('Headers', () => {
  test.each([
    ['one that is too long', `${GET}X: ${'a'.repeat(17_000)}\r\n\r\n`],
    ['too many', `${GET}${Array.from({ length: 2_000 }, (_, n) => `X-${n}: ${n}\r\n`).join('')}\r\n`],
    ['a path that is too long', `GET /articles/${'a'.repeat(17_000)} HTTP/1.1\r\n${HOST}\r\n`],
  ])('%s get a 431', async (_, bytes) => {
    expectRawProblem(await sendRaw(server.url, [bytes]), 431, 'headers_too_large');
  });

  test('that never end get a 408', async () => {
    const response = await sendRaw(server.url, [GET, ...Array(20).fill('X: a\r\n')], { pause: 50 });
    expectRawProblem(response, 408, 'request_timeout');
    expect(response.isClosed).toBe(true);
  });
});

describe('A body', () => {
  test('that arrives too slowly gets a 408', async () => {
    const response = await sendRaw(server.url, [`${POST}Content-Length: 100\r\n\r\n`, ...Array(20).fill('{')], {
      pause: 50,
    });
    expectRawProblem(response, 408, 'request_timeout');
    expect(response.isClosed).toBe(true);
  });

  test('whose Content-Length is too large gets a 413 before it arrives', async () => {
    const { statuses, body } = await sendRaw(server.url, [`${POST}${CLOSE}Content-Length: 99999999999\r\n\r\n{`]);
    expect(statuses).toEqual([413]);
    expect(body.code).toBe('body_too_large');
  });

  test('that is incomplete is not written', async () => {
    const { statuses } = await sendRaw(server.url, [`${POST}Content-Length: 100\r\n\r\n{"title":"x"}`], { end: true });
    expect(statuses.every((status) => status === 400)).toBe(true);
    expect((await server.as.reader.get('/articles?total=true')).body.page.total).toBe(0);
  });
});

describe('A connection', () => {
  test('that sends nothing is closed', async () => {
    expect((await sendRaw(server.url, [])).isClosed).toBe(true);
  });

  test('that is half-closed still gets its response', async () => {
    const { statuses, body } = await sendRaw(server.url, [`${GET}\r\n`], { end: true });
    expect(statuses).toEqual([200]);
    expect(body).toEqual({ status: 'ok' });
  });

  test('with pipelined requests gets the responses in order', async () => {
    const paths = ['/health/live', '/articles?limit=0', '/articles', '/nope', '/categories'];
    const pipelined = paths.map((path) => `GET ${path} HTTP/1.1\r\n${HOST}\r\n`).join('');
    const { statuses } = await sendRaw(server.url, [`${pipelined}${GET}${CLOSE}\r\n`]);
    expect(statuses).toEqual([200, 400, 200, 404, 200, 200]);
  });

  test('with a request smuggled into a body gets no response to it', async () => {
    const inner = `GET /tokens HTTP/1.1\r\n${HOST}\r\n`;
    const outer = `${POST}Content-Length: ${inner.length}\r\n\r\n${inner}`;
    const { statuses, body } = await sendRaw(server.url, [`${outer}${GET}${CLOSE}\r\n`]);
    expect(statuses).toEqual([401, 200]);
    expect(body).toEqual({ status: 'ok' });
  });

  test('that sends garbage after a request is closed', async () => {
    const { statuses } = await sendRaw(server.url, [`${GET}\r\n`, 'garbage\r\n\r\n'], { pause: 50 });
    expect(statuses).toEqual([200, 400]);
  });

  test('that requests an upgrade gets HTTP', async () => {
    const { statuses } = await sendRaw(server.url, [`${GET}Connection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n`]);
    expect(statuses).toEqual([200]);
  });

  test('that requests an absolute URL gets a response, whatever its host', async () => {
    const { statuses } = await sendRaw(server.url, [
      `GET http://example.org/health/live HTTP/1.1\r\n${HOST}${CLOSE}\r\n`,
    ]);
    expect(statuses).toEqual([200]);
  });

  test.each(['*', 'http://', 'nope'])('that requests %s does not cause a 5xx', async (target) => {
    const { statuses } = await sendRaw(server.url, [`OPTIONS ${target} HTTP/1.1\r\n${HOST}${CLOSE}\r\n`]);
    expect([400, 404]).toContain(statuses[0]);
  });
});
