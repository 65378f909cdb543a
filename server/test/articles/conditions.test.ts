import { describe, expect, test } from 'vitest';
import type { TestResponse } from '../harness/client.ts';
import { expectProblem } from '../harness/problem.ts';
import { newArticle, newAuthor, newCategory, unique } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();
const etagOf = (answer: TestResponse) => answer.headers.get('etag') ?? '';
const get = (path: string, known?: string) =>
  server.anonymous.get(path, known === undefined ? {} : { headers: { 'if-none-match': known } });

/** Each thing that has a version, made anew: its path, and a change to make. */
const versioned = {
  article: async () => ({
    path: `/articles/${(await newArticle(server.as.editor)).id}`,
    change: { title: unique('Title') },
  }),
  category: async () => ({
    path: `/categories/${(await newCategory(server.as.editor)).id}`,
    change: { name: unique('Name') },
  }),
  author: async () => ({
    path: `/authors/${(await newAuthor(server.as.editor)).id}`,
    change: { name: unique('Name') },
  }),
};
const kinds = Object.keys(versioned) as (keyof typeof versioned)[];

describe('GET with If-None-Match', () => {
  test.each(kinds)('answers 304 without a body for an %s that is as it was', async (kind) => {
    const { path } = await versioned[kind]();
    const first = await get(path);
    expect(etagOf(first)).toMatch(/^"1\.[\w-]+"$/);
    expect(etagOf(await get(path))).toBe(etagOf(first));
    for (const known of [etagOf(first), `W/${etagOf(first)}`, `"other", ${etagOf(first)}`, '*']) {
      const answer = await get(path, known);
      expect([answer.status, answer.body, etagOf(answer)]).toEqual([304, undefined, etagOf(first)]);
      expect(answer.headers.get('content-type')).toBeNull();
      const head = await server.anonymous.call('HEAD', path, undefined, { headers: { 'If-None-Match': known } });
      expect([head.status, head.body, etagOf(head)]).toEqual([304, undefined, etagOf(first)]);
    }
  });

  test.each(kinds)('answers 200 for an %s that has changed, and for a tag that it never had', async (kind) => {
    const { path, change } = await versioned[kind]();
    const before = etagOf(await get(path));
    await server.as.editor.patch(path, change);
    for (const known of [before, '"1"', '"2"', '"2.x"', 'nonsense', '']) {
      const answer = await get(path, known);
      expect([answer.status, etagOf(answer).slice(0, 3), answer.body.version]).toEqual([200, '"2.', 2]);
    }
  });

  test('answers 200 when a category of the article, or an author, was renamed: the version is the same', async () => {
    const category = await newCategory(server.as.editor);
    const author = await newAuthor(server.as.editor);
    const article = await newArticle(server.as.editor, { categoryIds: [category.id], authorIds: [author.id] });
    for (const path of [`/categories/${category.id}`, `/authors/${author.id}`]) {
      const before = etagOf(await get(`/articles/${article.id}`));
      await server.as.editor.patch(path, { name: unique('Renamed') });
      const answer = await get(`/articles/${article.id}`, before);
      expect([answer.status, answer.body.version]).toEqual([200, 1]);
      expect(etagOf(answer)).not.toBe(before);
    }
  });

  test('answers 200 for a category with a new count, path or article: the version is the same', async () => {
    const parent = await newCategory(server.as.editor);
    const { id } = await newCategory(server.as.editor, { parentId: parent.id });
    const { id: article } = await newArticle(server.as.editor);
    const steps = [
      () => server.as.editor.put(`/articles/${article}/categories/${id}`),
      () => server.as.editor.patch(`/articles/${article}`, { title: unique('Title') }),
      () => server.as.editor.patch(`/categories/${parent.id}`, { name: unique('Name') }),
    ];
    for (const step of steps) {
      const before = etagOf(await get(`/categories/${id}`));
      expect((await get(`/categories/${id}`, before)).status).toBe(304);
      await step();
      const answer = await get(`/categories/${id}`, before);
      expect([answer.status, answer.body.version]).toEqual([200, 1]);
    }
  });

  test('answers 200 for a scheduled article once it is published, although nobody wrote', async () => {
    const publishedAt = new Date(Date.now() + 800).toISOString();
    const { id } = await newArticle(server.as.editor, { publishedAt });
    const before = etagOf(await server.as.reader.get(`/articles/${id}`));
    const known = { headers: { 'if-none-match': before } };
    await expect
      .poll(async () => (await server.as.reader.get(`/articles/${id}`, known)).status, { timeout: 5_000 })
      .toBe(200);
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(publishedAt));
  });

  test('is nothing to a write', async () => {
    const { path, change } = await versioned.article();
    const headers = { 'if-none-match': etagOf(await get(path)) };
    expect((await server.as.editor.patch(path, change, { headers })).status).toBe(200);
  });
});

/** Every write to a row that exists, on rows made anew at version 2: what to call, and which row to look at. */
const writes: Record<string, () => Promise<{ call: [string, string, unknown?]; row: string }>> = {
  'PATCH /articles/{id}': async () => on(await article(), (row) => ['PATCH', row, { title: unique('New') }]),
  'PATCH /articles/{id} of links alone': async () => {
    const category = await newCategory(server.as.editor);
    return on(await article(), (row) => ['PATCH', row, { categoryIds: [category.id] }]);
  },
  'PATCH /articles/{id} of nothing': async () => on(await article(), (row) => ['PATCH', row, {}]),
  'DELETE /articles/{id}': async () => on(await article(), (row) => ['DELETE', row]),
  'DELETE /articles/{id}?permanent=true': async () => on(await article(), (row) => ['DELETE', `${row}?permanent=true`]),
  'POST /articles/{id}/restore': async () => {
    const { id } = await newArticle(server.as.editor);
    await server.as.editor.delete(`/articles/${id}`);
    return { call: ['POST', `/articles/${id}/restore`], row: `/articles/${id}?trashed=true` };
  },
  'PUT /articles/{id}/categories/{categoryId}': async () => {
    const category = await newCategory(server.as.editor);
    return on(await article(), (row) => ['PUT', `${row}/categories/${category.id}`]);
  },
  'DELETE /articles/{id}/categories/{categoryId}': async () => {
    const category = await newCategory(server.as.editor);
    const { id } = await newArticle(server.as.editor);
    await server.as.editor.put(`/articles/${id}/categories/${category.id}`);
    return on(`/articles/${id}`, (row) => ['DELETE', `${row}/categories/${category.id}`]);
  },
  'PATCH /categories/{idOrSlug}': async () => on(await category(), (row) => ['PATCH', row, { name: unique('New') }]),
  'PUT /categories/{idOrSlug}': async () => on(await category(), (row) => ['PUT', row, { name: unique('New') }]),
  'DELETE /categories/{idOrSlug}': async () => on(await category(), (row) => ['DELETE', row]),
  'PATCH /authors/{idOrSlug}': async () => on(await author(), (row) => ['PATCH', row, { bio: unique('New') }]),
  'DELETE /authors/{idOrSlug}': async () => on(await author(), (row) => ['DELETE', row]),
};
const on = (row: string, call: (row: string) => [string, string, unknown?]) => ({ row, call: call(row) });
const atVersion2 = async (path: string, change: object) => {
  expect((await server.as.editor.patch(path, change)).body.version).toBe(2);
  return path;
};
const article = async () =>
  atVersion2(`/articles/${(await newArticle(server.as.editor)).id}`, { title: unique('Second') });
const category = async () =>
  atVersion2(`/categories/${(await newCategory(server.as.editor)).id}`, { name: unique('Second') });
const author = async () => atVersion2(`/authors/${(await newAuthor(server.as.editor)).id}`, { name: unique('Second') });

describe.each(Object.keys(writes))('%s with If-Match', (name) => {
  const prepare = async () => {
    const { call, row } = await (writes[name] as (typeof writes)[string])();
    const [method, path, body] = call;
    return { row, run: (tag: string) => server.as.editor.call(method, path, body, { headers: { 'if-match': tag } }) };
  };

  test('answers 412 version_mismatch when stale, to come, weak or never given, and writes nothing', async () => {
    const { row, run } = await prepare();
    const before = await server.as.reader.get(row);
    const tag = etagOf(before);
    for (const stale of [
      '"1"',
      tag.replace('"2.', '"1.'),
      '"3"',
      '"2147483648"',
      '"9999999999"',
      `W/${tag}`,
      '"x"',
      '""',
      '"1", "3"',
    ]) {
      expectProblem(await run(stale), 412, 'version_mismatch');
    }
    expect((await run('"1"')).body.detail).toContain('2');
    expect((await server.as.reader.get(row)).body).toEqual(before.body);
  });

  test('answers 400 invalid_request for what is no list of tags, and writes nothing', async () => {
    const { row, run } = await prepare();
    for (const malformed of ['2', '"2', 'version 2', '"2" "3"', ',']) {
      expectProblem(await run(malformed), 400, 'invalid_request', ['/If-Match']);
    }
    expect((await server.as.reader.get(row)).body.version).toBe(2);
  });

  test.each([
    ['the version', () => '"2"'],
    ['the ETag', (tag: string) => tag],
    ['the version with the digest of another body', () => '"2.AAAAAAAAAAAAAAAA"'],
    ['one of several', (tag: string) => `"1", ${tag} , "7"`],
    ['*', () => '*'],
  ])('writes for %s', async (_, tagOf) => {
    const { row, run } = await prepare();
    const answer = await run(tagOf(etagOf(await server.as.reader.get(row))));
    expect([200, 204]).toContain(answer.status);
    const { status, body } = await server.as.reader.get(row);
    // A row that is gone has no version to look at.
    expect(status === 404 ? 3 : body.version).toBe(name.endsWith('nothing') ? 2 : 3);
  });
});
