import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { idsOf } from '../../harness/seed.ts';
import { useServer } from '../../harness/server.ts';
import { changes, makeChanges } from './changes.ts';
import { type Counted, facets, list, type Query, shown, tree, type World } from './oracle.ts';
import { queryOf, querySpecs, urlOf } from './queries.ts';
import { type Made, readWorld, worldSpecs, writeWorld } from './worlds.ts';

/** Worlds to build; each is asked many queries. More of them: `RUBRIC_TEST_RUNS=500`; one again: `RUBRIC_TEST_SEED`. */
const RUNS = Number(process.env['RUBRIC_TEST_RUNS'] ?? 8);
const SEED = process.env['RUBRIC_TEST_SEED'];
const QUERIES = 60;
/** Requests at a time. */
const ABREAST = 4;
const MOST_PAGES = 6;

const server = useServer();
const ask = async (path: string) => {
  const answer = await server.as.reader.get(path);
  expect(answer.status, `${path}\n${JSON.stringify(answer.body)}`).toBe(200);
  return answer.body;
};

test(
  'lists, totals, facets and counts of random worlds are those of the oracle',
  async () => {
    const property = fc.asyncProperty(worldSpecs, changes, someQueries, async (spec, made, queries) => {
      await writeWorld(server, spec);
      await makeChanges(server, made);
      const world = await readWorld(server);
      await checkCategories(world);
      for (const some of chunks(queries, ABREAST)) await Promise.all(some.map((query) => checkList(world, query)));
    });
    const seed = SEED === undefined ? {} : { seed: Number(SEED) };
    const run = await fc.check(property, { numRuns: RUNS, endOnFailure: true, ...seed });
    if (run.failed) throw new Error(`RUBRIC_TEST_SEED=${run.seed}, world ${run.numRuns}`, { cause: run.errorInstance });
    expect(matched / asked, 'how much of it is about something').toBeGreaterThan(0.2);
  },
  RUNS * 20_000,
);

const someQueries = fc.array(querySpecs, { minLength: QUERIES, maxLength: QUERIES, size: 'max' });
/** Queries, and those of them that match anything. */
let [asked, matched] = [0, 0];

/** Says which request went wrong, and how. */
function same(actual: unknown, expected: unknown, url: string) {
  if (!isDeepStrictEqual(actual, expected)) expect(actual, url).toEqual(expected);
}

async function checkList(world: World, spec: Made<typeof querySpecs>) {
  const query = queryOf(spec, world);
  const url = urlOf(query, spec);
  const articles = await inOrder(world, query, url);
  asked += 1;
  matched += Math.sign(articles.length);
  const limit = Math.max(spec.limit, Math.ceil(articles.length / MOST_PAGES));
  const rows = articles.map((article) => shown(world, article, spec.fields));
  const slices = rows.length === 0 ? [[]] : chunks(rows, limit);
  const body = (data: unknown[], next: boolean, previous: boolean) => ({
    data,
    page: {
      limit,
      next: next ? CURSOR : null,
      previous: previous ? CURSOR : null,
      ...(spec.total && { total: rows.length }),
    },
    ...(spec.facets && { facets: { categories: facets(world, articles) } }),
  });
  const check = async (index: number, parameter: string) => {
    const at = `${url}&limit=${limit}${parameter}`;
    const answer = await ask(at);
    same(withoutCursors(answer), body(slices[index] ?? [], index < slices.length - 1, index > 0), at);
    return answer.page as { next: string; previous: string };
  };
  let page = await check(0, '');
  for (let index = 1; index < slices.length; index += 1) page = await check(index, `&after=${page.next}`);
  for (let index = slices.length - 2; index >= 0; index -= 1) page = await check(index, `&before=${page.previous}`);
  for (let index = 0; index <= slices.length; index += 1) {
    const { next, previous } = await check(index, `&page=${index + 1}`);
    if (next) await check(index + 1, `&after=${next}`);
    if (previous && index < slices.length) await check(index - 1, `&before=${previous}`);
    if (index === slices.length) {
      const end = `${url}&limit=${limit}&before=${previous}`;
      same(withoutCursors(await ask(end)), body(rows.slice(-limit), false, rows.length > limit), end);
    }
  }
}

/** By relevance the oracle knows which, not in which order: then the order is the engine's own, which all pages must keep. */
async function inOrder(world: World, query: Query, url: string) {
  const articles = list(world, query);
  if (query.sort !== 'relevance') return articles;
  const ids: number[] = [];
  for (let next: string | null = ''; next !== null; ) {
    const { data, page } = await ask(`${url.replace(/&fields=[^&]*/, '')}&limit=100${next && `&after=${next}`}`);
    ids.push(...idsOf(data));
    next = page.next;
  }
  same(
    ids.toSorted((a, b) => a - b),
    idsOf(articles),
    url,
  );
  return articles.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}

const CURSOR = 'a cursor';
const withoutCursors = (answer: any) => ({
  ...answer,
  page: { ...answer.page, next: answer.page.next && CURSOR, previous: answer.page.previous && CURSOR },
});

const chunks = <T>(rows: T[], size: number) =>
  Array.from({ length: Math.ceil(rows.length / size) }, (_, index) => rows.slice(index * size, (index + 1) * size));

async function checkCategories(world: World) {
  const expected = tree(world);
  const flat: any[] = [];
  for (let next: string | null = ''; next !== null; ) {
    const { data, page }: any = await ask(`/categories?limit=30${next && `&after=${next}`}`);
    flat.push(...data);
    next = page.next;
  }
  const { data: nested } = await ask('/categories?tree=true');
  const unnested = (nodes: any[]): any[] => nodes.flatMap((node) => [node, ...unnested(node.children)]);
  const about = ({ id, path, articleCount, articleCountDeep }: Counted) => ({
    id,
    path,
    articleCount,
    articleCountDeep,
  });
  same(flat.map(about), expected, '/categories');
  same(unnested(nested).map(about), expected, '/categories?tree=true');
  for (const category of expected) {
    const url = `/categories/${category.id}`;
    const read = await ask(url);
    same(about(read), category, url);
    same(read.articles, await ask(`${url}/articles`), url);
  }
}
