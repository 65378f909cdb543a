import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Connection, connect } from '../../src/database/connection.ts';
import type { Database } from '../../src/database/database.ts';
import { eventually } from '../harness/eventually.ts';
import { cloneDatabase } from '../harness/server.ts';

let connection: Connection;
let drop: () => Promise<void>;
const options = { poolSize: 4, statementTimeoutMs: 10_000, lockTimeoutMs: 0, prepare: true, pipeline: true };
beforeAll(async () => {
  const database = await cloneDatabase();
  drop = database.drop;
  connection = connect({ ...options, connectionString: database.url });
});
afterAll(async () => {
  await connection.close();
  await drop();
});

/** The session that each pool uses for a statement. */
async function sessions(): Promise<number[]> {
  const { db, snapshots, control } = connection;
  const session = async (on: Database) =>
    (await on.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)).rows[0]?.pid ?? 0;
  return [
    await session(db),
    await session(db.longRunning as Database),
    await session(control),
    await snapshots.expensive.run(session, new AbortController().signal),
  ];
}

test('A write that a read-only PostgreSQL refuses replaces the connections of all pools', async () => {
  // The connection of the expensive reads goes back to its pool a moment after its read.
  const before = await eventually(async () => {
    const found = await sessions();
    expect(await sessions()).toEqual(found);
    return found;
  });
  const write = connection.db.transaction((tx) => tx.execute(sql`insert into authors (name, slug) values ('x', 'x')`), {
    accessMode: 'read only',
  });
  await expect(write).rejects.toMatchObject({ cause: { code: '25006' } });
  expect((await sessions()).filter((pid) => before.includes(pid))).toEqual([]);
});
