import { connect } from 'node:net';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BoundedReads } from '../../src/bounded-reads/bounded-reads.ts';
import type { TestResponse } from '../harness/client.ts';
import { concurrently, outcomes } from '../harness/concurrency.ts';
import { eventually, untilStatementsWait } from '../harness/eventually.ts';
import { expectProblem } from '../harness/problem.ts';
import { newArticle, newCategory } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

// A locked table makes a list take as long as a test wants.

const POOL = 4;
const CONNECTIONS = 2;
const CAPACITY = 16;
/** Every list that is not fast is expensive. */
const server = useServer({
  EXPENSIVE_LIST_MS: '0',
  MAX_LIST_MS: '3600000',
  DATABASE_POOL: String(POOL),
  TRUST_PROXY: 'loopback',
});
const EXPENSIVE = '/articles?sort=title&total=true';

let locker: pg.Client;
beforeEach(async () => {
  locker = new pg.Client({ connectionString: server.databaseUrl });
  await locker.connect();
  await locker.query('begin; lock table articles in access exclusive mode');
});
afterEach(() => locker.end());

const unlock = () => locker.query('rollback');
const listFrom = (address: string, path = EXPENSIVE) =>
  server.anonymous.get(path, { headers: { 'x-forwarded-for': address } });

/** Resolves with the first of these responses that is refused. */
const firstRefused = (responses: Promise<TestResponse>[]) =>
  Promise.any(
    responses.map(async (each) => {
      const response = await each;
      if (response.status !== 503) throw new Error(`it is ${response.status}`);
      return response;
    }),
  );

/** Sends as many expensive lists as can run, as many as can wait, and one more: when that is refused, the queue is full. */
async function fillQueue(addressOf: (n: number) => string) {
  const running = Array.from({ length: CONNECTIONS }, (_, n) => listFrom(addressOf(n)));
  await untilStatementsWait(locker, CONNECTIONS);
  const waiting = Array.from({ length: CAPACITY + 1 }, (_, n) => listFrom(addressOf(n)));
  return { lists: [...running, ...waiting], refused: await firstRefused(waiting) };
}

describe('Expensive lists', () => {
  test('have two connections and a short queue; more are refused, and everything else is answered', async () => {
    const { lists, refused } = await fillQueue((n) => `10.0.0.${n}`);
    expectProblem(refused, 503, 'too_expensive');
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(refused.body.detail).toContain('leave out total or sort');
    for (const path of ['/health/ready', '/authors?total=true', '/categories?tree=true'])
      expect((await server.anonymous.get(path)).status, path).toBe(200);
    await newCategory(server.as.editor);
    await unlock();
    expect(outcomes(await Promise.all(lists))).toEqual([
      ...Array(CONNECTIONS + CAPACITY).fill('200'),
      '503 too_expensive',
    ]);
  });

  test('are refused a second late, so that clients which try again at once do not keep the server busy', async () => {
    const { lists } = await fillQueue((n) => `10.0.0.${n}`);
    const since = performance.now();
    expectProblem(await listFrom('10.0.0.1'), 503, 'too_expensive');
    expect(performance.now() - since).toBeGreaterThan(990);
    await unlock();
    await Promise.all(lists);
  });

  test('of one address make room for another', async () => {
    const { lists, refused } = await fillQueue(() => '10.0.0.1');
    const other = listFrom('10.0.0.2');
    const evicted = lists.map(async (each) => ((await each) === refused ? new Promise<never>(() => {}) : each));
    expectProblem(await firstRefused(evicted), 503, 'too_expensive');
    await unlock();
    expect((await other).status).toBe(200);
    expect(outcomes(await Promise.all(lists))).toEqual([
      ...Array(CONNECTIONS + CAPACITY - 1).fill('200'),
      ...Array(2).fill('503 too_expensive'),
    ]);
  });

  test('fail when PostgreSQL ends their connections, and the server goes on', async () => {
    const lists = concurrently(CONNECTIONS, () => listFrom('10.0.0.1'));
    await untilStatementsWait(locker, CONNECTIONS);
    await locker.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    expect(outcomes(await lists)).toEqual(['503 database_unavailable', '503 database_unavailable']);
    await unlock();
    expect((await listFrom('10.0.0.1')).status).toBe(200);
  });

  test('end when the client hangs up, and the connection serves the next list', async () => {
    for (let round = 0; round < 3; round += 1) {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
      socket.write(`GET ${EXPENSIVE} HTTP/1.1\r\nHost: x\r\n\r\n`);
      await untilStatementsWait(locker, 1);
      socket.destroy();
      await untilStatementsWait(locker, 0);
    }
    const lists = concurrently(CONNECTIONS, () => listFrom('10.0.0.1'));
    await untilStatementsWait(locker, CONNECTIONS);
    await unlock();
    expect(outcomes(await lists)).toEqual(['200', '200']);
    await eventually(async () => {
      const { rows } = await server.database.pool.query(
        `select count(*)::int as count from pg_stat_activity where datname = current_database() and state like 'idle in%'`,
      );
      expect(rows[0].count).toBe(0);
    });
  });
});

test('All statements of an expensive read together have the time limit of one', async () => {
  const { db, snapshots } = server.database;
  const config = { ...server.config, database: { ...server.config.database, expensiveTimeoutMs: 200 } };
  const reads = new BoundedReads(db, snapshots, config);
  const requester = { address: '10.0.0.1', signal: new AbortController().signal };
  const read = reads.run({ cost: 'expensive', requester, onSnapshot: true }, async (snapshot) => {
    await snapshot.execute('select 1');
    await snapshot.execute('select pg_sleep(60)');
  });
  await expect(read).rejects.toMatchObject({ code: 'too_expensive' });
});

test('A list from one index is answered while expensive lists fill the queue', async () => {
  await unlock();
  const { id } = await newCategory(server.as.editor);
  await newArticle(server.as.editor, { categoryIds: [id] });
  // The category tree is not what a list of one category reads.
  await locker.query('begin; lock table category_count_deltas in access exclusive mode');
  const lists = concurrently(CONNECTIONS + CAPACITY, (n) => listFrom(`10.0.0.${n}`, `/articles?facets=categories`));
  await untilStatementsWait(locker, CONNECTIONS);
  expect((await listFrom('10.0.0.9', `/categories/${id}/articles`)).body.data).toHaveLength(1);
  await locker.query('rollback');
  expect(outcomes(await lists)).toEqual(Array(CONNECTIONS + CAPACITY).fill('200'));
});
