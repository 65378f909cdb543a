import { describe, expect, test } from 'vitest';
import { concurrently, outcomes } from '../harness/concurrency.ts';
import { expectProblem } from '../harness/problem.ts';
import { idsOf, newArticle, newCategory, times } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const MAX_IDS = 20;
const server = useServer({ MAX_IDS: String(MAX_IDS) });
const add = (article: number | string, category: number | string) =>
  server.as.editor.put(`/articles/${article}/categories/${category}`);
const remove = (article: number | string, category: number | string) =>
  server.as.editor.delete(`/articles/${article}/categories/${category}`);
const read = async (id: number) => (await server.as.editor.get(`/articles/${id}`)).body;
const categoriesOf = async (id: number) => idsOf((await server.as.editor.get(`/articles/${id}/categories`)).body.data);
const newCategories = async (count: number) => idsOf(await times(count, () => newCategory(server.as.editor)));

describe('PUT /articles/{id}/categories/{categoryId} returns 204', () => {
  test('without a body, and adds the category after the others', async () => {
    const ids = (await newCategories(4)).reverse();
    const { id } = await newArticle(server.as.editor, { categoryIds: ids.slice(0, 2) });
    const response = await add(id, ids[2]!);
    expect([response.status, response.body, response.headers.get('etag')]).toEqual([204, undefined, null]);
    await add(id, ids[3]!);
    expect(await read(id)).toMatchObject({ version: 3, categories: ids.map((each) => ({ id: each })) });
    expect(idsOf((await server.anonymous.get(`/categories/${ids[3]}/articles`)).body.data)).toEqual([id]);
  });

  test('and changes nothing if the link exists: neither its position nor the version', async () => {
    const ids = await newCategories(3);
    const before = await newArticle(server.as.editor, { categoryIds: ids });
    for (const category of ids) expect((await add(before.id, category)).status).toBe(204);
    expect(await read(before.id)).toEqual(before);
  });

  test('and adds a category that was removed at the end', async () => {
    const [a, b, c] = (await newCategories(3)) as [number, number, number];
    const { id } = await newArticle(server.as.editor, { categoryIds: [a, b, c] });
    await remove(id, a);
    await add(id, a);
    expect(await categoriesOf(id)).toEqual([b, c, a]);
    await remove(id, c);
    await add(id, c);
    expect(await categoriesOf(id)).toEqual([b, a, c]);
  });

  test('for drafts and scheduled articles, which no list of the category contains yet', async () => {
    const [category] = (await newCategories(1)) as [number];
    const draft = await newArticle(server.as.editor, { publishedAt: null });
    const later = await newArticle(server.as.editor, { publishedAt: '2999-01-01T00:00:00Z' });
    for (const { id } of [draft, later]) expect((await add(id, category)).status).toBe(204);
    const list = `/categories/${category}/articles?total=true`;
    expect((await server.anonymous.get(list)).body).toMatchObject({ data: [], page: { total: 0 } });
    await server.as.editor.patch(`/articles/${draft.id}`, { publishedAt: '2020-01-01T00:00:00Z' });
    expect((await server.anonymous.get(list)).body).toMatchObject({ data: [{ id: draft.id }], page: { total: 1 } });
  });

  test('and keeps the version of the category', async () => {
    const category = await newCategory(server.as.editor);
    const { id } = await newArticle(server.as.editor);
    await add(id, category.id);
    const { articles: _, children: __, ...after } = (await server.anonymous.get(`/categories/${category.id}`)).body;
    expect(after).toEqual({ ...category, articleCount: 1, articleCountDeep: 1 });
  });
});

describe('DELETE /articles/{id}/categories/{categoryId} returns 204', () => {
  test('and keeps the order of the others; without the last one the article has no categories', async () => {
    const [a, b, c] = (await newCategories(3)) as [number, number, number];
    const { id } = await newArticle(server.as.editor, { categoryIds: [c, a, b] });
    const response = await remove(id, a);
    expect([response.status, response.body]).toEqual([204, undefined]);
    expect(await categoriesOf(id)).toEqual([c, b]);
    await remove(id, c);
    await remove(id, b);
    expect(await read(id)).toMatchObject({ version: 4, categories: [], status: 'published' });
    expect((await server.anonymous.get(`/categories/${a}`)).body).toMatchObject({
      articleCount: 0,
      articles: { data: [] },
    });
  });

  test('and changes nothing if there is no link, or no such category', async () => {
    const [a, b] = (await newCategories(2)) as [number, number];
    const before = await newArticle(server.as.editor, { categoryIds: [a] });
    for (const category of [b, 999_999, 0, '9223372036854775807'])
      expect((await remove(before.id, category)).status).toBe(204);
    expect(await read(before.id)).toEqual(before);
  });
});

describe('PUT and DELETE /articles/{id}/categories/{categoryId} return', () => {
  const both = [
    ['PUT', add],
    ['DELETE', remove],
  ] as const;

  test.each(both)('400 invalid_request to %s for a segment that is not an id, and for a parameter', async (_, call) => {
    const category = await newCategory(server.as.editor);
    const { id, slug } = await newArticle(server.as.editor);
    for (const key of [category.slug, '9223372036854775808', '-1', '%00', '1.0', '0x1']) {
      expectProblem(await call(id, key), 400, 'invalid_request', ['/categoryId']);
    }
    expectProblem(await call(slug, category.id), 400, 'invalid_request', ['/id']);
    expectProblem(await call(id, `${category.id}?position=1`), 400, 'invalid_request', ['/position']);
    expect((await read(id)).version).toBe(1);
  });

  test('401 unauthorized without a token and 403 forbidden to a reader, and change nothing', async () => {
    const [a, b] = (await newCategories(2)) as [number, number];
    const before = await newArticle(server.as.editor, { categoryIds: [a] });
    expectProblem(await server.anonymous.put(`/articles/${before.id}/categories/${b}`), 401, 'unauthorized');
    expectProblem(await server.anonymous.delete(`/articles/${before.id}/categories/${a}`), 401, 'unauthorized');
    expectProblem(await server.as.reader.put(`/articles/${before.id}/categories/${b}`), 403, 'forbidden');
    expectProblem(await server.as.reader.delete(`/articles/${before.id}/categories/${a}`), 403, 'forbidden');
    expect(await read(before.id)).toEqual(before);
  });

  test('404 not_found to PUT with the id of a category that does not exist, and change nothing', async () => {
    const before = await newArticle(server.as.editor);
    for (const category of [999_999, 0, '9223372036854775807']) {
      expectProblem(await add(before.id, category), 404, 'not_found');
    }
    expect((await add(before.id, 999_999)).body.detail).toBe('No category has the id 999999.');
    expect(await read(before.id)).toEqual(before);
  });

  test.each(both)('404 not_found to %s for an article that does not exist or is in the trash', async (_, call) => {
    const [category] = (await newCategories(1)) as [number];
    const { id } = await newArticle(server.as.editor, { categoryIds: [category] });
    await server.as.editor.delete(`/articles/${id}`);
    for (const article of [id, 0, 999_999]) expectProblem(await call(article, category), 404, 'not_found');
    expect((await server.as.reader.get(`/articles/${id}?trashed=true`)).body.categories).toHaveLength(1);
  });
});

describe('PUT /articles/{id}/categories/{categoryId} at the limit of MAX_IDS categories', () => {
  test('returns 400 too_many_ids for one more, and changes nothing', async () => {
    const ids = await newCategories(MAX_IDS + 1);
    const before = await newArticle(server.as.editor, { categoryIds: ids.slice(0, MAX_IDS) });
    const response = await add(before.id, ids[MAX_IDS]!);
    expectProblem(response, 400, 'too_many_ids', ['/categoryId']);
    expect(response.body.detail).toContain(String(MAX_IDS));
    expectProblem(await add(before.id, 999_999), 404, 'not_found');
    expect(await read(before.id)).toEqual(before);
  });

  test('returns 204 for a category that the article is in, and for another one after a removal', async () => {
    const ids = await newCategories(MAX_IDS + 1);
    const { id } = await newArticle(server.as.editor, { categoryIds: ids.slice(0, MAX_IDS) });
    expect((await add(id, ids[0]!)).status).toBe(204);
    await remove(id, ids[0]!);
    expect((await add(id, ids[MAX_IDS]!)).status).toBe(204);
    const sentBack = await server.as.editor.patch(`/articles/${id}`, { categoryIds: await categoriesOf(id) });
    expect(sentBack.status).toBe(200);
  });

  test('accepts one of two concurrent requests for the last place', async () => {
    const ids = await newCategories(MAX_IDS + 1);
    for (let round = 0; round < 20; round += 1) {
      const { id } = await newArticle(server.as.editor, { categoryIds: ids.slice(2) });
      const responses = await concurrently(2, (n) => add(id, ids[n]!));
      expect(outcomes(responses)).toEqual(['204', '400 too_many_ids']);
      expect(await categoriesOf(id)).toHaveLength(MAX_IDS);
    }
  });
});
