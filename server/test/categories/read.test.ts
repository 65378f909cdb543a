import { describe, expect, test } from 'vitest';
import { expectProblem } from '../harness/problem.ts';
import { forStrangers, idsOf, newArticle, newAuthor, newCategory, times } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();
const get = (path: string) => server.anonymous.get(path);

describe('GET /categories/{idOrSlug} returns 200', () => {
  test('the same by id and by slug', async () => {
    const { id, slug } = await newCategory(server.as.editor, { description: 'Words' });
    const byId = await get(`/categories/${id}`);
    expect(byId.body).toMatchObject({ id, slug, description: 'Words' });
    expect((await get(`/categories/${slug}`)).body).toEqual(byId.body);
  });

  test('with its ancestors, the root first, with their current names', async () => {
    const chain: any[] = [];
    for (let depth = 0; depth < 12; depth += 1) {
      chain.push(await newCategory(server.as.editor, { parentId: chain.at(-1)?.id ?? null }));
    }
    const leaf = chain.pop();
    const renamed = await server.as.editor.patch(`/categories/${chain[0].id}`, { name: 'The root', slug: 'the-root' });
    chain[0] = renamed.body;
    const { path } = (await get(`/categories/${leaf.id}`)).body;
    expect(path).toEqual(chain.map(({ id, name, slug }) => ({ id, name, slug })));
  });

  test('with its children and their counts, by position, then id', async () => {
    const { editor } = server.as;
    const parent = await newCategory(editor);
    const positions = [3, -1, 0, 0];
    const children = await times(4, (n) => newCategory(editor, { parentId: parent.id, position: positions[n] }));
    const grandchild = await newCategory(editor, { parentId: children[3].id });
    await newArticle(editor, { categoryIds: [children[3].id, grandchild.id] });
    await newArticle(editor, { categoryIds: [grandchild.id] });
    await newArticle(editor, { categoryIds: [children[0].id], publishedAt: '2999-01-01T00:00:00Z' });
    const counts = [
      [0, 0],
      [0, 0],
      [1, 2],
      [0, 0],
    ];
    const expected = [1, 2, 3, 0].map((n, index) => {
      const { id, name, slug } = children[n];
      const [articleCount, articleCountDeep] = counts[index] ?? [];
      return { id, name, slug, articleCount, articleCountDeep };
    });
    expect((await get(`/categories/${parent.slug}`)).body.children).toEqual(expected);
    expect((await get(`/categories/${grandchild.id}`)).body.children).toEqual([]);
  });

  test('with the first 1,000 of many children; GET /categories lists them all', async () => {
    const parent = await newCategory(server.as.editor);
    await server.database.pool.query(
      `insert into categories (name, slug, parent_id, position) select 'Child ' || n, 'child-' || n, $1, -n from generate_series(1, 1003) as n`,
      [parent.id],
    );
    const { children } = (await get(`/categories/${parent.id}`)).body;
    expect(children).toHaveLength(1_000);
    expect([children[0].slug, children[999].slug]).toEqual(['child-1003', 'child-4']);
    expect((await get(`/categories?parentId=${parent.id}&limit=1&total=true`)).body.page.total).toBe(1_003);
  });

  test('with the first page of its published articles, newest first, without content', async () => {
    const [category, other] = await times(2, () => newCategory(server.as.editor));
    const author = await newAuthor(server.as.editor);
    const body = { categoryIds: [other.id, category.id], authorIds: [author.id], content: 'long' };
    const articles = await times(22, () =>
      newArticle(server.as.editor, { ...body, publishedAt: '2020-01-01T00:00:00Z' }),
    );
    await newArticle(server.as.editor, { ...body, publishedAt: null });
    const response = await get(`/categories/${category.slug}`);
    expect(idsOf(response.body.articles.data)).toEqual(idsOf(articles).reverse().slice(0, 20));
    expect(response.body.articles.page).toEqual({ limit: 20, next: expect.any(String), previous: null });
    const { content: _, ...listed } = forStrangers(articles[21]);
    expect(response.body.articles.data[0]).toEqual(listed);
    expect(response.body).toMatchObject({ articleCount: 22, articleCountDeep: 22 });
  });

  test('with the number of articles in the category itself, and of distinct articles in its subtree', async () => {
    const root = await newCategory(server.as.editor);
    const [left, right] = await times(2, () => newCategory(server.as.editor, { parentId: root.id }));
    const leaf = await newCategory(server.as.editor, { parentId: left.id });
    const links = [[leaf.id, right.id], [left.id, root.id], [right.id, left.id, leaf.id], []];
    for (const categoryIds of links) {
      await newArticle(server.as.editor, { categoryIds });
      await newArticle(server.as.editor, { categoryIds, publishedAt: null });
      await newArticle(server.as.editor, { categoryIds, publishedAt: '2999-01-01T00:00:00Z' });
      await server.as.editor.delete(`/articles/${(await newArticle(server.as.editor, { categoryIds })).id}`);
    }
    const counts = await Promise.all(
      [root, left, right, leaf].map(async ({ id }) => {
        const { articleCount, articleCountDeep } = (await get(`/categories/${id}`)).body;
        return [articleCount, articleCountDeep];
      }),
    );
    expect(counts).toEqual([
      [1, 3],
      [2, 3],
      [2, 2],
      [2, 2],
    ]);
  });
});

describe('GET /categories/{idOrSlug} returns', () => {
  test('400 invalid_request for an id above 64 bits, NUL and an unknown parameter', async () => {
    const { id } = await newCategory(server.as.editor);
    expectProblem(await get('/categories/9223372036854775808'), 400, 'invalid_request', ['/idOrSlug']);
    expectProblem(await get('/categories/%00'), 400, 'invalid_request', ['/idOrSlug']);
    expectProblem(await get(`/categories/${id}?limit=5`), 400, 'invalid_request', ['/limit']);
  });

  test('401 unauthorized for an invalid token', async () => {
    const headers = { authorization: 'Bearer x' };
    expectProblem(await server.anonymous.get('/categories/1', { headers }), 401, 'unauthorized');
  });

  test('404 not_found for a category that does not exist', async () => {
    for (const key of ['0', '999999', '9223372036854775807', 'no-such-slug', '%F0%9F%A5%A8']) {
      expectProblem(await get(`/categories/${key}`), 404, 'not_found');
    }
  });
});
