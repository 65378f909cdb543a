import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { Client } from '../harness/client.ts';
import { eventually } from '../harness/eventually.ts';
import { newDatabaseSettings, newToken, startServer } from '../process/processes.ts';

test('A server that is killed between a write and its answer has written nothing; another one answers the retry', async () => {
  const settings = { ...(await newDatabaseSettings()), LOCK_TIMEOUT_MS: '120000', STATEMENT_TIMEOUT_MS: '120000' };
  const [killed, survivor, token] = await Promise.all([
    startServer(settings),
    startServer(settings),
    newToken('editor', settings),
  ]);
  const database = new pg.Client(settings.DATABASE_URL);
  await database.connect();
  onTestFinished(() => database.end());
  const send = ({ origin }: { origin: string }) =>
    new Client(origin, token).post('/articles', { title: 'Once' }, { headers: { 'idempotency-key': 'killed' } });

  await database.query('begin; lock idempotency_keys in share mode');
  const failed = expect(send(killed)).rejects.toThrow();
  await eventually(async () => {
    const { rows } = await database.query(
      `select from pg_locks where not granted and relation = 'idempotency_keys'::regclass`,
    );
    expect(rows).toHaveLength(1);
  });
  process.kill(killed.pid, 'SIGKILL');
  await failed;
  expect((await send(survivor)).body.code).toBe('idempotency_in_flight');
  await database.query('rollback');

  const answer = await eventually(async () => {
    const response = await send(survivor);
    expect(response.status).toBe(201);
    return response;
  });
  expect(answer.headers.get('idempotency-replayed')).toBe(null);
  const replay = await send(survivor);
  expect([replay.body, replay.headers.get('idempotency-replayed')]).toEqual([answer.body, 'true']);
  expect((await database.query('select id::int, version from articles')).rows).toEqual([
    { id: answer.body.id, version: 1 },
  ]);
});
