import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Client } from '../harness/client.ts';
import { bearer, openStream, type TestEvent } from '../harness/event-stream.ts';
import { eventually } from '../harness/eventually.ts';
import { runs, useRandom } from '../harness/random.ts';
import { newAuthor, times } from '../harness/seed.ts';
import { insertTestToken, startServerBeside, useServer } from '../harness/server.ts';

/**
 * Random writers with short and long transactions, a third of which roll back, beside readers who follow the events in
 * pages and in streams that break off, on two servers. Each reader gets each event that its caller can see exactly once, in
 * the one order, and the events are exactly the changes that were committed.
 */

const random = useRandom();
const server = useServer();
const WRITERS = 6;
const TRANSACTIONS = 25;

let beside: Awaited<ReturnType<typeof startServerBeside>>;
let writersPool: pg.Pool;
beforeAll(async () => {
  beside = await startServerBeside(server);
  writersPool = new pg.Pool({ connectionString: server.databaseUrl, max: WRITERS });
});
afterAll(async () => {
  await writersPool.end();
  await beside.close();
});

const below = (count: number) => Math.floor(random.next() * count);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, random.next() * ms));

/** A committed change as its event should show it. */
type Change = `${string} ${number}`;

interface State {
  isWriting: boolean;
  committed: Change[];
}

/** Articles that only some callers see. */
const drafts = new Set<number>();

/** Runs transactions that change rows of the writer and rows that all writers change. Returns when all have ended. */
async function write(state: State, sharedIds: number[]) {
  const own: number[] = [];
  for (let n = 0; n < TRANSACTIONS; n += 1) {
    const client = await writersPool.connect();
    await client.query('begin');
    const changes: Change[] = [];
    const created: number[] = [];
    for (let statement = 0; statement <= below(4); statement += 1) {
      const isDraft = random.next() < 0.5;
      const { rows } = await client.query(
        `insert into articles (title, slug, published_at)
         select 'Random', 'random-' || currval('articles_id_seq') || '-' || gen_random_uuid(), ${isDraft ? 'null' : "date_trunc('milliseconds', now())"}
         from (select nextval('articles_id_seq')) as next returning id`,
      );
      created.push(Number(rows[0].id));
      if (isDraft) drafts.add(Number(rows[0].id));
      changes.push(`article.created ${rows[0].id}`);
      if (random.next() < 0.3) await pause(40);
    }
    const ownId = own[below(own.length)];
    if (ownId !== undefined && random.next() < 0.5) {
      await client.query('update articles set title = title || $$ again$$ where id = $1', [ownId]);
      changes.push(`article.updated ${ownId}`);
    }
    const sharedId = sharedIds[below(sharedIds.length)]!;
    if (random.next() < 0.7) {
      await client.query("update authors set bio = coalesce(bio, '') || '.' where id = $1", [sharedId]);
      changes.push(`author.updated ${sharedId}`);
    }
    if (n % 8 === 0) await pause(1_500);
    if (random.next() < 1 / 3) {
      await client.query('rollback');
    } else {
      await client.query('commit');
      state.committed.push(...changes);
      own.push(...created);
    }
    client.release();
  }
}

/** Follows the events page by page until the writers have ended and nothing more comes. */
async function followPages(clients: Client[], state: State): Promise<TestEvent[]> {
  const seen: TestEvent[] = [];
  for (let next = '0', n = 0; ; n += 1) {
    const wasWriting = state.isWriting;
    const { status, body } = await clients[n % clients.length]!.get(`/events?after=${next}&limit=${1 + below(30)}`);
    expect(status, JSON.stringify(body)).toBe(200);
    seen.push(...body.data);
    if (!wasWriting && body.page.next === next) return seen;
    next = body.page.next;
  }
}

/** The same by streams on both servers in turns, which the client closes at random. */
async function followStreams(token: string, state: State): Promise<TestEvent[]> {
  const seen: TestEvent[] = [];
  const origins = [server.url, beside.editor.origin];
  for (let last = '0', n = 0; ; n += 1) {
    const wasWriting = state.isWriting;
    const headers = { 'last-event-id': last };
    const stream = await openStream(origins[n % 2]!, bearer(token), { headers });
    if (wasWriting) await pause(600);
    else {
      const { rows } = await server.database.pool.query('select max(id) as id from events');
      await eventually(() =>
        expect(Number(stream.events.at(-1)?.id ?? last)).toBeGreaterThanOrEqual(Number(rows[0].id)),
      );
    }
    stream.close();
    seen.push(...stream.events);
    last = String(stream.events.at(-1)?.id ?? last);
    if (!wasWriting) return seen;
  }
}

test(
  'Every reader gets every visible event once, in one order, and nothing else',
  async () => {
    for (let run = 0; run < runs(1); run += 1) await playOnce();
  },
  60_000 * runs(1),
);

async function playOnce() {
  const sharedIds = (await times(3, () => newAuthor(server.as.editor))).map(({ id }) => id);
  const state: State = { isWriting: true, committed: [] };
  const token = await insertTestToken(server.database.pool, 'reader');
  const readers = Promise.all([
    followPages([server.as.editor, beside.editor], state),
    followPages([server.as.contributor], state),
    followStreams(token, state),
    followStreams(token, state),
  ]);
  await Promise.all(Array.from({ length: WRITERS }, () => write(state, sharedIds)));
  state.isWriting = false;
  const [all, visible, ...streamed] = await readers;

  const ids = all.map(({ id }) => id);
  expect(ids).toEqual(ids.map((_, n) => n + 1));
  for (const events of streamed) expect(events).toEqual(all);
  expect(visible).toEqual(all.filter(({ subject }) => subject.type !== 'article' || !drafts.has(subject.id)));

  const mine = all.slice(-state.committed.length).map(({ type, subject }) => `${type} ${subject.id}`);
  expect(mine.toSorted()).toEqual(state.committed.toSorted());
  const { rows } = await server.database.pool.query(
    `select from (
       select subject_version, lag(subject_version) over (partition by subject, subject_id order by events.id) as previous
       from events join audit_log on audit_log.id = log_id) as version
     where previous >= subject_version`,
  );
  expect(rows, 'changes of one row are in order').toHaveLength(0);
}
