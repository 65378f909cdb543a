import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import type { TestResponse } from '../harness/client.ts';
import { eventually, untilStatementsWait } from '../harness/eventually.ts';
import { expectProblem } from '../harness/problem.ts';
import { type Proxy, startProxy } from '../harness/proxy.ts';
import { newArticle, newCategory, unique } from '../harness/seed.ts';
import { startTestServer, type TestServer } from '../harness/server.ts';

let server: TestServer;
let proxy: Proxy;
/** Connected to PostgreSQL directly, without the proxy. */
let direct: pg.Client;

beforeAll(async () => {
  server = await startTestServer(
    { DATABASE_POOL: '4', STATEMENT_TIMEOUT_MS: '3000', LOCK_TIMEOUT_MS: '60000' },
    async (url) => {
      proxy = await startProxy(url);
      return proxy.url;
    },
  );
  direct = new pg.Client({ connectionString: server.databaseUrl });
  await direct.connect();
});
afterAll(async () => {
  await direct.end();
  await server.close();
  await proxy.close();
});

afterEach(async () => {
  await proxy.restore();
  // The pool can still hold a connection that ended a moment ago.
  await eventually(async () => expect((await server.anonymous.get('/health/ready')).status).toBe(200));
  const titles = [unique('After'), unique('After')];
  const category = await newCategory(server.as.editor);
  for (const title of titles) await newArticle(server.as.editor, { title, categoryIds: [category.id] });
  const { body } = await server.anonymous.get(`/categories/${category.id}/articles`);
  expect(body.data.map(({ title }: { title: string }) => title)).toEqual(titles.toReversed());
});

function expectUnavailable(response: TestResponse) {
  expectProblem(response, 503, 'database_unavailable');
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
}

const requests = (): Promise<TestResponse>[] => [
  server.anonymous.get('/articles'),
  server.anonymous.get('/articles/1'),
  server.anonymous.get('/categories?tree=true'),
  server.anonymous.get('/authors'),
  server.as.editor.get('/articles/1'),
  server.as.editor.post('/articles', { title: 'x' }),
  server.as.editor.patch('/articles/1', { title: 'y' }),
  server.as.editor.delete('/categories/1'),
  server.as.admin.get('/tokens'),
];

describe('While PostgreSQL cannot be reached', () => {
  test('reads and writes are 503, readiness too, and all else works', async () => {
    await proxy.disconnect();
    for (const request of requests()) expectUnavailable(await request);
    expectUnavailable(await server.anonymous.get('/health/ready'));
    expect((await server.anonymous.get('/health/live')).status).toBe(200);
    expect((await server.anonymous.get('/docs')).status).toBe(200);
  });

  test('a malformed request is still 400, and one without a token 401', async () => {
    await proxy.disconnect();
    expectProblem(await server.anonymous.get('/articles?limit=0'), 400, 'invalid_request');
    expectProblem(await server.anonymous.post('/articles', { title: 'x' }), 401, 'unauthorized');
  });
});

interface Traffic {
  stopped: boolean;
  /** The titles of acknowledged articles. */
  acknowledged: string[];
  failures: TestResponse[];
}

/** Creates articles with two links until stopped. */
async function createArticles(traffic: Traffic, categoryIds: number[]) {
  while (!traffic.stopped) {
    const title = unique('Written');
    const response = await server.as.editor.post('/articles', { title, categoryIds });
    if (response.status === 201) traffic.acknowledged.push(title);
    else traffic.failures.push(response);
  }
}

test('Connections that are cut under traffic: every acknowledged write exists, and none is partial', async () => {
  const categoryIds = [(await newCategory(server.as.editor)).id, (await newCategory(server.as.editor)).id];
  const traffic: Traffic = { stopped: false, acknowledged: [], failures: [] };
  const { acknowledged, failures } = traffic;
  const untilMore = async (responses: unknown[], count: number) => {
    const target = responses.length + count;
    await eventually(() => expect(responses.length).toBeGreaterThanOrEqual(target));
  };
  const writers = Promise.all(Array.from({ length: 8 }, () => createArticles(traffic, categoryIds)));
  for (let round = 0; round < 3; round += 1) {
    await untilMore(acknowledged, 20);
    await proxy.disconnect();
    await untilMore(failures, 10);
    await proxy.restore();
  }
  await untilMore(acknowledged, 20);
  traffic.stopped = true;
  await writers;
  for (const response of failures) expectUnavailable(response);
  const { rows } = await direct.query(`
    select title, (select count(*)::int from article_categories where article_id = id) as links from articles where title like 'Written%'`);
  expect(rows.map(({ title }) => title)).toEqual(expect.arrayContaining(acknowledged));
  expect(rows.every(({ links }) => links === 2)).toBe(true);
});

const terminateAll = () =>
  direct.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );

/** Terminates all sessions and waits until the server has noticed. */
async function terminateAllIdle() {
  await terminateAll();
  await eventually(() => expect(server.database.pool.totalCount).toBe(0));
}

describe('Sessions that PostgreSQL terminates', () => {
  test('while idle are replaced', async () => {
    await Promise.all(requests());
    await terminateAllIdle();
    expect((await server.anonymous.get('/articles')).status).toBe(200);
  });

  test('in the middle of a statement give a 503', async () => {
    const { id } = await newArticle(server.as.editor);
    await direct.query('begin');
    await direct.query('select from articles where id = $1 for update', [id]);
    const waiting = server.as.editor.patch(`/articles/${id}`, { title: 'x' });
    await untilStatementsWait(direct);
    await terminateAll();
    expectUnavailable(await waiting);
    await direct.query('rollback');
  });

  test('in the middle of a transaction give a 503, and nothing is written', async () => {
    const category = await newCategory(server.as.editor);
    const { id } = await newArticle(server.as.editor, { categoryIds: [category.id] });
    await direct.query('begin');
    await direct.query('select from articles where id = $1 for update', [id]);
    const waiting = server.as.editor.delete(`/categories/${category.id}`);
    await untilStatementsWait(direct);
    await terminateAll();
    expectUnavailable(await waiting);
    await direct.query('rollback');
    // Another session that was terminated may not have been noticed yet.
    await eventually(async () => {
      expect((await server.anonymous.get(`/articles/${id}`)).body.categories).toHaveLength(1);
    });
  });

  test('repeatedly under traffic do not end the process', async () => {
    const traffic = { stopped: false };
    const statuses = new Set<number>();
    const reader = async () => {
      while (!traffic.stopped) statuses.add((await server.anonymous.get('/articles')).status);
    };
    const readers = Promise.all([reader(), reader(), reader()]);
    for (let round = 0; round < 10; round += 1) {
      await pause(20);
      await terminateAll();
    }
    // On a busy machine no session can live long enough for a response before.
    statuses.delete(200);
    await eventually(() => expect(statuses).toContain(200));
    traffic.stopped = true;
    await readers;
    expect([...statuses].filter((status) => status !== 503)).toEqual([200]);
  });
});

test('A statement that takes too long is cancelled: 503 timeout', async () => {
  const { id } = await newArticle(server.as.editor, { title: 'Before' });
  await direct.query('begin');
  await direct.query('select from articles where id = $1 for update', [id]);
  const response = await server.as.editor.patch(`/articles/${id}`, { title: 'After' });
  await direct.query('rollback');
  expectProblem(response, 503, 'timeout');
  expect(response.headers.get('retry-after')).toBe('1');
  expect((await server.anonymous.get(`/articles/${id}`)).body.title).toBe('Before');
});

test('A database that accepts no more connections is unavailable too, also for a transaction', async () => {
  const other = new pg.Client({ connectionString: inject('clusterUrl') });
  await other.connect();
  await other.query(`alter database ${direct.database} allow_connections false`);
  await terminateAllIdle();
  for (const request of requests()) expectUnavailable(await request);
  await other.query(`alter database ${direct.database} allow_connections true`);
  await other.end();
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
