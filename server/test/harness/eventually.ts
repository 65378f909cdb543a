import type { Client, Pool } from 'pg';
import { expect, vi } from 'vitest';

/**
 * Repeats a check until it passes, and returns its result. The limit only ends a test that would wait forever; it leaves
 * room for a slow machine.
 */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: 60_000, interval: 10 });

/** Waits until this many statements in the database of the connection wait for a lock. */
export async function untilStatementsWait(connection: Client | Pool, count = 1): Promise<void> {
  await eventually(async () => {
    const { rows } = await connection.query(
      `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
    );
    expect(rows).toHaveLength(count);
  });
}
