import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Client } from '../harness/client.ts';
import { runs, useRandom } from '../harness/random.ts';
import { newArticle, newAuthor, newCategory, times } from '../harness/seed.ts';
import { startServerBeside, useServer } from '../harness/server.ts';

// Two servers over one database. Every change of a row gives it a new revision, which both its name and its slug contain. A
// list must show each row in one revision, and in none older than the last one that was answered before the list was asked
// for. Twins get their revisions together, in one transaction, so a list must show both in the same one.

const server = useServer();
const random = useRandom();
const any = <T>(all: readonly T[]) => all[Math.floor(random.next() * all.length)] as T;

const CHANGES = runs(120);
const READERS = 4;
const ARTICLES = 6;
const [RENAMED, TWINS] = [3, 2];

type Table = 'categories' | 'authors';
interface Reference {
  id: number;
  name: string;
  slug: string;
}
type Listed = { id: number } & Record<Table, Reference[]>;

let clients: Client[];
let other: Awaited<ReturnType<typeof startServerBeside>>;
const ids: Record<Table, number[]> = { categories: [], authors: [] };
/** By table and id: the last revision that was answered. */
const answered = new Map<string, number>();
const articles: number[] = [];
let revision = 0;

const makeOf = { categories: newCategory, authors: newAuthor };
const fieldOf = { categories: 'categoryIds', authors: 'authorIds' };
/** Two of the rows, so that no article has both twins, and servers know some names and not others. */
const linksOf = (table: Table, n: number) => [0, 2].map((more) => ids[table][(n + more) % ids[table].length]);

const key = (table: Table, id: number) => `${table}/${id}`;
const namesOf = (id: number, of: number) => ({ name: `Row ${id} r${of}`, slug: `row-${id}-r${of}` });
const revisionOf = (text: string) => Number(/r(\d+)$/.exec(text)?.[1]);

async function rename(client: Client, table: Table, id: number) {
  const next = (revision += 1);
  const { status } = await client.patch(`/${table}/${id}`, namesOf(id, next));
  expect(status).toBe(200);
  answered.set(key(table, id), Math.max(next, answered.get(key(table, id)) ?? 0));
}

/** The last two of each table. */
async function renameTwins(table: Table) {
  const next = (revision += 1);
  await server.database.pool.query(
    `update ${table} set name = 'Row ' || id || ' r' || $2::int, slug = 'row-' || id || '-r' || $2::int where id = any($1)`,
    [ids[table].slice(-TWINS), next],
  );
  for (const id of ids[table].slice(-TWINS)) answered.set(key(table, id), next);
}

/** A row that comes and goes, on an article that keeps its other rows. */
async function createAndDelete(client: Client, table: Table) {
  const next = (revision += 1);
  const { id } = await makeOf[table](client, namesOf(0, next));
  const n = Math.floor(random.next() * ARTICLES);
  const links = { [fieldOf[table]]: [id, ...linksOf(table, n)] };
  expect((await client.patch(`/articles/${articles[n]}`, links)).status).toBe(200);
  expect((await client.delete(`/${table}/${id}`)).status).toBe(204);
}

beforeAll(async () => {
  other = await startServerBeside(server);
  clients = [server.as.editor, other.editor];
  for (const table of ['categories', 'authors'] as const) {
    ids[table] = (await times(RENAMED + TWINS, () => makeOf[table](server.as.editor))).map(({ id }) => id);
    for (const id of ids[table]) await rename(server.as.editor, table, id);
    await renameTwins(table);
  }
  const bodyOf = (n: number) => ({ categoryIds: linksOf('categories', n), authorIds: linksOf('authors', n) });
  articles.push(...(await times(ARTICLES, (n) => newArticle(server.as.editor, bodyOf(n)))).map(({ id }) => id));
});
afterAll(() => other.close());

function contradictions(list: Listed[], before: ReadonlyMap<string, number>): string[] {
  return (['categories', 'authors'] as const).flatMap((table) => {
    const shown = list.flatMap((article) => article[table]);
    const wrong = shown.flatMap(({ id, name, slug }) => {
      if (revisionOf(name) !== revisionOf(slug)) return [`mixed: ${name} with ${slug}`];
      const least = before.get(key(table, id)) ?? 0;
      return revisionOf(name) < least ? [`stale: ${name}, after revision ${least} was answered`] : [];
    });
    const twins = shown.filter(({ id }) => ids[table].slice(-TWINS).includes(id));
    const isTorn = new Set(twins.map(({ name }) => revisionOf(name))).size > 1;
    return isTorn ? [...wrong, `torn: ${twins.map(({ name }) => name).join()}`] : wrong;
  });
}

test('never show a name that is stale, or two of different times, on any server while names change', async () => {
  let remaining = CHANGES;
  const isOver = () => remaining <= 0;
  const wrong: string[] = [];
  let answers = 0;
  const write = async (table: Table) => {
    while (!isOver()) {
      remaining -= 1;
      const client = any(clients);
      await any([
        () => rename(client, table, any(ids[table].slice(0, RENAMED))),
        () => renameTwins(table),
        () => createAndDelete(client, table),
      ])();
    }
  };
  const read = async () => {
    while (!isOver()) {
      const before = new Map(answered);
      const category = any(ids.categories);
      const path = any([
        '/articles',
        '/articles?total=true&facets=categories',
        '/articles?sort=title',
        `/articles?ids=${any(articles)}`,
        `/articles?author=${any(ids.authors)}`,
        `/categories/${category}/articles?fields=id,categories,authors`,
        `/categories/${category}`,
      ]);
      const { status, body } = await any(clients).get(path);
      expect(status).toBe(200);
      const { data } = (body.articles ?? body) as { data: Listed[] };
      expect(data).not.toEqual([]);
      wrong.push(...contradictions(data, before).map((what) => `${path}: ${what}`));
      answers += 1;
    }
  };
  // One writer for each table: which of two renames of a row comes last would not be known.
  await Promise.all([write('categories'), write('authors'), ...Array.from({ length: READERS }, read)]);
  expect(wrong).toEqual([]);
  expect(answers).toBeGreaterThan(CHANGES / 4);
});
