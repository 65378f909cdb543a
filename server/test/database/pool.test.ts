import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Connection, connect } from '../../src/database/connection.ts';
import { type Database } from '../../src/database/database.ts';
import { prepared, quickly } from '../../src/database/driver/prepared.ts';
import { cloneDatabase } from '../harness/server.ts';

const p = sql.placeholder;
const nothing = sql`(select) as nothing`;
const quick = quickly('test_quick', (db) =>
  db.select({ session: sql<number>`pg_backend_pid()`, half: sql<number>`10 / ${p('by')}::int` }).from(nothing),
);
const slow = prepared('test_slow', (db) =>
  db.select({ session: sql<number>`pg_backend_pid()`, slept: sql`pg_sleep(${p('seconds')})::text` }).from(nothing),
);
const run = (db: Database, by = 2) => quick(db).execute({ by });

let connection: Connection;
let drop: () => Promise<void>;
beforeAll(async () => {
  const { url, drop: dropIt } = await cloneDatabase();
  drop = dropIt;
  connection = connect({ connectionString: url, poolSize: 6, statementTimeoutMs: 2_000, prepare: true });
});
afterAll(async () => {
  await connection.close();
  await drop();
});

const all = (count: number) => Promise.all(Array.from({ length: count }, () => run(connection.db)));

test('quick statements share four connections, and each gets its own answer', async () => {
  const answers = await Promise.all(
    Array.from({ length: 200 }, async (_, by) => [by + 1, await run(connection.db, by + 1)] as const),
  );
  for (const [by, [row]] of answers) expect(row?.half).toBe(Math.trunc(10 / by));
  expect(new Set(answers.map(([, [row]]) => row?.session)).size).toBeLessThanOrEqual(4);
  expect(connection.pool.totalCount).toBeLessThanOrEqual(4);
});

test('what one of them is refused is nothing to the others, nor to their connection', async () => {
  const before = [...new Set((await all(50)).map(([row]) => row?.session))];
  const outcomes = await Promise.allSettled(Array.from({ length: 60 }, (_, n) => run(connection.db, n % 3)));
  for (const [n, { status }] of outcomes.entries()) expect(status).toBe(n % 3 === 0 ? 'rejected' : 'fulfilled');
  expect(await all(50)).toHaveLength(50);
  const open = await connection.pool.query('select pid from pg_stat_activity where pid = any($1)', [before]);
  expect(open.rowCount, 'the connections are the same').toBe(before.length);
});

test('nothing quick stands behind what is slow, or is in a transaction', async () => {
  const done: string[] = [];
  const { db } = connection;
  const note = (what: string) => () => void done.push(what);
  await Promise.all([
    slow(db).execute({ seconds: 0.4 }).then(note('slow')),
    db.transaction((tx) => slow(tx).execute({ seconds: 0.4 })).then(note('slow')),
    ...Array.from({ length: 100 }, () => run(db).then(note('quick'))),
  ]);
  expect(done.slice(-2)).toEqual(['slow', 'slow']);
});

test('in a transaction a quick statement runs on its connection', async () => {
  const sessions = await connection.db.transaction(async (tx) => {
    const own = await slow(tx).execute({ seconds: 0 });
    return [...own, ...(await run(tx)), ...(await run(tx))].map(({ session }) => session);
  });
  expect(new Set(sessions).size).toBe(1);
});

test('a connection that is lost takes what was sent on it along, and no more', async () => {
  const { pool, db } = connection;
  const [row] = await run(db);
  // A session ends a moment after pg_terminate_backend has answered, and until then its connection looks like any other.
  const removed = new Promise((resolve) => pool.once('remove', resolve));
  const running = Promise.allSettled([
    ...Array.from({ length: 100 }, () => run(db)),
    pool.query('select pg_terminate_backend($1)', [row?.session]),
  ]);
  for (const outcome of await running) {
    if (outcome.status === 'rejected') expect(String(outcome.reason.cause)).toMatch(/terminat|EPIPE|ECONNRESET/);
  }
  await removed;
  expect(await all(100)).toHaveLength(100);
});
