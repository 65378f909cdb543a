import { describe, expect, test } from 'vitest';
import type { TestResponse } from '../harness/client.ts';
import { eventually } from '../harness/eventually.ts';
import { expectProblem } from '../harness/problem.ts';
import { newArticle, newAuthor, newCategory, unique } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();
const etagOf = (response: TestResponse) => response.headers.get('etag') ?? '';
const get = (path: string, known?: string) =>
  server.anonymous.get(path, known === undefined ? {} : { headers: { 'if-none-match': known } });

/** Creates a row of each resource that has a version; returns its path and the body of an update. */
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
  test.each(kinds)('returns 304 without a body for an unchanged %s', async (kind) => {
    const { path } = await versioned[kind]();
    const first = await get(path);
    expect(etagOf(first)).toMatch(/^"1\.[\w-]+"$/);
    expect(etagOf(await get(path))).toBe(etagOf(first));
    for (const known of [etagOf(first), `W/${etagOf(first)}`, `"other", ${etagOf(first)}`, '*']) {
      const response = await get(path, known);
      expect([response.status, response.body, etagOf(response)]).toEqual([304, undefined, etagOf(first)]);
      expect(response.headers.get('content-type')).toBeNull();
      const head = await server.anonymous.call('HEAD', path, undefined, { headers: { 'If-None-Match': known } });
      expect([head.status, head.body, etagOf(head)]).toEqual([304, undefined, etagOf(first)]);
    }
  });

  test.each(kinds)('returns 200 for a changed %s, and for a tag that Rubric never returned', async (kind) => {
    const { path, change } = await versioned[kind]();
    const before = etagOf(await get(path));
    await server.as.editor.patch(path, change);
    for (const known of [before, '"1"', '"2"', '"2.x"', 'nonsense', '']) {
      const response = await get(path, known);
      expect([response.status, etagOf(response).slice(0, 3), response.body.version]).toEqual([200, '"2.', 2]);
    }
  });

  test('returns 200 if a category or an author of the article was renamed, although the version is the same', async () => {
    const category = await newCategory(server.as.editor);
    const author = await newAuthor(server.as.editor);
    const article = await newArticle(server.as.editor, { categoryIds: [category.id], authorIds: [author.id] });
    for (const path of [`/categories/${category.id}`, `/authors/${author.id}`]) {
      const before = etagOf(await get(`/articles/${article.id}`));
      await server.as.editor.patch(path, { name: unique('Renamed') });
      const response = await get(`/articles/${article.id}`, before);
      expect([response.status, response.body.version]).toEqual([200, 1]);
      expect(etagOf(response)).not.toBe(before);
    }
  });

  test('returns 200 for a category with a new count, path or article, although the version is the same', async () => {
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
      const response = await get(`/categories/${id}`, before);
      expect([response.status, response.body.version]).toEqual([200, 1]);
    }
  });

  test('returns 200 for a scheduled article once it is published, although it was not written', async () => {
    // A slow machine can take longer than this until the first read: then the next delay is longer.
    for (let delayMs = 400; ; delayMs *= 2) {
      const publishedAt = new Date(Date.now() + delayMs).toISOString();
      const { id } = await newArticle(server.as.editor, { publishedAt });
      const before = etagOf(await server.as.reader.get(`/articles/${id}`));
      if (Date.now() >= Date.parse(publishedAt)) continue;
      const known = { headers: { 'if-none-match': before } };
      await eventually(async () => expect((await server.as.reader.get(`/articles/${id}`, known)).status).toBe(200));
      expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(publishedAt));
      return;
    }
  });

  test('is ignored in writes', async () => {
    const { path, change } = await versioned.article();
    const headers = { 'if-none-match': etagOf(await get(path)) };
    expect((await server.as.editor.patch(path, change, { headers })).status).toBe(200);
  });
});

/** Every write to an existing row, each on a new row at version 2: the request, and the path of the row. */
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

  test('returns 412 version_mismatch for a tag that is stale, in the future, weak or unknown, and writes nothing', async () => {
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

  test('returns 400 invalid_request for a value that is not a list of tags, and writes nothing', async () => {
    const { row, run } = await prepare();
    for (const malformed of ['2', '"2', 'version 2', '"2" "3"', ',', '', ' , ,', '"2", 3']) {
      expectProblem(await run(malformed), 400, 'invalid_request', ['/If-Match']);
    }
    expect((await server.as.reader.get(row)).body.version).toBe(2);
  });

  test.each([
    ['the version', () => '"2"'],
    ['the ETag', (tag: string) => tag],
    ['the version with the digest of another body', () => '"2.AAAAAAAAAAAAAAAA"'],
    ['one of several', (tag: string) => `"1", ${tag} , "7"`],
    ['a list with empty elements', (tag: string) => `, "1",,${tag},`],
    ['*', () => '*'],
  ])('writes for %s', async (_, tagOf) => {
    const { row, run } = await prepare();
    const response = await run(tagOf(etagOf(await server.as.reader.get(row))));
    expect([200, 204]).toContain(response.status);
    const { status, body } = await server.as.reader.get(row);
    // A deleted row has no version.
    expect(status === 404 ? 3 : body.version).toBe(name.endsWith('nothing') ? 2 : 3);
  });
});
