import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { type Connection, connect } from '../../src/database/connection.ts';
import type { Database } from '../../src/database/database.ts';
import { prepared } from '../../src/database/prepared.ts';
import { categories } from '../../src/database/schema/content.ts';
import { eventually, untilStatementsWait } from '../harness/eventually.ts';
import { startProxy } from '../harness/proxy.ts';
import { cloneDatabase } from '../harness/server.ts';

const p = sql.placeholder;
const nothing = sql`(select) as nothing`;
const fast = prepared({ name: 'test_fast', pipelined: true }, (db) =>
  db.select({ session: sql<number>`pg_backend_pid()`, quotient: sql<number>`10 / ${p('divisor')}::int` }).from(nothing),
);
const slow = prepared('test_slow', (db) =>
  db.select({ session: sql<number>`pg_backend_pid()`, slept: sql`pg_sleep(${p('seconds')})::text` }).from(nothing),
);
const locked = prepared('test_locked', (db) =>
  db.select({ done: sql`pg_advisory_xact_lock_shared(42)::text` }).from(nothing),
);
const run = (db: Database, divisor = 2) => fast(db).execute({ divisor });

let connection: Connection;
let url: string;
let drop: () => Promise<void>;
const options = { poolSize: 6, statementTimeoutMs: 60_000, lockTimeoutMs: 0, prepare: true, pipeline: true };
beforeAll(async () => {
  ({ url, drop } = await cloneDatabase());
  connection = connect({ ...options, connectionString: url });
});
afterAll(async () => {
  await connection.close();
  await drop();
});

const runAll = (count: number) => Promise.all(Array.from({ length: count }, () => run(connection.db)));

describe('Pipelined statements', () => {
  test('share four connections, and each gets its own response', async () => {
    const responses = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => [index + 1, await run(connection.db, index + 1)] as const),
    );
    for (const [divisor, [row]] of responses) expect(row?.quotient).toBe(Math.trunc(10 / divisor));
    expect(new Set(responses.map(([, [row]]) => row?.session)).size).toBeLessThanOrEqual(4);
    expect(connection.pool.totalCount).toBeLessThanOrEqual(4);
  });

  test('survive the failure of another one on their connection, and so does the connection', async () => {
    const before = [...new Set((await runAll(50)).map(([row]) => row?.session))];
    const outcomes = await Promise.allSettled(Array.from({ length: 60 }, (_, n) => run(connection.db, n % 3)));
    for (const [n, { status }] of outcomes.entries()) expect(status).toBe(n % 3 === 0 ? 'rejected' : 'fulfilled');
    expect(await runAll(50)).toHaveLength(50);
    const open = await connection.pool.query('select pid from pg_stat_activity where pid = any($1)', [before]);
    expect(open.rowCount, 'the connections are the same').toBe(before.length);
  });

  test('never wait behind a slow statement or a transaction', async () => {
    const { db } = connection;
    const other = new pg.Client({ connectionString: url });
    await other.connect();
    await other.query('select pg_advisory_lock(42)');
    const finished = vi.fn();
    const waiting = [locked(db).execute({}), db.transaction((tx) => locked(tx).execute({}))].map((each) =>
      each.then(finished),
    );
    await runAll(100);
    await untilStatementsWait(other, 2);
    await runAll(100);
    expect(finished).not.toHaveBeenCalled();
    await other.end();
    await Promise.all(waiting);
  });

  test('run on the connection of their transaction', async () => {
    const sessions = await connection.db.transaction(async (tx) => {
      const own = await slow(tx).execute({ seconds: 0 });
      return [...own, ...(await run(tx)), ...(await run(tx))].map(({ session }) => session);
    });
    expect(new Set(sessions).size).toBe(1);
  });

  test('fail with a lost connection when they were sent on it, and only then', async () => {
    const { pool, db } = connection;
    const [row] = await run(db);
    // A session ends a moment after pg_terminate_backend has responded. Until then its connection looks like any other.
    const removed = new Promise((resolve) => pool.once('remove', resolve));
    const running = Promise.allSettled([
      ...Array.from({ length: 100 }, () => run(db)),
      pool.query('select pg_terminate_backend($1)', [row?.session]),
    ]);
    for (const outcome of await running) {
      if (outcome.status === 'rejected') expect(String(outcome.reason.cause)).toMatch(/terminat|EPIPE|ECONNRESET/);
    }
    await removed;
    expect(await runAll(100)).toHaveLength(100);
  });

  test('leave a pool of one connection to others as well', async () => {
    const small = connect({ ...options, poolSize: 1, connectionString: url });
    const traffic = { stopped: false };
    const client = async () => {
      while (!traffic.stopped) await run(small.db);
    };
    const clients = Promise.all(Array.from({ length: 40 }, client));
    onTestFinished(() => small.close());
    await small.db.transaction((tx) => slow(tx).execute({ seconds: 0 }));
    await small.db.transaction((tx) => slow(tx).execute({ seconds: 0 }));
    traffic.stopped = true;
    await clients;
  });

  test('fail at once on a pool that was closed', async () => {
    const closed = connect({ ...options, connectionString: url });
    await closed.close();
    await expect(run(closed.db)).rejects.toThrow();
  });

  test.each([{ pipeline: false }, { prepare: false }])('have a connection each with %o', async (setting) => {
    const plain = connect({ ...options, ...setting, connectionString: url });
    onTestFinished(() => plain.close());
    const responses = await Promise.all(Array.from({ length: 100 }, () => run(plain.db)));
    expect(responses.map(([row]) => row?.quotient)).toEqual(Array(100).fill(5));
    expect(plain.pool.totalCount).toBe(6);
  });
});

describe('The connection of a statement on the pool', () => {
  const insert = prepared('test_insert', (db) =>
    db.insert(categories).values({ name: p('name'), slug: p('slug'), parentId: p('parentId') }),
  );
  const sessionAfter = async (statement: (db: Database) => PromiseLike<unknown>) => {
    const one = connect({ ...options, poolSize: 1, pipeline: false, connectionString: url });
    onTestFinished(() => one.close());
    const [before] = await run(one.db);
    await expect(statement(one.db)).rejects.toThrow();
    const [after] = await run(one.db);
    return after?.session === before?.session ? 'the same' : 'another';
  };

  test.each([
    ['violates a unique index', { name: 'Taken', slug: 'taken', parentId: null }],
    ['violates a foreign key', { name: 'Orphan', slug: 'orphan', parentId: 9_000_000 }],
    ['violates a check', { name: '', slug: 'empty', parentId: null }],
  ])('goes on when the statement %s', async (_, values) => {
    await insert(connection.db)
      .execute({ name: 'Other', slug: 'taken', parentId: null })
      .catch(() => undefined); // the slug is taken in any case
    expect(await sessionAfter((db) => insert(db).execute(values))).toBe('the same');
  });

  test.each([
    ['fails for another reason', sql`select 1 / 0`],
    ['ends its session', sql`select pg_terminate_backend(pg_backend_pid())`],
  ])('is replaced when the statement %s', async (_, statement) => {
    expect(await sessionAfter((db) => db.execute(statement))).toBe('another');
  });
});

describe('A connection that statements share without a pause', () => {
  test('ends when PostgreSQL stops responding, and not while it responds', async () => {
    const proxy = await startProxy(url);
    const busy = connect({ ...options, statementTimeoutMs: 500, connectionString: proxy.url });
    const removed = vi.fn();
    busy.pool.on('remove', removed);
    const traffic = { stopped: false, failures: 0 };
    const client = async () => {
      while (!traffic.stopped) await run(busy.db).catch(() => (traffic.failures += 1));
    };
    // So many at once that no connection of theirs is ever idle.
    const clients = Promise.all(Array.from({ length: 40 }, client));
    onTestFinished(async () => {
      traffic.stopped = true;
      await proxy.disconnect();
      await clients;
      await busy.close();
      await proxy.close();
    });
    // Longer than the silence that ends a connection: two seconds with this statement timeout.
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect({ failures: traffic.failures, removed: removed.mock.calls.length }).toEqual({ failures: 0, removed: 0 });
    proxy.stall();
    const more = setInterval(() => void run(busy.db).catch(() => undefined), 20);
    onTestFinished(() => clearInterval(more));
    await eventually(() => expect(traffic.failures).toBeGreaterThan(0));
    expect(removed).toHaveBeenCalled();
  });
});

test('Without a statement timeout, as in commands, a connection may be silent for as long as it takes', async () => {
  const command = connect({ ...options, statementTimeoutMs: 0, connectionString: url });
  onTestFinished(() => command.close());
  // Longer than the second that is added to twice the statement timeout.
  await expect(slow(command.db).execute({ seconds: 1.5 })).resolves.toHaveLength(1);
});

describe('A statement that is planned each time', () => {
  const echo = prepared({ name: 'test_echo', planned: 'each time' }, (db) =>
    db
      .select({
        text: sql`${p('text')}::text`,
        list: sql`${p('list')}::text[]`,
        ids: sql`${p('ids')}::bigint[]`,
        number: sql`${p('number')}::int`,
        flag: sql`${p('flag')}::boolean`,
        none: sql`${p('none')}::text`,
        names: sql`(select count(*)::int from pg_prepared_statements)`,
      })
      .from(nothing),
  );
  const values = { list: [], ids: [3, '4'], number: -7, flag: false, none: null };

  test.each(["it's", '"', '\\', "\\'; select 1 --", '{a,b}', '$1', "E'x'", 'NULL', '', ' ', '☃', '\n'])(
    'takes %j as it is, also in a list',
    async (text) => {
      const [row] = await echo(connection.db).execute({ ...values, text, list: [text, 'x', text] });
      expect(row).toMatchObject({
        text,
        list: [text, 'x', text],
        ids: ['3', '4'],
        number: -7,
        flag: false,
        none: null,
      });
    },
  );

  test('has no name in PostgreSQL, in a transaction neither', async () => {
    const names = await connection.db.transaction(async (tx) => {
      const { rows } = await tx.execute<{ names: number }>(
        sql`select count(*)::int as names from pg_prepared_statements`,
      );
      const [row] = await echo(tx).execute({ ...values, text: '' });
      return [rows[0]?.names, row?.names];
    });
    expect(names[1]).toBe(names[0]);
  });
});
