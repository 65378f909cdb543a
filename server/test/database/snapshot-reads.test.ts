import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { countCategories } from '../../src/categories/categories.queries.ts';
import { eventually } from '../harness/eventually.ts';
import { newCategory } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();

test('Reads on one snapshot do not see what was written after the first of them', async () => {
  const { signal } = new AbortController();
  const totals = await server.database.snapshots.ordinary.run(async (db) => {
    const before = await countCategories(db);
    await newCategory(server.as.editor);
    return [before, await countCategories(db)];
  }, signal);
  expect(totals).toEqual([[{ total: 0 }], [{ total: 0 }]]);
});

test('A client that hung up before its connection was free runs nothing, and the connection serves the next', async () => {
  const { snapshots } = server.database;
  const reads: string[] = [];
  const read = (name: string) => async (db: typeof server.database.db) => {
    reads.push(name);
    return db.execute(sql`select 1`);
  };
  await expect(snapshots.expensive.run(read('aborted'), AbortSignal.abort(new Error('hung up')))).rejects.toThrow(
    'hung up',
  );
  for (let n = 0; n < 3; n += 1) await snapshots.expensive.run(read('next'), new AbortController().signal);
  expect(reads).toEqual(['next', 'next', 'next']);
  // The transaction ends after the response.
  await eventually(async () => {
    const { rows } = await server.database.pool.query(
      `select from pg_stat_activity where datname = current_database() and state like 'idle in%'`,
    );
    expect(rows).toEqual([]);
  });
});

test('A read that is cancelled between two statements runs no other', async () => {
  const client = new AbortController();
  const read = server.database.snapshots.ordinary.run(async (db) => {
    await db.execute(sql`select 1`);
    client.abort(new Error('hung up'));
    await db.execute(sql`select 1`);
  }, client.signal);
  await expect(read).rejects.toMatchObject({ cause: { message: 'hung up' } });
});
