import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../../harness/client.ts';
import { runs, useRandom } from '../../harness/random.ts';
import { newArticle, newCategory } from '../../harness/seed.ts';
import { useServer } from '../../harness/server.ts';

// One answer is one instant: what a response says twice, it says the same way, whatever is written meanwhile.

const server = useServer();
const random = useRandom();
const any = <T>(all: readonly T[]) => all[Math.floor(random.next() * all.length)] as T;

const ANSWERS = runs(150);
const READERS = 4;
const ARTICLES = 15;

/** `root` contains `left` and `right`; `leaf` moves between these two. Every article is in exactly one of the categories. */
const categories = { root: 0, left: 0, right: 0, leaf: 0 };
const articles: number[] = [];
const stop = new AbortController();
let writers: Promise<unknown>;

const soon = () => new Date(Date.now() + Math.floor(random.next() * 100)).toISOString();

/** Each keeps every article in exactly one category. */
const writes: ((client: Client, article: string) => Promise<unknown>)[] = [
  (client, article) => client.patch(article, { categoryIds: [any(Object.values(categories))] }),
  (client, article) => client.patch(article, { categoryIds: [any(Object.values(categories))] }),
  (client, article) => client.patch(article, { publishedAt: any([null, soon(), soon()]) }),
  (client, article) => client.delete(article),
  (client, article) => client.post(`${article}/restore`),
  (client) => client.patch(`/categories/${categories.leaf}`, { parentId: any([categories.left, categories.right]) }),
  async (client) => {
    const { id } = await newCategory(client, { parentId: categories.left });
    await client.delete(`/categories/${id}`);
  },
];

async function write(client: Client) {
  while (!stop.signal.aborted) await any(writes)(client, `/articles/${any(articles)}`);
}

beforeAll(async () => {
  const client = server.as.editor;
  categories.root = (await newCategory(client)).id;
  categories.left = (await newCategory(client, { parentId: categories.root })).id;
  categories.right = (await newCategory(client, { parentId: categories.root })).id;
  categories.leaf = (await newCategory(client, { parentId: categories.left })).id;
  for (let n = 0; n < ARTICLES; n += 1) {
    articles.push((await newArticle(client, { categoryIds: [any(Object.values(categories))] })).id);
  }
  writers = Promise.all([write(client), write(client)]);
});
afterAll(async () => {
  stop.abort();
  await writers;
});

/** Reads `path` many times, from several clients at once; `contradicts` returns what does not fit together. */
async function expectNoContradiction(path: () => string, contradicts: (body: Body) => unknown) {
  let remaining = ANSWERS;
  const contradictions: unknown[] = [];
  const read = async () => {
    while (remaining > 0) {
      remaining -= 1;
      const { status, body } = await server.anonymous.get(path());
      expect(status).toBe(200);
      const contradiction = contradicts(body);
      if (contradiction) contradictions.push({ contradiction, body });
    }
  };
  await Promise.all(Array.from({ length: READERS }, read));
  expect(contradictions).toEqual([]);
}

interface Node {
  id: number;
  parentId: number | null;
  articleCount: number;
  articleCountDeep: number;
  children: Node[];
}
// oxlint-disable-next-line typescript/no-explicit-any
type Body = any;

const all = () => Object.values(categories);
const differ = (...counts: number[]) => (new Set(counts).size > 1 ? counts : undefined);
const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);

describe('Beside writers', () => {
  test('the total of a category is the number of its rows', () =>
    expectNoContradiction(
      () => `/categories/${any(all())}/articles?limit=100&total=true`,
      ({ data, page }) => differ(data.length, page.total),
    ));

  test('the total of a filter is the number of its rows', () =>
    expectNoContradiction(
      () =>
        `/articles?limit=100&total=true&categories[any]=${categories.left},${categories.leaf}&categories[none]=${categories.right}&sort=${any(['title', '-publishedAt'])}`,
      ({ data, page }) => differ(data.length, page.total),
    ));

  test('facets count the rows', () =>
    expectNoContradiction(
      () =>
        `/articles?limit=100&total=true&facets=categories&fields=id,categories&${any(['', 'published[gte]=2000-01-01T00:00:00Z'])}`,
      ({ data, page, facets }) => {
        const inCategory = (id: number) => data.filter((row: Body) => row.categories[0].id === id).length;
        const wrong = facets.categories.filter(
          ({ id, count }: { id: number; count: number }) => count !== inCategory(id),
        );
        return wrong.length > 0
          ? wrong
          : differ(data.length, page.total, sum(facets.categories.map((facet: Body) => facet.count)));
      },
    ));

  test('the list of categories fits its total, and its counts fit one another', () =>
    expectNoContradiction(
      () => '/categories?limit=100&total=true',
      ({ data, page }: { data: Node[]; page: { total: number } }) =>
        differ(data.length, page.total) ??
        differ(data[0]?.articleCountDeep ?? -1, sum(data.map(({ articleCount }) => articleCount))),
    ));

  test('the counts of the tree fit one another', () =>
    expectNoContradiction(
      () => '/categories?tree=true',
      ({ data: [root] }: { data: [Node] }) => {
        const nodes = (node: Node): Node[] => [node, ...node.children.flatMap(nodes)];
        const wrong = nodes(root).filter(
          (node) => node.articleCountDeep !== sum(nodes(node).map((each) => each.articleCount)),
        );
        return wrong.length > 0 ? wrong : undefined;
      },
    ));

  test('the articles inside a category are as many as it counts', () =>
    expectNoContradiction(
      () => `/categories/${any(all())}`,
      ({ articleCount, articles: { data } }) => differ(articleCount, data.length),
    ));
});
