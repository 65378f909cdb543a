import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { untilStatementsWait } from '../harness/eventually.ts';
import { rubric } from '../process/processes.ts';
import { open } from './content.ts';

test('rubric doctor exits with 0 and prints a line for each check, or exits with 1 and prints the first differences, as text or JSON', async () => {
  const database = await open();
  const settings = { DATABASE_URL: database.url };
  const intact = await rubric(['doctor'], settings);
  expect(intact).toMatchObject({ status: 0, stderr: '', stdout: expect.stringMatching(/^(ok {7}.+\n){22}$/) });
  await database.pool.query(`set session_replication_role = replica;
    insert into articles (title, slug, published_at) select 'n', 'n-' || n, now() from generate_series(1, 8) as n`);
  const damaged = await rubric(['doctor'], settings);
  expect(damaged.status).toBe(1);
  expect(damaged.stdout).toMatch(
    /\nDIFFERS {2}search documents match their articles: 8\n( {11}article \d+ has no search document\n){5} {11}and 3 more\n/,
  );
  const { status, stdout } = await rubric(['doctor', '--json'], settings);
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toContainEqual({
    check: 'search documents match their articles',
    differences: 8,
    first: expect.arrayContaining(['article 6 has no search document']),
  });
});

test('rubric doctor waits behind a lock for longer than any timeout of the server', async () => {
  const database = await open();
  const client = await database.pool.connect();
  await client.query('begin; lock table articles in access exclusive mode');
  const doctor = rubric(['doctor'], {
    DATABASE_URL: database.url,
    STATEMENT_TIMEOUT_MS: '1000',
    LOCK_TIMEOUT_MS: '1000',
  });
  try {
    await Promise.race([untilStatementsWait(client), doctor]);
    // The server would end a connection that is silent for twice the statement timeout and a second.
    await delay(3_500);
    await client.query('commit');
  } finally {
    client.release(true);
  }
  expect(await doctor).toMatchObject({ status: 0, stderr: '' });
});
