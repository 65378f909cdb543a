import { describe, expect, test } from 'vitest';
import { expectProblem } from '../harness/problem.ts';
import { idsOf, minutesFromNow, newArticle, newAuthor, newCategory, times } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();
const trash = async (id: number) => {
  const response = await server.as.editor.delete(`/articles/${id}`);
  expect([response.status, response.body]).toEqual([204, undefined]);
};
const restore = (id: number | string) => server.as.editor.post(`/articles/${id}/restore`);
const purge = (id: number | string) => server.as.editor.delete(`/articles/${id}?permanent=true`);
const rowsOf = async (id: number) => {
  const count = (table: string, column: string) => `(select count(*)::int from ${table} where ${column} = $1)`;
  const { rows } = await server.database.pool.query(
    `select ${count('articles', 'id')} as articles, ${count('article_categories', 'article_id')} as categories,
      ${count('article_authors', 'article_id')} as authors`,
    [id],
  );
  return rows[0];
};

describe('DELETE /articles/{id} returns 204', () => {
  test('and then 404 to all callers, unless a reader requests the trash', async () => {
    const before = await newArticle(server.as.editor);
    await trash(before.id);
    for (const client of [server.anonymous, server.as.reader, server.as.admin]) {
      for (const key of [before.id, before.slug]) expectProblem(await client.get(`/articles/${key}`), 404, 'not_found');
      expectProblem(await client.get(`/articles/${before.id}/categories`), 404, 'not_found');
    }
    const trashed = await server.as.reader.get(`/articles/${before.id}?trashed=true`);
    expect(trashed.body).toEqual({ ...before, status: 'trashed', version: 2, updatedAt: trashed.body.updatedAt });
  });

  test('and keeps the links, which no count includes', async () => {
    const category = await newCategory(server.as.editor);
    const author = await newAuthor(server.as.editor);
    const { id } = await newArticle(server.as.editor, { categoryIds: [category.id], authorIds: [author.id] });
    await trash(id);
    expect(await rowsOf(id)).toEqual({ articles: 1, categories: 1, authors: 1 });
    expect((await server.as.editor.get(`/categories/${category.id}`)).body).toMatchObject({
      articleCount: 0,
      articleCountDeep: 0,
    });
  });

  test('and frees the slug for other articles', async () => {
    const { id } = await newArticle(server.as.editor, { slug: 'freed' });
    await trash(id);
    expect((await newArticle(server.as.editor, { slug: 'freed' })).slug).toBe('freed');
  });

  test('with permanent=true and deletes the article, live or trashed, with its links', async () => {
    for (const deletePermanently of [purge, async (id: number) => (await trash(id), purge(id))]) {
      const category = await newCategory(server.as.editor);
      const author = await newAuthor(server.as.editor);
      const { id } = await newArticle(server.as.editor, { categoryIds: [category.id], authorIds: [author.id] });
      expect((await deletePermanently(id)).status).toBe(204);
      expect(await rowsOf(id)).toEqual({ articles: 0, categories: 0, authors: 0 });
      expectProblem(await server.as.reader.get(`/articles/${id}?trashed=true`), 404, 'not_found');
      expectProblem(await purge(id), 404, 'not_found');
      expectProblem(await restore(id), 404, 'not_found');
    }
  });

  test('with permanent=false as without the parameter', async () => {
    const { id } = await newArticle(server.as.editor);
    expect((await server.as.editor.delete(`/articles/${id}?permanent=false`)).status).toBe(204);
    expect((await restore(id)).status).toBe(200);
  });
});

describe('POST /articles/{id}/restore returns 200', () => {
  test.each([
    ['published', '2020-01-01T00:00:00.000Z'],
    ['scheduled', minutesFromNow(60)],
    ['draft', null],
  ])('with a %s article unchanged, its links in order', async (status, publishedAt) => {
    const categories = await times(3, () => newCategory(server.as.editor));
    const author = await newAuthor(server.as.editor);
    const categoryIds = idsOf(categories).reverse();
    const before = await newArticle(server.as.editor, {
      publishedAt,
      categoryIds,
      authorIds: [author.id],
      content: 'Text',
    });
    await trash(before.id);
    const response = await restore(before.id);
    expect(response.body).toEqual({ ...before, status, version: 3, updatedAt: response.body.updatedAt });
    expect((await server.as.editor.get(`/articles/${before.slug}`)).body).toEqual(response.body);
    const listed = (await server.anonymous.get(`/categories/${categories[1].id}/articles`)).body.data;
    expect(idsOf(listed)).toEqual(status === 'published' ? [before.id] : []);
  });

  test('without links to categories and authors that were deleted in the meantime', async () => {
    const [a, b] = await times(2, () => newCategory(server.as.editor));
    const author = await newAuthor(server.as.editor);
    const { id } = await newArticle(server.as.editor, { categoryIds: [a.id, b.id], authorIds: [author.id] });
    await trash(id);
    await server.as.editor.delete(`/categories/${a.id}`);
    await server.as.editor.delete(`/authors/${author.id}`);
    expect((await restore(id)).body).toMatchObject({ categories: [{ id: b.id }], authors: [], version: 5 });
  });

  test('with a suffix on the slug if another article has it now, repeatedly', async () => {
    const all = await times(3, async () => {
      const article = await newArticle(server.as.editor, { slug: 'much-wanted' });
      await trash(article.id);
      return article;
    });
    const slugs = await times(3, async (n) => (await restore(all[n].id)).body.slug);
    expect(slugs).toEqual(['much-wanted', 'much-wanted-2', 'much-wanted-3']);
  });

  test('with a suffix also on a slug of 200 characters', async () => {
    const slug = `${'ab-'.repeat(66)}ab`;
    const all = await times(4, async () => {
      const article = await newArticle(server.as.editor, { slug });
      await trash(article.id);
      return article;
    });
    const slugs = await times(4, async (n) => (await restore(all[n].id)).body.slug);
    expect(slugs[0]).toBe(slug);
    expect(new Set(slugs).size).toBe(4);
    for (const each of slugs.slice(1)) expect(each).toMatch(/^(?=.{150,200}$)(ab-)+(ab?-)?\d$/);
  });

  test('and changes nothing if the article is live', async () => {
    const before = await newArticle(server.as.editor);
    expect((await restore(before.id)).body).toEqual(before);
  });
});

describe('DELETE /articles/{id} and POST /articles/{id}/restore return', () => {
  test('400 invalid_request for a segment that is not an id, an unknown parameter and an invalid permanent', async () => {
    const { id, slug } = await newArticle(server.as.editor);
    for (const key of [slug, '9223372036854775808', '-1', '1.0']) {
      expectProblem(await server.as.editor.delete(`/articles/${key}`), 400, 'invalid_request', ['/id']);
      expectProblem(await server.as.editor.post(`/articles/${key}/restore`), 400, 'invalid_request', ['/id']);
    }
    for (const value of ['1', 'yes', '']) {
      const response = await server.as.editor.delete(`/articles/${id}?permanent=${value}`);
      expectProblem(response, 400, 'invalid_request', ['/permanent']);
    }
    expectProblem(await server.as.editor.delete(`/articles/${id}?force=true`), 400, 'invalid_request', ['/force']);
    expectProblem(await server.as.editor.post(`/articles/${id}/restore?slug=x`), 400, 'invalid_request', ['/slug']);
    expect((await server.anonymous.get(`/articles/${id}`)).body.version).toBe(1);
  });

  test('401 unauthorized without a token and 403 forbidden to a reader, and change nothing', async () => {
    const { id } = await newArticle(server.as.editor);
    for (const path of [`/articles/${id}`, `/articles/${id}?permanent=true`]) {
      expectProblem(await server.anonymous.delete(path), 401, 'unauthorized');
      expectProblem(await server.as.reader.delete(path), 403, 'forbidden');
    }
    expectProblem(await server.anonymous.post(`/articles/${id}/restore`), 401, 'unauthorized');
    expectProblem(await server.as.reader.post(`/articles/${id}/restore`), 403, 'forbidden');
    expect((await server.anonymous.get(`/articles/${id}`)).body.version).toBe(1);
  });

  test('404 not_found for an article that does not exist, and for a second DELETE of a trashed article', async () => {
    const { id } = await newArticle(server.as.editor);
    await trash(id);
    expectProblem(await server.as.editor.delete(`/articles/${id}`), 404, 'not_found');
    for (const key of ['0', '999999', '9223372036854775807']) {
      expectProblem(await server.as.editor.delete(`/articles/${key}`), 404, 'not_found');
      expectProblem(await purge(key), 404, 'not_found');
      expectProblem(await restore(key), 404, 'not_found');
    }
  });
});
