import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { connect } from '../../src/database/connection.ts';
import { tryConsume } from '../../src/rate-limits/rate-limits.writer.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();
const LIMIT = { burst: 3, perMs: 60_000 };

test('A limit grants its burst, then says how long to wait', async () => {
  const { db } = server.database;
  for (let n = 0; n < 3; n += 1) expect(await tryConsume(db, 'burst', LIMIT)).toBeNull();
  const wait = await tryConsume(db, 'burst', LIMIT);
  expect(wait).toBeGreaterThan(55_000);
  expect(wait).toBeLessThanOrEqual(60_000);
});

test('Another key has a limit of its own', async () => {
  const { db } = server.database;
  for (let n = 0; n < 3; n += 1) await tryConsume(db, 'one', LIMIT);
  expect(await tryConsume(db, 'one', LIMIT)).not.toBeNull();
  expect(await tryConsume(db, 'another', LIMIT)).toBeNull();
});

test('Who waits as long as was said is granted, and a refused claim does not make the wait longer', async () => {
  const { db } = server.database;
  const limit = { burst: 2, perMs: 300 };
  await tryConsume(db, 'wait', limit);
  await tryConsume(db, 'wait', limit);
  await tryConsume(db, 'wait', limit);
  const wait = await tryConsume(db, 'wait', limit);
  expect(wait).toBeGreaterThan(0);
  await delay(Number(wait) + 2);
  expect(await tryConsume(db, 'wait', limit)).toBeNull();
  expect(await tryConsume(db, 'wait', limit)).not.toBeNull();
});

test('Servers that race are granted no more than the limit among them', async () => {
  const servers = [1, 2].map(() =>
    connect({ ...readConfig({}).database, connectionString: server.databaseUrl, poolSize: 8 }),
  );
  try {
    for (let round = 0; round < 10; round += 1) {
      const limit = { burst: 7, perMs: 60_000 };
      const waits = await Promise.all(
        Array.from({ length: 40 }, (_, n) => tryConsume(servers[n % 2]!.db, `race ${round}`, limit)),
      );
      expect(waits.filter((wait) => wait === null)).toHaveLength(7);
    }
  } finally {
    await Promise.all(servers.map((each) => each.close()));
  }
});
