import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { TestResponse } from '../harness/client.ts';
import { eventually } from '../harness/eventually.ts';
import { expectProblem } from '../harness/problem.ts';
import { type Proxy, startProxy } from '../harness/proxy.ts';
import { newArticle, newCategory } from '../harness/seed.ts';
import { startTestServer, type TestServer } from '../harness/server.ts';

const POOL = 3;
let server: TestServer;
let proxy: Proxy;

beforeAll(async () => {
  server = await startTestServer({ DATABASE_POOL: String(POOL), STATEMENT_TIMEOUT_MS: '1000' }, async (url) => {
    proxy = await startProxy(url);
    return proxy.url;
  });
});
afterAll(async () => {
  await server.close();
  await proxy.close();
});

/** Sends more requests than the pool has connections, one with a transaction among them. */
async function expectAllUnavailable(...others: Promise<TestResponse>[]) {
  const { anonymous, as } = server;
  const requests = [
    ...Array.from({ length: POOL * 2 }, () => anonymous.get('/articles')),
    as.editor.delete('/categories/1'),
    as.editor.post('/articles', { title: 'x' }),
    ...others,
  ];
  for (const response of await Promise.all(requests)) expectProblem(response, 503, 'database_unavailable');
}

async function expectRecovered() {
  const { pool } = server.database;
  await eventually(() => expect(pool.totalCount - pool.idleCount).toBe(0));
  expect((await server.anonymous.get('/health/ready')).status).toBe(200);
  const category = await newCategory(server.as.editor);
  await newArticle(server.as.editor, { categoryIds: [category.id] });
  expect((await server.anonymous.get(`/categories/${category.id}`)).body.articles.data).toHaveLength(1);
}

test('With an exhausted pool, requests are 503 after five seconds, and it recovers', async () => {
  const held = await Promise.all(Array.from({ length: POOL }, () => server.database.pool.connect()));
  // For comparison, a client that waits for a connection twice.
  const { pool } = server.database;
  const waitedTwice = vi.fn();
  const reference = expect(pool.connect().catch(() => pool.connect().finally(waitedTwice))).rejects.toThrow('timeout');
  await expectAllUnavailable();
  // Health checks have a connection of their own.
  expect((await server.anonymous.get('/health/ready')).status).toBe(200);
  expect(waitedTwice).not.toHaveBeenCalled();
  await reference;
  for (const client of held) client.release();
  await expectRecovered();
});

test('When the network drops everything, requests are 503 after a while, and no connection is held forever', async () => {
  await expectRecovered();
  proxy.stall();
  await expectAllUnavailable(server.anonymous.get('/health/ready'));
  await proxy.restore();
  await expectRecovered();
});
