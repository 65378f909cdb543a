import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { findArticle } from '../../src/articles/articles.queries.ts';
import { eventually } from '../harness/eventually.ts';
import { newArticle } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();
let began = 0;
const newTransaction = (afterBegin = async () => {}) =>
  server.database.newRequestTransaction(async () => {
    began += 1;
    await afterBegin();
  });
const execute = (text: string) => server.database.db.execute<{ n: number }>(sql.raw(text));
const insert = (n: number) => execute(`insert into numbers values (${n})`);
const stored = async () => (await execute('select n from numbers order by n')).rows.map(({ n }) => n);
/** Workers use a connection now and then, so there is a moment in which none is used. */
const untilNoConnectionIsHeld = () =>
  eventually(() => expect(server.database.pool.totalCount - server.database.pool.idleCount).toBe(0));

beforeAll(() => execute('create table numbers (n integer primary key)'));
beforeEach(async () => {
  await execute('truncate numbers');
  began = 0;
});

test('All statements of a request are one transaction: others see nothing before the commit', async () => {
  const transaction = newTransaction();
  const outside = await server.database.pool.connect();
  await transaction.run(async () => {
    await insert(1);
    await server.database.db.transaction(async (tx) => tx.execute(sql`insert into numbers values (2)`));
    expect(await stored()).toEqual([1, 2]);
    expect((await outside.query('select n from numbers')).rows).toEqual([]);
    await transaction.commit();
  });
  outside.release();
  expect([await stored(), began]).toEqual([[1, 2], 1]);
});

test('Fast reads, which share connections, see what the request wrote', async () => {
  const { id } = await newArticle(server.as.editor);
  const title = async () => (await findArticle(server.database.db, { id }, null, false))?.title;
  await newTransaction().run(async () => {
    await execute(`update articles set title = 'Uncommitted' where id = ${id}`);
    expect(await title()).toBe('Uncommitted');
  });
  expect(await title()).not.toBe('Uncommitted');
});

test('Without a commit, everything is rolled back, and the connection goes back to the pool', async () => {
  await newTransaction().run(() => insert(1));
  await expect(
    newTransaction().run(async () => {
      await insert(2);
      throw new Error('failed');
    }),
  ).rejects.toThrow('failed');
  expect(await stored()).toEqual([]);
  await untilNoConnectionIsHeld();
});

test('A statement that fails undoes what was before it, and the next one begins again', async () => {
  const transaction = newTransaction();
  await transaction.run(async () => {
    await insert(1);
    await expect(insert(1)).rejects.toThrow();
    await insert(2);
    await transaction.commit();
  });
  expect([await stored(), began]).toEqual([[2], 2]);
});

test('An inner transaction that fails is over: PostgreSQL rejects its further statements', async () => {
  const transaction = newTransaction();
  await transaction.run(async () => {
    const inner = server.database.db.transaction(async (tx) => {
      await expect(tx.execute(sql`select 1 / 0`)).rejects.toThrow();
      await expect(tx.execute(sql`insert into numbers values (1)`)).rejects.toMatchObject({ cause: { code: '25P02' } });
      throw new Error('inner');
    });
    await expect(inner).rejects.toThrow('inner');
    await insert(2);
    await transaction.commit();
  });
  expect([await stored(), began]).toEqual([[2], 2]);
});

test('What was undone cannot be committed', async () => {
  const transaction = newTransaction();
  await transaction.run(async () => {
    await insert(1);
    transaction.undo();
    await expect(transaction.commit()).rejects.toThrow('was undone');
  });
  expect(await stored()).toEqual([]);
});

test('What the first statements throw is the outcome, also when the transaction begins again', async () => {
  const refuse = async () => {
    await execute('select 1');
    throw new Error('refused');
  };
  await expect(newTransaction(refuse).run(() => insert(1))).rejects.toThrow('refused');
  const transaction = newTransaction(async () => {
    if (began === 3) await refuse();
  });
  const outcome = transaction.run(async () => {
    transaction.undo();
    await insert(1).catch(() => undefined);
    await insert(2);
  });
  await expect(outcome).rejects.toThrow(/^refused$/);
  expect(await stored()).toEqual([]);
  await untilNoConnectionIsHeld();
});

test('A statement that comes after the end fails, and runs nowhere', async () => {
  const late = Promise.withResolvers<void>();
  const statement = await newTransaction().run(async () => ({ sent: late.promise.then(() => insert(1)) }));
  late.resolve();
  await expect(statement.sent).rejects.toThrow();
  expect(await stored()).toEqual([]);
});

test('A lost connection fails the request, and the pool replaces it', async () => {
  const transaction = newTransaction();
  const outcome = transaction.run(async () => {
    await insert(1);
    await execute('select pg_terminate_backend(pg_backend_pid())').catch(() => undefined);
    await transaction.commit();
  });
  await expect(outcome).rejects.toThrow();
  expect(await stored()).toEqual([]);
  await untilNoConnectionIsHeld();
});
