import fc from 'fast-check';
import { expect, test } from 'vitest';
import { walkBackward, walkForward, walkNumbered } from '../harness/pages.ts';
import { useRandom } from '../harness/random.ts';
import { newArticle, newCategory } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

// Random sequences of writes to articles, links, categories and the trash. An oracle in plain TypeScript computes what every
// list, count, order and version must be.

const server = useServer();
const random = useRandom();

/** An article as the oracle knows it. */
interface Article {
  id: number;
  categories: number[];
  publishedAt: string | null;
  trashed: boolean;
  version: number;
}
/** The state of the oracle: rows in the order of their creation, which is the order of their ids. */
interface World {
  articles: Article[];
  categories: { id: number; parentId: number | null }[];
}

/** Few, so articles share a time and the id decides the order. One is in the future, null is a draft. */
const TIMES = [
  '2020-01-01T00:00:00.000Z',
  '2020-01-01T00:00:00.001Z',
  '2021-06-01T12:00:00.000Z',
  '2999-01-01T00:00:00.000Z',
  null,
];

/** Small, so most steps hit the same few rows. */
const index = fc.nat({ max: 4 });
const time = fc.constantFrom(...TIMES);
/** Picks from the categories that exist at that step, in any order, with duplicates. */
const someIndexes = fc.array(index, { maxLength: 6 });
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('create' as const), categories: someIndexes, time }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('createCategory' as const), parent: fc.option(index) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('replace' as const), article: index, categories: someIndexes }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('sameAgain' as const), article: index }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('add' as const), article: index, category: index }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('remove' as const), article: index, category: index }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('publish' as const),
      article: index,
      time,
      categories: fc.option(someIndexes),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('deleteCategory' as const), category: index }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('trash' as const), article: index }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('restore' as const), article: index }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('purge' as const), article: index }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const pick = <T>(rows: T[], n: number): T | undefined => rows[n % rows.length];
const isEqual = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
const newestFirst = (articles: Article[]) =>
  articles
    .filter(({ publishedAt, trashed }) => !trashed && publishedAt !== null && publishedAt < '2999')
    .sort((a, b) =>
      a.publishedAt === b.publishedAt ? b.id - a.id : (a.publishedAt ?? '') < (b.publishedAt ?? '') ? 1 : -1,
    );

/** Changes an article of the oracle, and raises its version if anything differs. */
function change(article: Article, to: Partial<Article>) {
  if (!isEqual({ ...article, ...to }, article)) article.version += 1;
  Object.assign(article, to);
}

/** Runs one step on the server and on the oracle, and compares the response with the oracle. */
async function run(world: World, action: Step) {
  const { editor } = server.as;
  const categoryIdsAt = (indexes: number[]) =>
    world.categories.length === 0 ? [] : indexes.map((n) => pick(world.categories, n)!.id);
  if (action.do === 'create') {
    const categoryIds = categoryIdsAt(action.categories);
    const { id } = await newArticle(editor, { categoryIds, publishedAt: action.time });
    world.articles.push({
      id,
      categories: [...new Set(categoryIds)],
      publishedAt: action.time,
      trashed: false,
      version: 1,
    });
    return;
  }
  if (action.do === 'createCategory') {
    const parentId = action.parent === null ? null : (pick(world.categories, action.parent)?.id ?? null);
    world.categories.push({ id: (await newCategory(editor, { parentId })).id, parentId });
    return;
  }
  if (action.do === 'deleteCategory') {
    const deleted = pick(world.categories, action.category);
    if (!deleted) return;
    expect((await editor.delete(`/categories/${deleted.id}`)).status).toBe(204);
    world.categories = world.categories.filter(({ id }) => id !== deleted.id);
    for (const child of world.categories) if (child.parentId === deleted.id) child.parentId = deleted.parentId;
    for (const article of world.articles)
      change(article, { categories: article.categories.filter((id) => id !== deleted.id) });
    return;
  }
  const article = pick(world.articles, action.article);
  if (!article) return;
  const path = `/articles/${article.id}`;
  const patch = async (body: object, to: Partial<Article>) => {
    const response = await editor.patch(path, body);
    expect(response.status).toBe(article.trashed ? 404 : 200);
    if (!article.trashed) change(article, to);
    if (!article.trashed) expectRow(response.body, article);
  };
  const whenLive = (status: number) => (article.trashed ? 404 : status);
  switch (action.do) {
    case 'replace': {
      const categoryIds = categoryIdsAt(action.categories);
      return patch({ categoryIds }, { categories: [...new Set(categoryIds)] });
    }
    case 'sameAgain':
      return patch({ categoryIds: article.categories, publishedAt: article.publishedAt }, {});
    case 'publish': {
      const categoryIds = action.categories === null ? article.categories : categoryIdsAt(action.categories);
      const body = { publishedAt: action.time, ...(action.categories && { categoryIds }) };
      return patch(body, { publishedAt: action.time, categories: [...new Set(categoryIds)] });
    }
    case 'add':
    case 'remove': {
      const category = pick(world.categories, action.category)?.id;
      if (category === undefined) return;
      const without = article.categories.filter((id) => id !== category);
      const categories =
        action.do === 'remove'
          ? without
          : without.length === article.categories.length
            ? [...without, category]
            : article.categories;
      const response = await editor.call(action.do === 'add' ? 'PUT' : 'DELETE', `${path}/categories/${category}`);
      expect(response.status).toBe(whenLive(204));
      if (!article.trashed) change(article, { categories });
      return;
    }
    case 'trash':
      expect((await editor.delete(path)).status).toBe(whenLive(204));
      return change(article, { trashed: true });
    case 'restore':
      change(article, { trashed: false });
      return expectRow((await editor.post(`${path}/restore`)).body, article);
    case 'purge':
      expect((await editor.delete(`${path}?permanent=true`)).status).toBe(204);
      world.articles = world.articles.filter(({ id }) => id !== article.id);
  }
}

function expectRow(row: any, { id, version, publishedAt, categories, trashed }: Article) {
  const status = trashed
    ? 'trashed'
    : publishedAt === null
      ? 'draft'
      : publishedAt < '2999'
        ? 'published'
        : 'scheduled';
  expect({ ...row, categories: row.categories.map((category: { id: number }) => category.id) }).toMatchObject({
    id,
    version,
    publishedAt,
    categories,
    status,
  });
}

/** Expects a list to contain these rows: forward, backward and by page numbers, with the exact total. */
async function expectList(path: string, expected: Article[]) {
  const ids = expected.map(({ id }) => id);
  const { rows } = await walkForward(server.anonymous, path, 3);
  expect(rows.map(({ id }) => id)).toEqual(ids);
  for (const [n, row] of rows.entries()) expectRow(row, expected[n] as Article);
  expect((await walkBackward(server.anonymous, `${path}?fields=id`, 2)).map(({ id }) => id)).toEqual(ids);
  const numbered = await walkNumbered(server.anonymous, `${path}?fields=id`, 4);
  expect([numbered.rows.map(({ id }) => id), numbered.totals]).toEqual([ids, [ids.length]]);
}

async function expectWorld({ articles, categories }: World) {
  for (const article of articles)
    expectRow((await server.as.reader.get(`/articles/${article.id}?trashed=true`)).body, article);
  await expectList('/articles', newestFirst(articles));
  const below = (id: number): number[] => [
    id,
    ...categories.filter(({ parentId }) => parentId === id).flatMap((child) => below(child.id)),
  ];
  for (const { id, parentId } of categories) {
    const direct = newestFirst(articles.filter((article) => article.categories.includes(id)));
    const deep = newestFirst(articles.filter((article) => below(id).some((each) => article.categories.includes(each))));
    const { body } = await server.anonymous.get(`/categories/${id}`);
    expect(body).toMatchObject({ parentId, articleCount: direct.length, articleCountDeep: deep.length });
    await expectList(`/categories/${id}/articles`, direct);
  }
  const { rows } = await server.database.pool.query(
    `select count(*)::int as links, count(*) filter (where link.listed_at = articles.listed_at)::int as in_step
     from article_categories as link left join articles on articles.id = link.article_id`,
  );
  const links = articles.reduce((sum, article) => sum + article.categories.length, 0);
  expect(rows).toEqual([{ links, in_step: links }]);
}

test('after any sequence of writes, every list, order, count and version matches the oracle', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 70, size: 'max' }), async (steps) => {
      // Deleting the articles deletes everything that is derived from them, counts included.
      await server.database.pool.query('delete from articles');
      await server.database.pool.query('update categories set parent_id = null');
      await server.database.pool.query('delete from categories');
      const world: World = { articles: [], categories: [] };
      // Without categories the first steps would do nothing.
      for (const parent of [null, 0, null]) await run(world, { do: 'createCategory', parent });
      for (const action of steps) await run(world, action);
      await expectWorld(world);
    }),
    random.options(15),
  );
});
