import type { Client, Pool, PoolClient } from 'pg';
import { expect, vi } from 'vitest';

/**
 * Repeats a check until it passes, and returns its result. The limit only ends a test that would wait forever; it leaves
 * room for a slow machine.
 */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: 60_000, interval: 10 });

/** The condition on a row of `pg_stat_activity` that it does not run a statement of a worker, which can wait for locks too. */
export const IS_FOREGROUND = `query !~ 'search_backlog|article_search|sequence_events|event_sequence|rubric[.]category_counts'`;

/**
 * Waits until this many sessions of the database of the connection wait for a lock, workers aside. The parallel workers of a
 * session count as one with it. `pg_stat_activity` does not change within a transaction before it is cleared, `pg_locks` does.
 */
export async function untilStatementsWait(
  connection: Pick<Client | Pool | PoolClient, 'query'>,
  count = 1,
): Promise<void> {
  await eventually(async () => {
    await connection.query('select pg_stat_clear_snapshot()');
    const { rows } = await connection.query(
      `select distinct coalesce(leader_pid, pid) from pg_stat_activity
       where datname = current_database() and ${IS_FOREGROUND} and pid in (select pid from pg_locks where not granted)`,
    );
    expect(rows).toHaveLength(count);
  });
}
