import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Client } from '../harness/client.ts';
import { eventually } from '../harness/eventually.ts';
import { runs, useRandom } from '../harness/random.ts';
import { connectTo, expectNothingLeft, newDataFolder, newToken, type Server, startServer } from './processes.ts';

const WRITERS = 6;
const CATEGORIES = 5;
const random = useRandom();

/** The categories of an article: as acknowledged by the server, and as requested last without a response. */
interface Written {
  title: string;
  acknowledged: number[] | undefined;
  requested: number[] | undefined;
}

/** Returns a random selection of the categories in random order. */
const sample = (categories: number[]) =>
  categories
    .map((id) => ({ id, place: random.next() }))
    .filter(({ place }) => place < 0.7)
    .sort((a, b) => a.place - b.place)
    .map(({ id }) => id);

/** Creates articles and replaces their categories, one request at a time, until the server is killed. */
async function write(client: Client, name: string, categories: number[], log: Written[]) {
  for (let count = 0; ; count += 1) {
    const written: Written = { title: `${name} ${count}`, acknowledged: undefined, requested: sample(categories) };
    log.push(written);
    const created = await client.post('/articles', { title: written.title, categoryIds: written.requested });
    expect(created.status).toBe(201);
    written.acknowledged = written.requested;
    written.requested = sample(categories);
    const changed = await client.patch(`/articles/${created.body.id}`, { categoryIds: written.requested });
    expect(changed.status).toBe(200);
    written.acknowledged = written.requested;
    written.requested = undefined;
  }
}

/** Reads the categories of each article, by title. */
async function readAll({ origin }: Server): Promise<Map<string, number[]>> {
  const client = new Client(origin);
  const found = new Map<string, number[]>();
  for (let path = '/articles?limit=100'; path !== ''; ) {
    const { body } = await client.get(path);
    for (const { title, categories } of body.data)
      found.set(
        title,
        categories.map(({ id }: { id: number }) => id),
      );
    path = body.page.next === null ? '' : `/articles?limit=100&after=${body.page.next}`;
  }
  return found;
}

async function writeUntilKilled(server: Server, settings: Record<string, string>): Promise<Written[]> {
  const client = new Client(server.origin, await newToken('editor', settings));
  const names = Array.from({ length: CATEGORIES }, (_, index) => `Category ${index}`);
  const created = await Promise.all(names.map((name) => client.post('/categories', { name })));
  const categories = created.map(({ body }) => body.id as number);
  const log: Written[] = [];
  const writers = Array.from({ length: WRITERS }, (_, index) => write(client, `Writer ${index}`, categories, log));
  const ended = Promise.allSettled(writers);
  await eventually(() => expect(log.filter(({ acknowledged }) => acknowledged).length).toBeGreaterThan(WRITERS));
  await delay(random.next() * 1_000);
  process.kill(server.pid, 'SIGKILL');
  await ended;
  return log;
}

const rounds = Array.from({ length: runs(0.5) }, (_, round) => round);

test.each(rounds)(
  'npm start, killed by SIGKILL during writes, keeps every acknowledged write and no part of another (round %i)',
  async () => {
    const settings = { RUBRIC_DATA: newDataFolder() };
    const killed = await startServer(settings, 'npm');
    const log = await writeUntilKilled(killed, settings);
    await expectNothingLeft(killed);

    const server = await startServer(settings, 'npm');
    const found = await readAll(server);
    expect(log.filter(({ acknowledged }) => acknowledged).length).toBeGreaterThan(WRITERS);
    for (const { title, acknowledged, requested } of log) {
      const possible = [acknowledged, requested].filter((each) => each !== undefined);
      expect(acknowledged === undefined ? [undefined, requested] : possible, title).toContainEqual(found.get(title));
      found.delete(title);
    }
    expect([...found.keys()]).toEqual([]);

    const client = await connectTo(server);
    const { rows } = await client.query(`
    select count(*) filter (where link.listed_at <> article.listed_at)::int as apart,
      count(*) filter (where article.id is null)::int as orphaned
    from article_categories as link left join articles as article on article.id = link.article_id`);
    expect(rows).toEqual([{ apart: 0, orphaned: 0 }]);
  },
);
