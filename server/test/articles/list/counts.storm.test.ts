import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { listTreePart } from '../../../src/categories/category-tree.queries.ts';
import { readConfig } from '../../../src/config.ts';
import { connect } from '../../../src/database/connection.ts';
import { Client } from '../../harness/client.ts';
import { eventually } from '../../harness/eventually.ts';
import { runs, useRandom } from '../../harness/random.ts';
import {
  expectNothingLeft,
  newDataFolder,
  newToken,
  rubric,
  type Server,
  startServer,
} from '../../process/processes.ts';

/** Roughly how long the writers write. */
const SECONDS = runs(4);
const WRITERS = 32;
const CATEGORIES = 12;

/** Ids that the writers use. Some of these rows have been deleted. */
interface KnownIds {
  categories: number[];
  articles: number[];
}

const random = useRandom();
const any = <T>(all: T[]) => all[Math.floor(random.next() * all.length)] as T;
const some = (all: number[]) => [...new Set(Array.from({ length: Math.floor(random.next() * 5) }, () => any(all)))];

async function create(client: Client, known: KnownIds, publishedAt?: string) {
  const body = { title: 'Storm', categoryIds: some(known.categories), ...(publishedAt && { publishedAt }) };
  const response = await client.post('/articles', body);
  if (response.status === 201) known.articles.push(response.body.id);
  return response;
}

async function createCategory(client: Client, known: KnownIds) {
  const response = await client.post('/categories', {
    name: `Storm ${random.next()}`,
    parentId: any(known.categories),
  });
  if (response.status === 201) known.categories.push(response.body.id);
  return response;
}

/** Sends a random request that changes a count; changes of the tree are rare. */
function act(client: Client, known: KnownIds) {
  const article = `/articles/${any(known.articles) ?? 1}`;
  const category = any(known.categories);
  const articleWrites = [
    () => create(client, known),
    () => create(client, known),
    () => create(client, known, new Date(Date.now() + 200).toISOString()),
    () => client.patch(article, { categoryIds: some(known.categories) }),
    () => client.patch(article, { publishedAt: any([null, new Date(Date.now() + any([-1_000, 200])).toISOString()]) }),
    () => client.put(`${article}/categories/${category}`),
    () => client.delete(`${article}/categories/${category}`),
    () => client.delete(article),
    () => client.post(`${article}/restore`),
    () => client.delete(`${article}?permanent=true`),
  ];
  const treeWrites = [
    () => client.patch(`/categories/${category}`, { parentId: any([null, ...known.categories]) }),
    () => client.patch(`/categories/${category}`, { parentId: any([null, ...known.categories]) }),
    () => createCategory(client, known),
    () => client.delete(`/categories/${category}`),
  ];
  return any(random.next() < 0.05 ? treeWrites : articleWrites)();
}

/** Starts 32 writers; returns a function that stops them. They must get no 5xx and no `write_conflict`. */
function startWriters(client: Client, known: KnownIds) {
  const stop = new AbortController();
  const write = async () => {
    while (!stop.signal.aborted) {
      const { status, body } = await act(client, known);
      if (stop.signal.aborted) return;
      expect(status, JSON.stringify(body)).toBeLessThan(500);
      expect(body?.code, JSON.stringify(body)).not.toBe('write_conflict');
    }
  };
  const writers = Promise.allSettled(Array.from({ length: WRITERS }, write));
  return async ({ killed }: { killed: boolean }) => {
    stop.abort();
    const failed = (await writers).flatMap((writer) => (writer.status === 'rejected' ? [writer.reason as Error] : []));
    // A request that was in flight when the server was killed fails.
    expect(failed.filter(({ message }) => !(killed && /fetch failed|terminated/.test(message)))).toEqual([]);
  };
}

const LIVE = `
  with recursive above as (
    select id as category_id, id as section from categories
    union all select above.category_id, parent_id from above join categories on id = section where parent_id is not null
  ), links as (
    select article_id, category_id from article_categories join articles on id = article_id
    where deleted_at is null and published_at <= now()
  )
  select id::int, (select count(*) from links where category_id = id)::int as direct,
    (select count(distinct article_id) from links join above using (category_id) where section = id)::int as deep
  from categories order by id`;

/** For some seconds, compares the counts that the server stores with exact ones in the same snapshot. Returns how often. */
async function compareCounts(server: Server, seconds: number): Promise<number> {
  const folder = /psql -h (\S+) -U rubric rubric/.exec(server.output())?.[1] ?? '';
  const connectionString = `postgresql://rubric@localhost/rubric?host=${encodeURIComponent(folder)}&sslmode=disable`;
  const connection = connect({ ...readConfig({}).database, connectionString, onIdleError: () => undefined });
  onTestFinished(() => connection.close());
  let compared = 0;
  for (const until = Date.now() + seconds * 1_000; Date.now() < until; compared += 1) {
    await connection.db.transaction(
      async (tx) => {
        const read = (await listTreePart(tx, { afterId: 0, limit: 1_000 })).map(
          ({ id, articleCount, articleCountDeep }) => ({
            id,
            direct: articleCount,
            deep: articleCountDeep,
          }),
        );
        const { rows } = await tx.execute<{ id: number }>(LIVE);
        expect(read.sort((a, b) => a.id - b.id)).toEqual(rows);
      },
      { isolationLevel: 'repeatable read', accessMode: 'read only' },
    );
  }
  return compared;
}

const healthy = { status: 0, stderr: '', stdout: expect.stringMatching(/^(ok .+\n)+$/) };

test('counts stay exact while 32 writers change everything at once, and after SIGKILL in the middle of it', async () => {
  const settings = { RUBRIC_DATA: newDataFolder(), DATABASE_POOL: '20' };
  const killed = await startServer(settings);
  const token = await newToken('admin', settings);
  const known: KnownIds = { categories: [], articles: [] };
  for (let n = 0; n < CATEGORIES; n += 1) {
    const parentId = n < 3 ? null : known.categories[(n - 3) % 6];
    known.categories.push(
      (await new Client(killed.origin, token).post('/categories', { name: `C ${n}`, parentId })).body.id,
    );
  }

  const stopFirst = startWriters(new Client(killed.origin, token), known);
  expect(await compareCounts(killed, SECONDS / 2)).toBeGreaterThan(0);
  const stopped = stopFirst({ killed: true });
  process.kill(killed.pid, 'SIGKILL');
  await stopped;
  await expectNothingLeft(killed);
  expect(await rubric(['doctor'], settings)).toEqual(healthy);

  const server = await startServer(settings);
  const stopSecond = startWriters(new Client(server.origin, token), known);
  expect(await compareCounts(server, SECONDS / 2)).toBeGreaterThan(0);
  expect(await rubric(['doctor'], settings), 'during the storm').toEqual(healthy);
  await eventually(() => expect(known.articles.length).toBeGreaterThan(WRITERS));
  await stopSecond({ killed: false });
  await delay(300); // until the scheduled articles are published
  expect(await compareCounts(server, 0.1)).toBeGreaterThan(0);
  expect(await rubric(['doctor'], settings), 'after the storm').toEqual(healthy);
});
