import fc from 'fast-check';
import { expect, test } from 'vitest';
import { walkBackward, walkForward, walkNumbered } from '../harness/pages.ts';
import { newArticle, newCategory } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

// Random histories of articles, links, categories and the trash, each held against an oracle in plain TypeScript: what
// every list, count, order and version must be.

const server = useServer();

/** What the oracle knows of an article. */
interface Article {
  id: number;
  categories: number[];
  publishedAt: string | null;
  trashed: boolean;
  version: number;
}
/** The oracle: rows in the order of their creation, which is the order of their ids. */
interface World {
  articles: Article[];
  categories: { id: number; parentId: number | null }[];
}

/** Few, so that articles share them and the id decides; one is to come, null is a draft. */
const TIMES = [
  '2020-01-01T00:00:00.000Z',
  '2020-01-01T00:00:00.001Z',
  '2021-06-01T12:00:00.000Z',
  '2999-01-01T00:00:00.000Z',
  null,
];

/** Small, so that most steps meet the same few rows again. */
const nth = fc.nat({ max: 4 });
const time = fc.constantFrom(...TIMES);
/** Which of the categories there are at that moment, in some order, some of them twice. */
const several = fc.array(nth, { maxLength: 6 });
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('create' as const), categories: several, time }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('createCategory' as const), parent: fc.option(nth) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('replace' as const), article: nth, categories: several }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('sameAgain' as const), article: nth }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('add' as const), article: nth, category: nth }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('remove' as const), article: nth, category: nth }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('publish' as const), article: nth, time, categories: fc.option(several) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('deleteCategory' as const), category: nth }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('trash' as const), article: nth }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('restore' as const), article: nth }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('purge' as const), article: nth }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const pick = <T>(rows: T[], n: number): T | undefined => rows[n % rows.length];
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
const newestFirst = (articles: Article[]) =>
  articles
    .filter(({ publishedAt, trashed }) => !trashed && publishedAt !== null && publishedAt < '2999')
    .sort((a, b) =>
      a.publishedAt === b.publishedAt ? b.id - a.id : (a.publishedAt ?? '') < (b.publishedAt ?? '') ? 1 : -1,
    );

/** Gives the article what the oracle says it has now, and raises its version if that differs. */
function change(article: Article, to: Partial<Article>) {
  if (!same({ ...article, ...to }, article)) article.version += 1;
  Object.assign(article, to);
}

/** Does one step to the server and to the oracle, and holds the answer of the one against the other. */
async function run(world: World, action: Step) {
  const { editor } = server.as;
  const chosen = (which: number[]) =>
    world.categories.length === 0 ? [] : which.map((n) => pick(world.categories, n)!.id);
  if (action.do === 'create') {
    const categoryIds = chosen(action.categories);
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
    const gone = pick(world.categories, action.category);
    if (!gone) return;
    expect((await editor.delete(`/categories/${gone.id}`)).status).toBe(204);
    world.categories = world.categories.filter(({ id }) => id !== gone.id);
    for (const child of world.categories) if (child.parentId === gone.id) child.parentId = gone.parentId;
    for (const article of world.articles)
      change(article, { categories: article.categories.filter((id) => id !== gone.id) });
    return;
  }
  const article = pick(world.articles, action.article);
  if (!article) return;
  const path = `/articles/${article.id}`;
  const patch = async (body: object, to: Partial<Article>) => {
    const answer = await editor.patch(path, body);
    expect(answer.status).toBe(article.trashed ? 404 : 200);
    if (!article.trashed) change(article, to);
    if (!article.trashed) expectRow(answer.body, article);
  };
  const whenLive = (status: number) => (article.trashed ? 404 : status);
  switch (action.do) {
    case 'replace': {
      const categoryIds = chosen(action.categories);
      return patch({ categoryIds }, { categories: [...new Set(categoryIds)] });
    }
    case 'sameAgain':
      return patch({ categoryIds: article.categories, publishedAt: article.publishedAt }, {});
    case 'publish': {
      const categoryIds = action.categories === null ? article.categories : chosen(action.categories);
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
      const answer = await editor.call(action.do === 'add' ? 'PUT' : 'DELETE', `${path}/categories/${category}`);
      expect(answer.status).toBe(whenLive(204));
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

/** A list must be these rows: forward, backward and by numbers, with the true total. */
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
    const filed = newestFirst(articles.filter((article) => article.categories.includes(id)));
    const deep = newestFirst(articles.filter((article) => below(id).some((each) => article.categories.includes(each))));
    const { body } = await server.anonymous.get(`/categories/${id}`);
    expect(body).toMatchObject({ parentId, articleCount: filed.length, articleCountDeep: deep.length });
    await expectList(`/categories/${id}/articles`, filed);
  }
  const { rows } = await server.database.pool.query(
    `select count(*)::int as links, count(*) filter (where link.listed_at = articles.listed_at)::int as in_step
     from article_categories as link left join articles on articles.id = link.article_id`,
  );
  const links = articles.reduce((sum, article) => sum + article.categories.length, 0);
  expect(rows).toEqual([{ links, in_step: links }]);
}

test('whatever is written, every list, order, count and version is as an oracle says', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 70, size: 'max' }), async (steps) => {
      // Counted by what is derived from articles, all goes with them.
      await server.database.pool.query('delete from articles');
      await server.database.pool.query('update categories set parent_id = null');
      await server.database.pool.query('delete from categories');
      const world: World = { articles: [], categories: [] };
      // Some to begin with, so that no step is wasted.
      for (const parent of [null, 0, null]) await run(world, { do: 'createCategory', parent });
      for (const action of steps) await run(world, action);
      await expectWorld(world);
    }),
    { numRuns: 15 },
  );
});
