import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { expectProblem } from '../harness/problem.ts';
import { type Proxy, startProxy } from '../harness/proxy.ts';
import { newArticle, newCategory } from '../harness/seed.ts';
import { startTestServer, type TestServer } from '../harness/server.ts';

const POOL = 3;
let server: TestServer;
let proxy: Proxy;

beforeAll(async () => {
  server = await startTestServer({ DATABASE_POOL: String(POOL), STATEMENT_TIMEOUT_MS: '100' }, async (url) => {
    proxy = await startProxy(url);
    return proxy.url;
  });
});
afterAll(async () => {
  await server.close();
  await proxy.close();
});

/** More calls at once than the pool has connections, a transaction among them. */
async function expectAllAway() {
  const { anonymous, as } = server;
  const calls = [
    ...Array.from({ length: POOL * 2 }, () => anonymous.get('/articles')),
    as.editor.delete('/categories/1'),
    as.editor.post('/articles', { title: 'x' }),
    anonymous.get('/health/ready'),
  ];
  for (const answer of await Promise.all(calls)) expectProblem(answer, 503, 'database_unavailable');
}

async function expectAllWell() {
  const { pool } = server.database;
  await vi.waitFor(() => expect(pool.totalCount - pool.idleCount).toBe(0), { timeout: 10_000 });
  expect((await server.anonymous.get('/health/ready')).status).toBe(200);
  const category = await newCategory(server.as.editor);
  await newArticle(server.as.editor, { categoryIds: [category.id] });
  expect((await server.anonymous.get(`/categories/${category.id}`)).body.articles.data).toHaveLength(1);
}

test('A pool with nothing to spare answers 503 after five seconds, and recovers', async () => {
  const held = await Promise.all(Array.from({ length: POOL }, () => server.database.pool.connect()));
  const begun = performance.now();
  await expectAllAway();
  expect(performance.now() - begun).toBeLessThan(9_000);
  for (const client of held) client.release();
  await expectAllWell();
});

test('A network that swallows everything gives 503 after a while, and holds no connection for ever', async () => {
  await expectAllWell();
  proxy.stall();
  await expectAllAway();
  await proxy.restore();
  await expectAllWell();
});
