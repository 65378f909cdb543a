import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Client, type TestResponse } from '../harness/client.ts';
import { eventually } from '../harness/eventually.ts';
import { runs, useRandom } from '../harness/random.ts';
import { newDatabaseSettings, newToken, startServer } from '../process/processes.ts';

const WRITERS = 12;
const random = useRandom();

/** A create, with the answer if there was one before the server was killed. */
interface Sent {
  key: string;
  body: { title: string };
  answer?: TestResponse;
}

const send = (client: Client, { key, body }: Sent) =>
  client.post('/articles', body, { headers: { 'idempotency-key': key } });

/** Creates articles, each with a key of its own, until the server is gone. Half of them need a suffix for their slug. */
async function write(client: Client, name: string, log: Sent[]) {
  for (let count = 0; ; count += 1) {
    const sent: Sent = {
      key: `${name} ${count}`,
      body: { title: random.next() < 0.5 ? `${name} ${count}` : 'The same' },
    };
    log.push(sent);
    sent.answer = await send(client, sent);
    expect(sent.answer.status).toBe(201);
  }
}

const rounds = Array.from({ length: runs(2) }, (_, round) => round);

test.each(rounds)(
  'after SIGKILL, a retry of each create on another server finds or writes exactly one article (round %i)',
  async () => {
    const settings = await newDatabaseSettings();
    const [killed, survivor, token] = await Promise.all([
      startServer(settings),
      startServer(settings),
      newToken('editor', settings),
    ]);
    const log: Sent[] = [];
    const writers = Array.from({ length: WRITERS }, (_, n) =>
      write(new Client(killed.origin, token), `Writer ${n}`, log),
    );
    const ended = Promise.allSettled(writers);
    await eventually(() => expect(log.filter(({ answer }) => answer).length).toBeGreaterThan(WRITERS));
    await delay(random.next() * 500);
    process.kill(killed.pid, 'SIGKILL');
    await ended;

    const client = new Client(survivor.origin, token);
    const retried: TestResponse[] = [];
    for (const sent of log) {
      // PostgreSQL rolls back what the dead server left as soon as it notices that the connection is closed.
      const answer = await eventually(async () => {
        const response = await send(client, sent);
        expect(response.status).toBe(201);
        return response;
      });
      const isReplay = answer.headers.get('idempotency-replayed') === 'true';
      if (sent.answer) expect([isReplay, answer.body]).toEqual([true, sent.answer.body]);
      retried.push(answer);
    }
    const ids = new Set<number>();
    const articles: { title: string }[] = [];
    for (let path = '/articles?limit=100&fields=id,title'; path !== ''; ) {
      const { body } = await client.get(path);
      for (const row of body.data) ids.add(row.id);
      articles.push(...body.data);
      path = body.page.next === null ? '' : `/articles?limit=100&fields=id,title&after=${body.page.next}`;
    }
    expect(articles).toHaveLength(log.length);
    expect(new Set(retried.map(({ body }) => body.id))).toEqual(ids);
    const unanswered = log.filter(({ answer }) => !answer).length;
    expect(unanswered).toBe(WRITERS);
  },
);
