import { describe, expect, test } from 'vitest';
import { walkForward } from './harness/pages.ts';
import { expectProblem } from './harness/problem.ts';
import { idsOf, newArticle, newAuthor, newCategory, times, unique } from './harness/seed.ts';
import { startTestServer, useServer } from './harness/server.ts';

// One test for each decision that other systems make differently or leave undefined. The decisions about filters are tested
// with the filters. The tests of each route cover its decisions in detail.

const server = useServer();
const { get, post, patch, put, del } = {
  get: (path: string) => server.as.editor.get(path),
  post: (path: string, body?: unknown) => server.as.editor.post(path, body),
  patch: (path: string, body: unknown) => server.as.editor.patch(path, body),
  put: (path: string) => server.as.editor.put(path),
  del: (path: string) => server.as.editor.delete(path),
};
const read = async (path: string) => (await get(path)).body;
const UNKNOWN = [999_998, 999_999];

describe('Decisions', () => {
  test('unknown category ids in a body: 422 with every unknown id; nothing is written', async () => {
    const category = await newCategory(server.as.editor);
    const before = await newArticle(server.as.editor, { slug: 'keeps-its-slug' });
    const body = { title: 'x', slug: 'never-written', categoryIds: [UNKNOWN[0], category.id, UNKNOWN[1]] };
    for (const response of [await post('/articles', body), await patch(`/articles/${before.id}`, body)]) {
      expectProblem(response, 422, 'unknown_category', ['/categoryIds/0', '/categoryIds/2']);
      for (const id of UNKNOWN) expect(response.body.detail).toContain(String(id));
    }
    expect(await read(`/articles/${before.id}`)).toEqual(before);
    expectProblem(await get('/articles/never-written'), 404, 'not_found');
    expect((await read(`/categories/${category.id}`)).articleCount).toBe(0);
    expectProblem(await post('/categories', { name: unique('x'), parentId: UNKNOWN[0] }), 422, 'unknown_category', [
      '/parentId',
    ]);
  });

  test('categoryIds: null: 400; only [] clears', async () => {
    const category = await newCategory(server.as.editor);
    const before = await newArticle(server.as.editor, { categoryIds: [category.id] });
    expectProblem(await patch(`/articles/${before.id}`, { categoryIds: null }), 400, 'invalid_request', [
      '/categoryIds',
    ]);
    expectProblem(await post('/articles', { title: 'x', categoryIds: null }), 400, 'invalid_request', ['/categoryIds']);
    expect(await read(`/articles/${before.id}`)).toEqual(before);
    expect((await patch(`/articles/${before.id}`, { categoryIds: [] })).body.categories).toEqual([]);
  });

  test('duplicate ids in a body: removed; the first occurrence counts', async () => {
    const [a, b, c] = idsOf(await times(3, () => newCategory(server.as.editor)));
    const { id, categories } = await newArticle(server.as.editor, { categoryIds: [b, a, b, c, a] });
    expect(idsOf(categories)).toEqual([b, a, c]);
    expect(idsOf((await patch(`/articles/${id}`, { categoryIds: [c, c, a, b, a, c] })).body.categories)).toEqual([
      c,
      a,
      b,
    ]);
  });

  test('adding an existing link, removing a missing one: 204, nothing changes', async () => {
    const [a, b] = idsOf(await times(2, () => newCategory(server.as.editor)));
    const before = await newArticle(server.as.editor, { categoryIds: [a] });
    expect((await put(`/articles/${before.id}/categories/${a}`)).status).toBe(204);
    expect((await del(`/articles/${before.id}/categories/${b}`)).status).toBe(204);
    expect(await read(`/articles/${before.id}`)).toEqual(before);
  });

  test('unknown id in a path: 404; removing a missing link, even to a category that does not exist: 204', async () => {
    const { id } = await newArticle(server.as.editor);
    for (const path of ['/articles/999999', '/categories/999999', '/authors/999999', '/categories/999999/articles']) {
      expectProblem(await get(path), 404, 'not_found');
    }
    expectProblem(await put(`/articles/${id}/categories/999999`), 404, 'not_found');
    expect((await del(`/articles/${id}/categories/999999`)).status).toBe(204);
    expectProblem(await del('/articles/999999/categories/999999'), 404, 'not_found');
  });

  test('page past the end: 200, empty, exact total', async () => {
    const category = await newCategory(server.as.editor);
    await times(3, () => newArticle(server.as.editor, { categoryIds: [category.id] }));
    const response = await get(`/categories/${category.id}/articles?page=2&limit=5&total=true`);
    expect([response.status, response.body.data, response.body.page.total]).toEqual([200, [], 3]);
  });

  test.each(['0', '-1', '101', 'abc'])('limit %s: 400, never clamped', async (limit) => {
    const { id } = await newCategory(server.as.editor);
    for (const list of ['/articles', '/categories', '/authors', `/categories/${id}/articles`]) {
      expectProblem(await get(`${list}?limit=${limit}`), 400, 'invalid_request', ['/limit']);
    }
  });

  test('unknown query parameter, body field or entry of fields: 400 with its name', async () => {
    const { id } = await newArticle(server.as.editor);
    for (const path of ['/articles', `/articles/${id}`, `/articles/${id}/categories`, '/categories', '/authors']) {
      const response = await get(`${path}?colour=red`);
      expectProblem(response, 400, 'invalid_request', ['/colour']);
      expect(response.body.detail).toContain('colour');
    }
    for (const list of ['/articles', '/categories', '/authors']) {
      expectProblem(await post(list, { title: 'x', name: 'x', colour: 'red' }), 400, 'invalid_request');
      expect((await get(`${list}?fields=id,colour`)).body.detail).toContain('"colour"');
      expectProblem(await get(`${list}?fields=id,colour`), 400, 'invalid_request', ['/fields']);
    }
  });

  test('a body that the schema rejects: 400 with a pointer to each field', async () => {
    const body = { title: ' ', slug: 'Bad Slug', excerpt: 'e'.repeat(10_001), content: 1 };
    expectProblem(await post('/articles', body), 400, 'invalid_request', ['/title', '/slug', '/excerpt', '/content']);
    expectProblem(await post('/articles', {}), 400, 'invalid_request', ['/title']);
  });

  test('anonymous callers and unpublished articles: 404 by id or slug', async () => {
    for (const publishedAt of [null, '2999-01-01T00:00:00Z']) {
      const { id, slug } = await newArticle(server.as.editor, { publishedAt });
      for (const key of [id, slug]) expectProblem(await server.anonymous.get(`/articles/${key}`), 404, 'not_found');
    }
  });

  test('deleting a category with articles: its links are deleted, its children move up to its parent', async () => {
    const parent = await newCategory(server.as.editor);
    const doomed = await newCategory(server.as.editor, { parentId: parent.id });
    const child = await newCategory(server.as.editor, { parentId: doomed.id });
    const { id } = await newArticle(server.as.editor, { categoryIds: [child.id, doomed.id] });
    expect((await del(`/categories/${doomed.id}`)).status).toBe(204);
    expect(await read(`/categories/${child.id}`)).toMatchObject({ parentId: parent.id, articleCount: 1 });
    expect(await read(`/articles/${id}`)).toMatchObject({ version: 2, categories: [{ id: child.id }] });
  });

  test('deleting a category whose child has the name of a sibling of the category: 409 with the child', async () => {
    const { name } = await newCategory(server.as.editor);
    const doomed = await newCategory(server.as.editor);
    await newCategory(server.as.editor, { name: name.toUpperCase(), parentId: doomed.id });
    const response = await del(`/categories/${doomed.id}`);
    expectProblem(response, 409, 'name_taken');
    expect(response.body.detail).toContain(name.toUpperCase());
  });

  test('deleting an author with articles: 204, the articles stay', async () => {
    const author = await newAuthor(server.as.editor);
    const { id } = await newArticle(server.as.editor, { authorIds: [author.id] });
    expect((await del(`/authors/${author.id}`)).status).toBe(204);
    expect(await read(`/articles/${id}`)).toMatchObject({ authors: [], version: 2 });
  });

  test('a cycle in the tree: 422', async () => {
    const root = await newCategory(server.as.editor);
    const leaf = await newCategory(server.as.editor, { parentId: root.id });
    for (const parentId of [leaf.id, root.id]) {
      expectProblem(await patch(`/categories/${root.id}`, { parentId }), 422, 'category_cycle', ['/parentId']);
    }
  });

  test('slug taken: a generated slug gets a suffix (-2), a slug that the client chose fails with 409', async () => {
    for (const [path, body] of [
      ['/articles', { title: 'Same' }],
      ['/authors', { name: 'Same' }],
    ] as const) {
      expect(await times(3, async () => (await post(path, body)).body.slug)).toEqual(['same', 'same-2', 'same-3']);
      expectProblem(await post(path, { ...body, slug: 'same-2' }), 409, 'slug_taken', ['/slug']);
    }
    expect([
      (await post('/categories', { name: 'Same' })).body.slug,
      (await post('/categories', { name: 'Same!' })).body.slug,
    ]).toEqual(['same', 'same-2']);
  });

  test('slugs: drafts keep theirs, and no slug is only digits', async () => {
    const draft = await newArticle(server.as.editor, { publishedAt: null });
    expectProblem(await post('/articles', { title: 'x', slug: draft.slug }), 409, 'slug_taken', ['/slug']);
    expectProblem(await post('/articles', { title: 'x', slug: '2026' }), 400, 'invalid_request', ['/slug']);
    expect((await post('/articles', { title: '2026' })).body.slug).toBe('article-2026');
  });

  test('sibling categories whose names look the same (ignoring case, NFKC and invisible characters): 409', async () => {
    await newCategory(server.as.editor, { name: 'Ångström' });
    for (const name of ['ÅNGSTRÖM', 'ångström'.normalize('NFD'), ' Ång\u00adström\u00a0', 'Å\uff4egström']) {
      expectProblem(await post('/categories', { name }), 409, 'name_taken', ['/name']);
    }
  });

  test('slug of a trashed article: free for others; a restore adds a suffix if it is taken', async () => {
    const first = await newArticle(server.as.editor, { slug: 'contended' });
    await del(`/articles/${first.id}`);
    expect((await newArticle(server.as.editor, { slug: 'contended' })).slug).toBe('contended');
    expect((await post(`/articles/${first.id}/restore`)).body.slug).toBe('contended-2');
  });

  test('last category removed: the article stays, without categories', async () => {
    const category = await newCategory(server.as.editor);
    const { id } = await newArticle(server.as.editor, { categoryIds: [category.id] });
    await del(`/articles/${id}/categories/${category.id}`);
    expect((await server.anonymous.get(`/articles/${id}`)).body).toMatchObject({ categories: [], status: 'published' });
    expect(idsOf((await walkForward(server.anonymous, '/articles', 100)).rows)).toContain(id);
  });

  test('DELETE: 204, then 404', async () => {
    const { editor } = server.as;
    const paths = [
      `/articles/${(await newArticle(editor)).id}`,
      `/articles/${(await newArticle(editor)).id}?permanent=true`,
      `/categories/${(await newCategory(editor)).id}`,
      `/authors/${(await newAuthor(editor)).id}`,
    ];
    for (const path of paths) {
      expect((await del(path)).status).toBe(204);
      expectProblem(await del(path), 404, 'not_found');
      expectProblem(await get(path.replace(/\?.*/, '')), 404, 'not_found');
    }
  });

  test.each(['9223372036854775808', '18446744073709551616', '9'.repeat(400)])(
    'an id above signed 64 bits: 400 (%s)',
    async (id) => {
      for (const path of ['/articles', '/categories', '/authors']) {
        expectProblem(await get(`${path}/${id}`), 400, 'invalid_request', ['/idOrSlug']);
      }
      expectProblem(await put(`/articles/1/categories/${id}`), 400, 'invalid_request', ['/categoryId']);
      expectProblem(await post('/articles', `{"title":"x","categoryIds":[${id}]}`), 400, 'invalid_request', [
        '/categoryIds/0',
      ]);
      expectProblem(await post('/categories', `{"name":"x","parentId":${id}}`), 400, 'invalid_request', ['/parentId']);
    },
  );

  test.each([
    ['NUL', '\\u0000', '%00'],
    ['a broken surrogate', '\\udfff', '%ED%BF%BF'],
  ])('%s in a string: 400', async (_, escape, encoded) => {
    for (const field of ['title', 'slug', 'excerpt', 'content', 'contentFormat', 'publishedAt']) {
      expectProblem(await post('/articles', `{"title":"x","${field}":"a${escape}b"}`), 400, 'invalid_request');
    }
    for (const field of ['name', 'slug', 'description']) {
      expectProblem(await post('/categories', `{"name":"x","${field}":"a${escape}b"}`), 400, 'invalid_request');
    }
    for (const field of ['name', 'slug', 'email', 'bio']) {
      expectProblem(await post('/authors', `{"name":"x","${field}":"a${escape}b"}`), 400, 'invalid_request');
    }
    expectProblem(await post('/articles', `{"title":"x","a${escape}":1}`), 400, 'invalid_request');
    for (const path of ['/articles', '/categories', '/authors']) {
      expect((await get(`${path}/a${encoded}`)).status).toBe(400);
      for (const query of ['after', 'limit', 'fields', `a${encoded}`]) {
        expect((await get(`${path}?${query}=x${encoded}`)).status).toBe(400);
      }
    }
  });

  test('too many ids or a body too large: 400 or 413 with the limit, which is configurable', async () => {
    const small = await startTestServer({ MAX_IDS: '3', BODY_LIMIT_BYTES: '1000' });
    const ids = idsOf(await times(4, () => newCategory(small.as.editor)));
    expect((await small.as.editor.post('/articles', { title: 'x', categoryIds: ids.slice(0, 3) })).status).toBe(201);
    const tooMany = await small.as.editor.post('/articles', { title: 'x', categoryIds: ids });
    expectProblem(tooMany, 400, 'too_many_ids', ['/categoryIds']);
    expect(tooMany.body.detail).toContain('3');
    const names = 'fields=id,title,slug,status&status=draft,scheduled,published,trashed';
    expect((await small.as.editor.get(`/articles?${names}`)).status).toBe(200);
    const tooLong = await small.as.editor.post('/articles', { title: 'x', content: 'x'.repeat(1000) });
    expectProblem(tooLong, 413, 'body_too_large');
    expect(tooLong.body.detail).toMatch(/1000|BODY_LIMIT_BYTES/);
    await small.close();
  });
});
