import { describe, expect, test } from 'vitest';
import { expectProblem } from '../harness/problem.ts';
import { forStrangers, idsOf, newArticle, newCategory, times } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();
const remove = (key: number | string) => server.as.editor.delete(`/categories/${key}`);
const read = async (key: number | string) => {
  const { articles: _, children: __, ...row } = (await server.anonymous.get(`/categories/${key}`)).body;
  return row;
};

describe('DELETE /categories/{idOrSlug} returns 204', () => {
  test('by id or slug, and then 404', async () => {
    const [a, b] = await times(2, () => newCategory(server.as.editor));
    for (const key of [a.id, b.slug]) {
      const response = await remove(key);
      expect([response.status, response.body]).toEqual([204, undefined]);
      for (const again of [await remove(key), await server.anonymous.get(`/categories/${key}`)]) {
        expectProblem(again, 404, 'not_found');
      }
    }
  });

  test('and deletes its links; the articles stay in their other categories, each with its version raised once', async () => {
    const [doomed, other, third] = await times(3, () => newCategory(server.as.editor));
    const categoryIds = [[doomed.id], [other.id, doomed.id, third.id], [doomed.id, other.id], [other.id]];
    const articles = await times(4, (n) => newArticle(server.as.editor, { categoryIds: categoryIds[n] }));
    const draft = await newArticle(server.as.editor, { categoryIds: [doomed.id, third.id], publishedAt: null });
    expect((await remove(doomed.id)).status).toBe(204);
    const after = await Promise.all(
      [...articles, draft].map(async ({ id }) => (await server.as.reader.get(`/articles/${id}`)).body),
    );
    expect(after.map(({ version, categories }) => [version, ...idsOf(categories)])).toEqual([
      [2],
      [2, other.id, third.id],
      [2, other.id],
      [1, other.id],
      [2, third.id],
    ]);
    const { rows } = await server.database.pool.query('select from article_categories where category_id = $1', [
      doomed.id,
    ]);
    expect(rows).toHaveLength(0);
    expect((await read(other.id)).articleCount).toBe(3);
  });

  test('and moves its children up to its parent, or to the top, with their subtrees', async () => {
    const root = await newCategory(server.as.editor);
    const middle = await newCategory(server.as.editor, { parentId: root.id });
    const children = await times(2, () => newCategory(server.as.editor, { parentId: middle.id }));
    const leaf = await newCategory(server.as.editor, { parentId: children[0].id });
    await remove(middle.id);
    for (const { id } of children)
      expect(await read(id)).toMatchObject({ parentId: root.id, path: [{ id: root.id }], version: 2 });
    expect(await read(leaf.id)).toMatchObject({ path: [{ id: root.id }, { id: children[0].id }], version: 1 });
    await remove(root.id);
    for (const { id } of children) expect(await read(id)).toMatchObject({ parentId: null, path: [], version: 3 });
  });

  test('for a category whose child has the same name', async () => {
    const { id, name } = await newCategory(server.as.editor);
    const child = await newCategory(server.as.editor, { name: name.toLowerCase(), parentId: id });
    expect((await remove(id)).status).toBe(204);
    expect(await read(child.id)).toMatchObject({ name: name.toLowerCase(), parentId: null });
  });

  test('and frees its slug and name', async () => {
    const { id, name, slug } = await newCategory(server.as.editor);
    await remove(id);
    expect(await newCategory(server.as.editor, { name, slug })).toMatchObject({ name, slug });
  });

  test('for a category with 1,000 articles', async () => {
    const { id } = await newCategory(server.as.editor);
    await server.database.pool.query(
      `with new as (insert into articles (title, slug, published_at)
         select 't', 'many-' || n, now() - interval '1 day' from generate_series(1, 1000) as n returning id, listed_at)
       insert into article_categories (article_id, category_id, position, listed_at) select id, $1, 1, listed_at from new`,
      [id],
    );
    expect((await read(id)).articleCount).toBe(1000);
    expect((await remove(id)).status).toBe(204);
    const { rows } = await server.database.pool.query("select distinct version from articles where slug like 'many-%'");
    // The links were inserted in the transaction of their articles, which raises no version. The delete raised each once.
    expect(rows).toEqual([{ version: 2 }]);
  });
});

describe('DELETE /categories/{idOrSlug} returns', () => {
  test('400 invalid_request for an id above 64 bits and for a parameter', async () => {
    const { id } = await newCategory(server.as.editor);
    expectProblem(await remove('9223372036854775808'), 400, 'invalid_request', ['/idOrSlug']);
    expectProblem(await remove(`${id}?force=true`), 400, 'invalid_request', ['/force']);
    expect((await read(id)).id).toBe(id);
  });

  test('401 unauthorized without a token and 403 forbidden to a reader, and deletes nothing', async () => {
    const before = await newCategory(server.as.editor);
    expectProblem(await server.anonymous.delete(`/categories/${before.id}`), 401, 'unauthorized');
    expectProblem(await server.as.reader.delete(`/categories/${before.id}`), 403, 'forbidden');
    expect(await read(before.id)).toEqual(before);
  });

  test('404 not_found for a category that does not exist', async () => {
    for (const key of [0, 999_999, '9223372036854775807', 'no-such-slug'])
      expectProblem(await remove(key), 404, 'not_found');
  });

  test('409 name_taken with each child whose name a sibling of its parent has, and changes nothing', async () => {
    const root = await newCategory(server.as.editor);
    await newCategory(server.as.editor, { name: 'Rye', parentId: root.id });
    const doomed = await newCategory(server.as.editor, { parentId: root.id });
    const child = await newCategory(server.as.editor, { name: 'R\u00adYE', parentId: doomed.id });
    const free = await newCategory(server.as.editor, { name: 'Oats', parentId: doomed.id });
    const article = await newArticle(server.as.editor, { categoryIds: [doomed.id] });
    const response = await remove(doomed.id);
    expectProblem(response, 409, 'name_taken');
    expect(response.body.detail).toContain(`"R\u00adYE" (id ${child.id})`);
    expect(response.body.detail).not.toContain('Oats');
    expect([await read(child.id), await read(free.id)]).toEqual([child, free]);
    expect((await server.anonymous.get(`/articles/${article.id}`)).body).toEqual(forStrangers(article));
    await server.as.editor.patch(`/categories/${child.id}`, { name: 'Rye bread' });
    expect((await remove(doomed.id)).status).toBe(204);
  });
});
