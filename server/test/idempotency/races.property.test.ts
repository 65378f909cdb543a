import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Client } from '../harness/client.ts';
import { concurrently } from '../harness/concurrency.ts';
import { expectProblem } from '../harness/problem.ts';
import { runs } from '../harness/random.ts';
import { newArticle, times, unique } from '../harness/seed.ts';
import { insertTestToken, startServerBeside, useServer } from '../harness/server.ts';

const server = useServer();
let beside: Awaited<ReturnType<typeof startServerBeside>>;
/** One caller on two servers. */
let clients: [Client, Client];

beforeAll(async () => {
  beside = await startServerBeside(server);
  const token = await insertTestToken(server.database.pool, 'editor');
  clients = [new Client(server.url, token), new Client(beside.editor.origin, token)];
});
afterAll(() => beside.close());

/** Sends equal requests at the same time, each until it has an answer. */
async function race(count: number, method: string, path: string, body: object) {
  const headers = { 'idempotency-key': randomUUID() };
  let inFlight = 0;
  const answers = await concurrently(count, async (n) => {
    for (;;) {
      const answer = await (clients[n % 2] as Client).call(method, path, body, { headers });
      if (answer.status !== 409) return answer;
      expectProblem(answer, 409, 'idempotency_in_flight');
      inFlight += 1;
    }
  });
  return { answers, inFlight };
}

const ROUNDS = runs(6);

test('32 equal requests to two servers write once; the others get 409 until they get the answer', async () => {
  let inFlight = 0;
  await times(ROUNDS, async () => {
    const title = unique('Raced');
    const raced = await race(32, 'POST', '/articles', { title });
    inFlight += raced.inFlight;
    const isFirst = raced.answers.filter(({ headers }) => headers.get('idempotency-replayed') === null);
    expect(isFirst).toHaveLength(1);
    for (const { status, body } of raced.answers) expect([status, body]).toEqual([201, isFirst[0]?.body]);
    const { rows } = await server.database.pool.query('select count(*)::int from articles where title = $1', [title]);
    expect(rows).toEqual([{ count: 1 }]);
  });
  expect(inFlight).toBeGreaterThan(0);
});

test('equal updates with a key and others without: each key raises the version once', async () => {
  await times(ROUNDS, async () => {
    const { id } = await newArticle(server.as.editor);
    await Promise.all([
      race(8, 'PATCH', `/articles/${id}`, { title: unique('One') }),
      race(8, 'PATCH', `/articles/${id}`, { title: unique('Two') }),
      concurrently(4, (n) => server.as.editor.patch(`/articles/${id}`, { title: `Without ${n}` })),
    ]);
    const { body } = await server.as.editor.get(`/articles/${id}`);
    expect(body.version).toBe(1 + 2 + 4);
  });
});
