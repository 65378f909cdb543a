import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { expect, test } from 'vitest';
import { eventually } from '../harness/eventually.ts';
import { runs, useRandom } from '../harness/random.ts';
import { insertTestToken, TEST_SETTINGS } from '../harness/server.ts';
import { connectTo, newDataFolder, type Server, startServer } from './processes.ts';

/**
 * PostgreSQL is killed while two servers number events: as a whole, one backend, or the one that numbers. In the end each
 * committed change has one event, each schedule that came due has one publication, ids have no gap, and what a reader saw
 * before a kill is what it would see again.
 */

const random = useRandom();
const ROUNDS = runs(2);
const REQUESTERS = 3;
const TRANSACTIONS = 3;

const below = (count: number) => Math.floor(random.next() * count);

interface Storm {
  servers: Server[];
  token: string;
  folder: string;
  socket: string;
  /** Whether the writers should stop, and whether they have. */
  isOver: boolean;
  isQuiet: boolean;
  /** The ids of articles whose creation was acknowledged; true if they were scheduled and not changed since. */
  acknowledged: Map<number, boolean>;
  /** The slugs of rows that a transaction created and rolled back. A crash can give out their ids again. */
  rolledBack: Set<string>;
  kills: Record<string, number>;
}

/** Calls one of the servers. Returns its answer, undefined if it did not answer or was away. */
async function call({ servers, token }: Storm, method: string, path: string, body?: object): Promise<any> {
  const origin = servers[below(servers.length)]?.origin ?? '';
  const response = await fetch(origin + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  }).catch(() => undefined);
  if (response === undefined || response.status === 503) return undefined;
  expect(response.status, await response.clone().text()).toBeLessThan(300);
  return response.json();
}

/** Creates articles, some of them scheduled for a moment, and changes others. */
async function request(storm: Storm, name: string) {
  for (let count = 0; !storm.isOver; count += 1) {
    const isScheduled = random.next() < 0.3;
    const publishedAt = isScheduled ? new Date(Date.now() + below(1_500)).toISOString() : null;
    const created = await call(storm, 'POST', '/articles', { title: `${name} ${count}`, publishedAt });
    if (created === undefined) await delay(20);
    else {
      storm.acknowledged.set(created.id, isScheduled);
      if (!isScheduled) {
        await call(storm, 'PATCH', `/articles/${created.id}`, { publishedAt: new Date().toISOString() });
        await call(storm, 'PATCH', `/articles/${created.id}`, { title: `${name} ${count}, changed` });
      }
    }
  }
}

/** Runs transactions that stay open for a while, a third of which roll back. */
async function transact(storm: Storm, name: string) {
  for (let count = 0; !storm.isOver; count += 1) {
    const client = new pg.Client({ host: storm.socket, user: 'rubric', database: 'rubric' });
    client.on('error', () => undefined);
    const insert = async (suffix: string) => {
      const slug = `${name}-${count}-${suffix}`;
      await client.query('insert into authors (name, slug) values ($1, $1)', [slug]);
      return slug;
    };
    try {
      await client.connect();
      await client.query('begin');
      const slugs = [await insert('a')];
      await delay(random.next() * 300);
      slugs.push(await insert('b'));
      if (random.next() < 0.33) {
        for (const slug of slugs) storm.rolledBack.add(slug);
        await client.query('rollback');
      } else await client.query('commit');
    } catch {
      await delay(20);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

/** Follows the events over both servers until nobody writes and a page is empty. */
async function follow(storm: Storm): Promise<any[]> {
  const seen: any[] = [];
  for (;;) {
    const wasQuiet = storm.isQuiet;
    const page = await call(storm, 'GET', `/events?limit=100&after=${seen.at(-1)?.id ?? 0}`);
    if (page === undefined) await delay(20);
    else if (page.data.length === 0 && wasQuiet) return seen;
    else seen.push(...page.data);
  }
}

/** Kills in a random way. The backend that numbers is found by what it runs. */
async function kill(storm: Storm) {
  const postmaster = Number.parseInt(readFileSync(join(storm.folder, 'postgres/postmaster.pid'), 'utf8'), 10);
  const backends = `select pid from pg_stat_activity where datname = 'rubric' and pid <> pg_backend_pid()`;
  const kinds: [string, () => Promise<void>][] = [
    ['PostgreSQL by SIGKILL', async () => void process.kill(postmaster, 'SIGKILL')],
    ['PostgreSQL by an immediate shutdown', async () => void process.kill(postmaster, 'SIGQUIT')],
    ['a backend', () => killBackend(storm, `${backends} order by random() limit 1`)],
    [
      'the sequencer',
      () => killBackend(storm, `${backends} and state <> 'idle' and query ~ 'event_sequence|sequence_events' limit 1`),
    ],
  ];
  const [name, strike] = kinds[below(kinds.length)] as (typeof kinds)[number];
  await strike();
  storm.kills[name] = (storm.kills[name] ?? 0) + 1;
}

/** Kills the first backend that the statement finds; it is asked until there is one. */
async function killBackend({ socket }: Storm, statement: string) {
  const client = new pg.Client({ host: socket, user: 'rubric', database: 'rubric' });
  client.on('error', () => undefined);
  await client.connect();
  let pid: number | undefined;
  while (pid === undefined) pid = (await client.query(statement)).rows[0]?.pid;
  process.kill(pid, 'SIGKILL');
  await client.end().catch(() => undefined);
}

test('events survive any kill of PostgreSQL, each once', { timeout: 60_000 + 30_000 * ROUNDS }, async () => {
  const folder = newDataFolder();
  const first = await startServer({ RUBRIC_DATA: folder });
  const socket = /psql -h (\S+) -U rubric rubric/.exec(first.output())?.[1] as string;
  const second = await startServer({
    DATABASE_URL: `postgresql://rubric@localhost/rubric?host=${encodeURIComponent(socket)}`,
    ...TEST_SETTINGS,
  });
  const storm: Storm = {
    servers: [first, second],
    token: await insertTestToken(await connectTo(first), 'editor'),
    folder,
    socket,
    isOver: false,
    isQuiet: false,
    acknowledged: new Map(),
    rolledBack: new Set(),
    kills: {},
  };
  const following = follow(storm);
  const writing = Promise.all([
    ...Array.from({ length: REQUESTERS }, (_, n) => request(storm, `Requester ${n}`)),
    ...Array.from({ length: TRANSACTIONS }, (_, n) => transact(storm, `transaction-${n}`)),
  ]);
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = storm.acknowledged.size;
    await eventually(() => expect(storm.acknowledged.size).toBeGreaterThan(before + 5));
    await delay(random.next() * 500);
    await kill(storm);
  }
  const before = storm.acknowledged.size;
  await eventually(() => expect(storm.acknowledged.size).toBeGreaterThan(before + 5));
  storm.isOver = true;
  await writing;
  await delay(1_500); // until the last schedules are due
  storm.isQuiet = true;
  const seen = await following;
  // oxlint-disable-next-line no-console
  console.log(storm.kills, `${seen.length} events`);
  await expectExact(storm, seen);
});

async function expectExact(storm: Storm, seen: any[]) {
  const client = await connectTo(storm.servers[0] as Server);
  expect(seen.map(({ id }) => Number(id))).toEqual(seen.map((_, index) => index + 1));
  const { rows: wrong } = await client.query(
    `select entry.id, action, count(event.id)::int from audit_log as entry left join events as event on log_id = entry.id
    where entry.is_public is not null group by 1, 2 having count(event.id) <> 1`,
  );
  expect(wrong, 'each committed change has one event').toEqual([]);
  const { rows: all } = await client.query(
    `select event.id::text, event.type, subject, subject_id::int, coalesce(subject_version, 0) as version
    from events as event left join audit_log as entry on entry.id = log_id order by event.id`,
  );
  expect(all.map(({ id, type, subject, subject_id }) => [id, type, subject, subject_id])).toEqual(
    seen.map(({ id, type, subject }) => [String(id), type, subject.type, subject.id]),
  );
  const { rows: disordered } = await client.query(
    `select from (
      select subject_version, lag(subject_version) over (partition by subject, subject_id order by events.id) as previous
      from events join audit_log on audit_log.id = log_id where action <> 'article.publish'
    ) as version where previous >= subject_version`,
  );
  expect(disordered, 'changes of one row are in order').toEqual([]);

  const typesOf = (id: number) =>
    seen.filter(({ subject }) => subject.type === 'article' && subject.id === id).map(({ type }) => type);
  for (const [id, isScheduled] of storm.acknowledged) {
    const types = typesOf(id);
    if (isScheduled) expect([['article.created', 'article.published'], ['article.created']]).toContainEqual(types);
    else expect(types[0]).toBe('article.created');
  }
  const { rows: due } = await client.query(
    `select article.id from articles as article where (
      select count(*) filter (where event.is_public and not event.was_public) from events as event
        join audit_log as entry on entry.id = event.log_id where subject = 'article' and subject_id = article.id
    ) <> case when listed_at <= now() then 1 else 0 end`,
  );
  expect(due, 'each article became public once').toEqual([]);
  for (const { subject } of seen) expect(storm.rolledBack).not.toContain(subject.slug);
}
