import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import type { TestResponse } from '../harness/client.ts';
import { expectProblem } from '../harness/problem.ts';
import { type Proxy, startProxy } from '../harness/proxy.ts';
import { newArticle, newCategory, unique } from '../harness/seed.ts';
import { startTestServer, type TestServer } from '../harness/server.ts';

let server: TestServer;
let proxy: Proxy;
/** Straight to PostgreSQL, past the proxy. */
let direct: pg.Client;

beforeAll(async () => {
  server = await startTestServer({ DATABASE_POOL: '4', STATEMENT_TIMEOUT_MS: '400' }, async (url) => {
    proxy = await startProxy(url);
    return proxy.url;
  });
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
  // A connection that ended a moment ago may not know it yet.
  await vi.waitFor(async () => expect((await server.anonymous.get('/health/ready')).status).toBe(200), {
    timeout: 5_000,
  });
  const titles = [unique('Afterwards'), unique('Afterwards')];
  const category = await newCategory(server.as.editor);
  for (const title of titles) await newArticle(server.as.editor, { title, categoryIds: [category.id] });
  const { body } = await server.anonymous.get(`/categories/${category.id}/articles`);
  expect(body.data.map(({ title }: { title: string }) => title)).toEqual(titles.toReversed());
});

function expectAway(answer: TestResponse) {
  expectProblem(answer, 503, 'database_unavailable');
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
}

const calls = (): Promise<TestResponse>[] => [
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
  test('reads and writes answer 503, and only readiness goes', async () => {
    await proxy.disconnect();
    for (const call of calls()) expectAway(await call);
    expectAway(await server.anonymous.get('/health/ready'));
    expect((await server.anonymous.get('/health/live')).status).toBe(200);
    expect((await server.anonymous.get('/docs')).status).toBe(200);
  });

  test('what is malformed is still a 400, and what has no token a 401', async () => {
    await proxy.disconnect();
    expectProblem(await server.anonymous.get('/articles?limit=0'), 400, 'invalid_request');
    expectProblem(await server.anonymous.post('/articles', { title: 'x' }), 401, 'unauthorized');
  });
});

/** Writes articles with two links until told to stop; a title for each that was acknowledged. */
async function writeOn(stopped: () => boolean, categoryIds: number[]) {
  const acknowledged: string[] = [];
  const others: TestResponse[] = [];
  while (!stopped()) {
    const title = unique('Written');
    const answer = await server.as.editor.post('/articles', { title, categoryIds });
    if (answer.status === 201) acknowledged.push(title);
    else others.push(answer);
  }
  return { acknowledged, others };
}

test('Cut off and back under traffic: every acknowledged write is there, and none by half', async () => {
  const categoryIds = [(await newCategory(server.as.editor)).id, (await newCategory(server.as.editor)).id];
  let stopped = false;
  const writers = Promise.all(Array.from({ length: 8 }, () => writeOn(() => stopped, categoryIds)));
  for (let round = 0; round < 3; round += 1) {
    await pause(150);
    await proxy.disconnect();
    await pause(100);
    await proxy.restore();
  }
  await pause(150);
  stopped = true;
  const written = await writers;
  const others = written.flatMap((each) => each.others);
  expect(others.length).toBeGreaterThan(0);
  for (const answer of others) expectAway(answer);
  const { rows } = await direct.query(`
    select title, (select count(*)::int from article_categories where article_id = id) as links from articles where title like 'Written%'`);
  const acknowledged = written.flatMap((each) => each.acknowledged);
  expect(acknowledged.length).toBeGreaterThan(0);
  expect(rows.map(({ title }) => title)).toEqual(expect.arrayContaining(acknowledged));
  expect(rows.every(({ links }) => links === 2)).toBe(true);
});

const endAll = () =>
  direct.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );

describe('Backends that PostgreSQL ends', () => {
  test('while idle are replaced', async () => {
    await Promise.all(calls());
    await endAll();
    await pause(50);
    expect((await server.anonymous.get('/articles')).status).toBe(200);
  });

  test('in the middle of a statement give a 503', async () => {
    const { id } = await newArticle(server.as.editor);
    await direct.query('begin');
    await direct.query('select from articles where id = $1 for update', [id]);
    const [waiting] = [server.as.editor.patch(`/articles/${id}`, { title: 'x' }), await pause(100)];
    await endAll();
    expectAway(await waiting);
    await direct.query('rollback');
  });

  test('in the middle of a transaction give a 503, and nothing is written', async () => {
    const category = await newCategory(server.as.editor);
    const { id } = await newArticle(server.as.editor, { categoryIds: [category.id] });
    await direct.query('begin');
    await direct.query('select from articles where id = $1 for update', [id]);
    const [waiting] = [server.as.editor.delete(`/categories/${category.id}`), await pause(100)];
    await endAll();
    expectAway(await waiting);
    await direct.query('rollback');
    expect((await server.anonymous.get(`/articles/${id}`)).body.categories).toHaveLength(1);
  });

  test('again and again under traffic do not end the process', async () => {
    const traffic = { stopped: false };
    const reader = async () => {
      const statuses = new Set<number>();
      while (!traffic.stopped) statuses.add((await server.anonymous.get('/articles')).status);
      return statuses;
    };
    const readers = Promise.all([reader(), reader(), reader()]);
    for (let round = 0; round < 10; round += 1) {
      await pause(20);
      await endAll();
    }
    traffic.stopped = true;
    const statuses = new Set((await readers).flatMap((each) => [...each]));
    expect([...statuses].filter((status) => status !== 503)).toEqual([200]);
  });
});

test('A statement that takes too long is cancelled: 503 timeout', async () => {
  const { id } = await newArticle(server.as.editor, { title: 'Before' });
  await direct.query('begin');
  await direct.query('select from articles where id = $1 for update', [id]);
  const answer = await server.as.editor.patch(`/articles/${id}`, { title: 'After' });
  await direct.query('rollback');
  expectProblem(answer, 503, 'timeout');
  expect(answer.headers.get('retry-after')).toBe('1');
  expect((await server.anonymous.get(`/articles/${id}`)).body.title).toBe('Before');
});

test('A database that takes no more connections is away too, also for a transaction', async () => {
  const other = new pg.Client({ connectionString: inject('clusterUrl') });
  await other.connect();
  await other.query(`alter database ${direct.database} allow_connections false`);
  await endAll();
  await pause(50);
  for (const call of calls()) expectAway(await call);
  await other.query(`alter database ${direct.database} allow_connections true`);
  await other.end();
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
