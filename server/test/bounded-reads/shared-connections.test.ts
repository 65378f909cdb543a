import pg from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { BoundedReads } from '../../src/bounded-reads/bounded-reads.ts';
import type { Pipeline } from '../../src/database/driver/pipeline.ts';
import { concurrently, outcomes } from '../harness/concurrency.ts';
import { eventually, untilStatementsWait } from '../harness/eventually.ts';
import { useServer } from '../harness/server.ts';

/** With a pool of four, ordinary reads have one connection. */
const server = useServer({ DATABASE_POOL: '4' });

const SMALL = '/articles?categories[any]=1,2';

let locker: pg.Client;
beforeEach(async () => {
  locker = new pg.Client({ connectionString: server.databaseUrl });
  await locker.connect();
  // The sizes of the categories are read before the table is locked.
  expect((await server.anonymous.get(SMALL)).status).toBe(200);
  await locker.query('begin; lock table articles in access exclusive mode');
});
afterEach(async () => {
  vi.restoreAllMocks();
  await locker.end();
});

/**
 * Sends three lists that wait for the lock, and ends the connection of the first.
 *
 * @param shared how many of them share a connection
 * @returns how they end
 */
async function outcomesAfterLoss(path: string, shared: number) {
  const { $client: pipeline } = server.database.db.ordinary as unknown as { $client: Pipeline };
  const send = vi.spyOn(pipeline, 'query');
  const lists = concurrently(3, () => server.anonymous.get(path));
  await untilStatementsWait(locker, 1);
  await eventually(() => expect(send).toHaveBeenCalledTimes(shared));
  await locker.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  await locker.query('rollback');
  return outcomes(await lists);
}

test('Small ordinary lists are in flight on one connection, and are lost with it', async () => {
  expect(await outcomesAfterLoss(SMALL, 3)).toEqual(Array(3).fill('503 database_unavailable'));
  expect((await server.anonymous.get(SMALL)).status).toBe(200);
});

test('A list with content, whose texts can be long, has a connection to itself', async () => {
  expect(await outcomesAfterLoss(`${SMALL}&fields=content`, 0)).toEqual(['200', '200', '503 database_unavailable']);
});

test.each([
  ['a tenth', 0.1, 8],
  ['a third', 1 / 3, 2],
  ['all', 1, 1],
])('Of ordinary reads that can take %s of a connection, as many run as fit', async (_, share, atOnce) => {
  const { db, snapshots } = server.database;
  const reads = new BoundedReads(db, snapshots, server.config);
  const requester = { address: '10.0.0.1', signal: new AbortController().signal };
  const end = Promise.withResolvers<void>();
  const used: unknown[] = [];
  const done = concurrently(10, () =>
    reads.run({ cost: 'ordinary', requester, onSnapshot: false, share }, (each) => (used.push(each), end.promise)),
  );
  expect(used).toEqual(Array(atOnce).fill(share < 1 ? db.ordinary : db));
  end.resolve();
  await done;
  expect(used).toHaveLength(10);
});
