import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { eventually, untilStatementsWait } from '../harness/eventually.ts';
import { connectClient } from '../harness/older-database.ts';
import { newArticle, times } from '../harness/seed.ts';
import { insertTestToken, useServer } from '../harness/server.ts';
import { sendRaw } from '../harness/socket.ts';

const server = useServer();
const LIVE = 'GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n';

/** Opens a connection that is closed after the test, and collects the statuses of its responses. */
async function open() {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname).on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  const statuses: string[] = [];
  let rest = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    const text = rest + chunk;
    statuses.push(...[...text.matchAll(/HTTP\/1\.1 (\d{3}) [^\n]*\n/g)].map(([, status]) => status ?? ''));
    rest = text.slice(text.lastIndexOf('\n') + 1);
  });
  await once(socket, 'connect');
  return { socket, statuses };
}

const newAuthorization = async () =>
  `Authorization: Bearer ${await insertTestToken(server.database.pool, 'editor')}\r\n`;

function write(method: string, path: string, authorization: string, body: object): string {
  const json = JSON.stringify(body);
  const head = `${method} ${path} HTTP/1.1\r\nHost: x\r\n${authorization}Content-Type: application/json\r\n`;
  return `${head}Content-Length: ${json.length}\r\n\r\n${json}`;
}

/** Returns a PATCH that waits until the returned function is called. */
async function blockedPatch(authorization: string) {
  const { id } = await newArticle(server.as.editor);
  const blocker = await connectClient(server.databaseUrl);
  await blocker.query('begin');
  await blocker.query('select from articles where id = $1 for update', [id]);
  return {
    request: write('PATCH', `/articles/${id}`, authorization, { excerpt: 'x' }),
    untilItWaits: () => untilStatementsWait(blocker),
    release: () => blocker.query('rollback'),
  };
}

const countByTitle = async (title: string) =>
  (await server.database.pool.query('select from articles where title = $1', [title])).rowCount;

test('A pipelined read sees the write before it', async () => {
  const authorization = await newAuthorization();
  const { id } = await newArticle(server.as.editor);
  for (let n = 0; n < 10; n += 1) {
    const patch = write('PATCH', `/articles/${id}`, authorization, { title: `Pipelined ${n}` });
    const get = `GET /articles/${id} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`;
    const { body } = await sendRaw(server.url, [patch + get]);
    expect(body.title).toBe(`Pipelined ${n}`);
  }
});

test('A request that waits for the one before it is dropped when the client hangs up', async () => {
  const authorization = await newAuthorization();
  const patch = await blockedPatch(authorization);
  const hungUp = await open();
  hungUp.socket.write(patch.request + write('POST', '/articles', authorization, { title: 'Dropped' }));
  await patch.untilItWaits();
  hungUp.socket.destroy();
  // The server has seen the end of the connection when a later one is served.
  const later = await open();
  later.socket.write(LIVE);
  await eventually(() => expect(later.statuses).toEqual(['200']));
  await patch.release();
  const next = write('POST', '/articles', authorization, { title: 'Served' });
  later.socket.write(next);
  await eventually(() => expect(later.statuses).toEqual(['200', '201']));
  expect(await Promise.all(['Dropped', 'Served'].map(countByTitle))).toEqual([0, 1]);
});

test('A connection with more pipelined requests than may wait is read more slowly', async () => {
  const patch = await blockedPatch(await newAuthorization());
  const { socket, statuses } = await open();
  socket.write(patch.request + LIVE.repeat(12_000));
  await patch.untilItWaits();
  await patch.release();
  await eventually(() => expect(statuses).toHaveLength(12_001));
  expect(new Set(statuses)).toEqual(new Set(['200']));
});

test('Connections are closed while too many requests wait, and their places are free again', async () => {
  for (let round = 0; round < 3; round += 1) {
    const authorizations = await times(6, newAuthorization);
    const connections = await times(120, open);
    for (const [n, { socket }] of connections.entries()) {
      // A stream never ends: what follows it waits.
      const stream = `GET /events/stream HTTP/1.1\r\nHost: x\r\n${authorizations[n % 6]}\r\n`;
      socket.write(stream + LIVE.repeat(100));
    }
    const closed = () => connections.filter(({ socket }) => socket.destroyed).length;
    await eventually(() => expect(closed()).toBeGreaterThan(0));
    expect((await server.anonymous.get('/health/ready')).status).toBe(200);
    expect(closed()).toBeLessThan(60);
    await closeAll(connections.map(({ socket }) => socket));
  }
});

const closeAll = (sockets: Socket[]) =>
  Promise.all(sockets.filter((socket) => !socket.closed).map((socket) => once(socket.destroy(), 'close')));
