import { expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { connect } from '../../src/database/connection.ts';
import { tryConsumeAttempt } from '../../src/rate-limits/attempts.writer.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();
const LIMIT = { burst: 3, perMs: 3_600_000 };

test('A limit allows its burst, then returns the time to wait', async () => {
  const { db } = server.database;
  for (let n = 0; n < 3; n += 1) expect(await tryConsumeAttempt(db, 'burst', LIMIT)).toBeNull();
  const wait = await tryConsumeAttempt(db, 'burst', LIMIT);
  expect(wait).toBeGreaterThan(3_000_000);
  expect(wait).toBeLessThanOrEqual(3_600_000);
});

test('Each key has its own limit', async () => {
  const { db } = server.database;
  for (let n = 0; n < 3; n += 1) await tryConsumeAttempt(db, 'one', LIMIT);
  expect(await tryConsumeAttempt(db, 'one', LIMIT)).not.toBeNull();
  expect(await tryConsumeAttempt(db, 'another', LIMIT)).toBeNull();
});

test('An attempt is allowed after the returned time, and a refused one does not extend it', async () => {
  const { db } = server.database;
  const limit = { burst: 2, perMs: 600_000 };
  await tryConsumeAttempt(db, 'wait', limit);
  await tryConsumeAttempt(db, 'wait', limit);
  await tryConsumeAttempt(db, 'wait', limit);
  const wait = await tryConsumeAttempt(db, 'wait', limit);
  expect(wait).toBeGreaterThan(0);
  await server.database.pool.query(
    `update rate_limits set resets_at = resets_at - $1 * interval '1 ms' where key = 'wait'`,
    [wait],
  );
  expect(await tryConsumeAttempt(db, 'wait', limit)).toBeNull();
  expect(await tryConsumeAttempt(db, 'wait', limit)).not.toBeNull();
});

test('Concurrent servers together never exceed the limit', async () => {
  const servers = [1, 2].map(() =>
    connect({ ...readConfig({}).database, connectionString: server.databaseUrl, poolSize: 8 }),
  );
  try {
    for (let round = 0; round < 10; round += 1) {
      const limit = { burst: 7, perMs: 60_000 };
      const waits = await Promise.all(
        Array.from({ length: 40 }, (_, n) => tryConsumeAttempt(servers[n % 2]!.db, `race ${round}`, limit)),
      );
      expect(waits.filter((wait) => wait === null)).toHaveLength(7);
    }
  } finally {
    await Promise.all(servers.map((each) => each.close()));
  }
});
