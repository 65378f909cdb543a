import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { useRandom } from '../../harness/random.ts';
import { idsOf } from '../../harness/seed.ts';
import { useServer } from '../../harness/server.ts';
import { applyChanges, changes } from './changes.ts';
import { type CategoryCounts, facets, list, type Query, toItem, tree, type World } from './oracle.ts';
import { queryOf, querySpecs, urlOf } from './queries.ts';
import { type Generated, readWorld, worldSpecs, writeWorld } from './worlds.ts';

/** How many worlds to test, each with many queries. */
const WORLDS = 5;
const QUERIES = 60;
const CONCURRENT_REQUESTS = 4;
const MAX_PAGES = 6;

const server = useServer();
const random = useRandom();
const read = async (path: string) => {
  const { status, body } = await server.as.reader.get(path);
  expect(status, `${path}\n${JSON.stringify(body)}`).toBe(200);
  return body;
};

test('lists, totals, facets and counts of random worlds equal those of the oracle', async () => {
  const property = fc.asyncProperty(worldSpecs, changes, queriesOfWorld, async (spec, writes, queries) => {
    await writeWorld(server, spec);
    await applyChanges(server, writes);
    const world = await readWorld(server);
    await checkCategories(world);
    for (const batch of chunks(queries, CONCURRENT_REQUESTS))
      await Promise.all(batch.map((query) => checkList(world, query)));
  });
  const run = await fc.check(property, { ...random.options(WORLDS), endOnFailure: true });
  if (run.failed) throw new Error(`RUBRIC_TEST_SEED=${run.seed}, world ${run.numRuns}`, { cause: run.errorInstance });
  expect(matchingQueries / checkedQueries, 'share of queries that match anything').toBeGreaterThan(0.2);
});

const queriesOfWorld = fc.array(querySpecs, { minLength: QUERIES, maxLength: QUERIES, size: 'max' });
let [checkedQueries, matchingQueries] = [0, 0];

/** Compares, and names the request when it fails. */
function expectSame(actual: unknown, expected: unknown, url: string) {
  if (!isDeepStrictEqual(actual, expected)) expect(actual, url).toEqual(expected);
}

async function checkList(world: World, spec: Generated<typeof querySpecs>) {
  const query = queryOf(spec, world);
  const url = urlOf(query, spec);
  const articles = await inOrder(world, query, url);
  checkedQueries += 1;
  matchingQueries += Math.sign(articles.length);
  const limit = Math.min(100, Math.max(spec.limit, Math.ceil(articles.length / MAX_PAGES)));
  const rows = articles.map((article) => toItem(world, article, spec.fields));
  const pages = rows.length === 0 ? [[]] : chunks(rows, limit);
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
    const pageUrl = `${url}&limit=${limit}${parameter}`;
    const response = await read(pageUrl);
    expectSame(withoutCursors(response), body(pages[index] ?? [], index < pages.length - 1, index > 0), pageUrl);
    return response.page as { next: string; previous: string };
  };
  let page = await check(0, '');
  for (let index = 1; index < pages.length; index += 1) page = await check(index, `&after=${page.next}`);
  for (let index = pages.length - 2; index >= 0; index -= 1) page = await check(index, `&before=${page.previous}`);
  for (let index = 0; index <= pages.length; index += 1) {
    const { next, previous } = await check(index, `&page=${index + 1}`);
    if (next) await check(index + 1, `&after=${next}`);
    if (previous && index < pages.length) await check(index - 1, `&before=${previous}`);
    if (index === pages.length) {
      const end = `${url}&limit=${limit}&before=${previous}`;
      expectSame(withoutCursors(await read(end)), body(rows.slice(-limit), false, rows.length > limit), end);
    }
  }
}

/** The oracle does not rank: by relevance it takes the order of the engine's own pages of 100, which every page must keep. */
async function inOrder(world: World, query: Query, url: string) {
  const articles = list(world, query);
  if (query.sort !== 'relevance') return articles;
  const ids: number[] = [];
  for (let next: string | null = ''; next !== null; ) {
    const { data, page } = await read(`${url.replace(/&fields=[^&]*/, '')}&limit=100${next && `&after=${next}`}`);
    ids.push(...idsOf(data));
    next = page.next;
  }
  expectSame(
    ids.toSorted((a, b) => a - b),
    idsOf(articles),
    url,
  );
  return articles.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}

const CURSOR = 'a cursor';
const withoutCursors = (body: any) => ({
  ...body,
  page: { ...body.page, next: body.page.next && CURSOR, previous: body.page.previous && CURSOR },
});

const chunks = <T>(rows: T[], size: number) =>
  Array.from({ length: Math.ceil(rows.length / size) }, (_, index) => rows.slice(index * size, (index + 1) * size));

async function checkCategories(world: World) {
  const expected = tree(world);
  const flat: any[] = [];
  for (let next: string | null = ''; next !== null; ) {
    const { data, page }: any = await read(`/categories?limit=30${next && `&after=${next}`}`);
    flat.push(...data);
    next = page.next;
  }
  const { data: nested } = await read('/categories?tree=true');
  const flatten = (nodes: any[]): any[] => nodes.flatMap((node) => [node, ...flatten(node.children)]);
  const countsOf = ({ id, path, articleCount, articleCountDeep }: CategoryCounts) => ({
    id,
    path,
    articleCount,
    articleCountDeep,
  });
  expectSame(flat.map(countsOf), expected, '/categories');
  expectSame(flatten(nested).map(countsOf), expected, '/categories?tree=true');
  for (const category of expected) {
    const url = `/categories/${category.id}`;
    const body = await read(url);
    expectSame(countsOf(body), category, url);
    expectSame(body.articles, await read(`${url}/articles`), url);
  }
}
