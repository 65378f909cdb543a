import type { Client, Pool, PoolClient } from 'pg';
import { expect, vi } from 'vitest';

/**
 * Repeats a check until it passes, and returns its result. The limit only ends a test that would wait forever; it leaves
 * room for a slow machine.
 */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: 60_000, interval: 10 });

/**
 * Waits until this many sessions of the database of the connection wait for a lock. `pg_stat_activity` does not change
 * within a transaction, `pg_locks` does.
 */
export async function untilStatementsWait(
  connection: Pick<Client | Pool | PoolClient, 'query'>,
  count = 1,
): Promise<void> {
  await eventually(async () => {
    const { rows } = await connection.query(
      `select distinct pid from pg_locks as waiting where not granted and pid in (
         select pid from pg_locks where database = (select oid from pg_database where datname = current_database()))`,
    );
    expect(rows).toHaveLength(count);
  });
}
