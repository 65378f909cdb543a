import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signIn } from '../harness/browser-client.ts';
import { eventually } from '../harness/eventually.ts';
import { operations } from '../harness/operations.ts';
import { expectProblem } from '../harness/problem.ts';
import { newArticle, newCategory } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';
import { bodyOf, expectUnharmed, pathOf } from './hostile.ts';

const server = useServer();
let operator: pg.Client;
beforeAll(async () => {
  operator = new pg.Client({ connectionString: server.databaseUrl });
  await operator.connect();
});
afterAll(() => operator.end());

/** Like a failover to a standby: sessions end, and new ones cannot write. */
async function makeReadOnly() {
  await setReadOnly('on');
  await operator.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
  );
}

/** Open sessions stay as they are. */
async function setReadOnly(mode: 'on' | 'off') {
  const { rows } = await operator.query<{ name: string }>('select current_database() as name');
  await operator.query(`alter database ${rows[0]?.name} set default_transaction_read_only = ${mode}`);
}

describe('V16.5.1 While PostgreSQL is read-only', () => {
  let article: { id: number };
  let person: Awaited<ReturnType<typeof signIn>>;
  beforeAll(async () => {
    article = await newArticle(server.as.editor, {});
    person = await signIn(server, 'editor');
    await server.database.pool.query(`update sessions set updated_at = now() - interval '2 hours'`);
    await makeReadOnly();
    await eventually(async () => expect((await server.anonymous.get('/articles')).status).toBe(200));
  });

  test.each(operations.map((operation) => [operation.name, operation] as const))('%s', async (_, operation) => {
    const response = await server.as.admin.call(operation.method, pathOf(operation), bodyOf(operation));
    if (response.status === 503) expectProblem(response, 503, 'database_unavailable');
    else expectUnharmed(response, operation.name);
    if (response.status === 503) expect(response.headers.get('retry-after')).toBe('1');
  });

  test('writes get 503 with Retry-After', async () => {
    for (const response of [
      await server.as.editor.post('/articles', { title: 'x' }),
      await server.as.editor.patch(`/articles/${article.id}`, { title: 'x' }),
      await server.as.editor.delete(`/articles/${article.id}`),
      await person.post('/categories', { name: 'x' }),
      await server.anonymous.post('/sessions', { email: 'maud@rubric.example', password: 'x' }),
    ]) {
      expectProblem(response, 503, 'database_unavailable');
      expect(response.headers.get('retry-after')).toBe('1');
    }
  });

  test('reads go on, with a token, and with a session that was not used for an hour', async () => {
    for (const client of [server.anonymous, server.as.editor, person]) {
      expect((await client.get('/articles')).status).toBe(200);
      expect((await client.get(`/articles/${article.id}`)).status).toBe(200);
    }
    expect((await server.anonymous.get('/health/ready')).status).toBe(200);
  });
});

test('A server writes again as soon as new connections can write, whatever its open connections can', async () => {
  await makeReadOnly();
  await eventually(async () => {
    const reads = await Promise.all(Array.from({ length: 20 }, () => server.as.editor.get('/articles?total=true')));
    expect(reads.map(({ status }) => status)).toEqual(reads.map(() => 200));
  });
  await setReadOnly('off');
  await eventually(async () => {
    const statuses = [];
    for (let n = 0; n < 10; n += 1) statuses.push((await newCategory(server.as.editor)).id);
    expect(statuses).toHaveLength(10);
  });
});
