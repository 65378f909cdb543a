import { describe, expect, test } from 'vitest';
import { operations } from '../harness/operations.ts';
import { expectProblem } from '../harness/problem.ts';
import { newArticle, newCategory, unique } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const requiring = useServer({ REQUIRE_IF_MATCH: 'true' });
const lenient = useServer();

type Editor = typeof requiring.as.editor;
type Change = { path: string; body?: object };

const articlePath = async (editor: Editor) => `/articles/${(await newArticle(editor)).id}`;
const linkPath = async (editor: Editor) => {
  const { id } = await newCategory(editor);
  return `/articles/${(await newArticle(editor)).id}/categories/${id}`;
};
const categoryPath = async (editor: Editor) => `/categories/${(await newCategory(editor)).id}`;

/** Every change that the setting concerns, each of new rows at version 1. */
const changes: Record<string, (editor: Editor) => Promise<Change>> = {
  'PATCH /articles/{id}': async (editor) => ({ path: await articlePath(editor), body: { title: unique('New') } }),
  'DELETE /articles/{id}': async (editor) => ({ path: await articlePath(editor) }),
  'PUT /articles/{id}/categories/{categoryId}': async (editor) => ({ path: await linkPath(editor) }),
  'DELETE /articles/{id}/categories/{categoryId}': async (editor) => ({ path: await linkPath(editor) }),
  'PATCH /articles/{id}/draft': async (editor) => ({
    path: `${await articlePath(editor)}/draft`,
    body: { title: unique('New') },
  }),
  'DELETE /articles/{id}/draft': async (editor) => {
    const path = `${await articlePath(editor)}/draft`;
    await editor.patch(path, { title: unique('Draft') }, { headers: { 'if-match': '*' } });
    return { path };
  },
  'PATCH /categories/{idOrSlug}': async (editor) => ({
    path: await categoryPath(editor),
    body: { name: unique('New') },
  }),
  'PUT /categories/{idOrSlug}': async (editor) => ({ path: await categoryPath(editor), body: { name: unique('New') } }),
  'DELETE /categories/{idOrSlug}': async (editor) => ({ path: await categoryPath(editor) }),
};

test('The setting concerns every PATCH, PUT and DELETE under /articles and /categories that takes If-Match', () => {
  const names = operations
    .filter(({ method, path, parameters }) => {
      const isContent = path.startsWith('/articles') || path.startsWith('/categories');
      return (
        isContent && ['PATCH', 'PUT', 'DELETE'].includes(method) && parameters.some(({ name }) => name === 'If-Match')
      );
    })
    .map(({ name }) => name);
  expect(Object.keys(changes).sort()).toEqual(names.sort());
  const documenting = operations.filter(({ responses }) => '428' in responses).map(({ name }) => name);
  expect(documenting.sort()).toEqual(names.sort());
});

describe.each(Object.entries(changes))('%s', (name, prepare) => {
  const method = name.split(' ')[0] as string;
  const version = name === 'DELETE /articles/{id}/draft' ? '"2"' : '"1"';

  test('with REQUIRE_IF_MATCH=true returns 428 without If-Match, and writes nothing', async () => {
    const { editor } = requiring.as;
    const { path, body } = await prepare(editor);
    const row = path.replace(/\/categories\/\d+$|\/draft$/, (end) => (path.startsWith('/articles') ? '' : end));
    const before = (await editor.get(row)).body;
    const response = await editor.call(method, path, body);
    expectProblem(response, 428, 'version_required');
    expect(response.body.detail).toContain('Send If-Match');
    expect((await editor.get(row)).body).toEqual(before);
  });

  test.each(['*', 'the version'])('with REQUIRE_IF_MATCH=true writes for %s', async (tag) => {
    const { path, body } = await prepare(requiring.as.editor);
    const headers = { 'if-match': tag === '*' ? '*' : version };
    expect((await requiring.as.editor.call(method, path, body, { headers })).status).toBeLessThan(300);
  });

  test('without the setting writes without If-Match', async () => {
    const { path, body } = await prepare(lenient.as.editor);
    expect((await lenient.as.editor.call(method, path, body)).status).toBeLessThan(300);
  });
});

describe('With REQUIRE_IF_MATCH=true', () => {
  test('a POST needs no If-Match: publish, restore, create', async () => {
    const { editor } = requiring.as;
    const path = await articlePath(editor);
    const any = { headers: { 'if-match': '*' } };
    await editor.patch(`${path}/draft`, { title: unique('Draft') }, any);
    expect((await editor.post(`${path}/draft/publish`)).status).toBe(200);
    expect((await editor.post(`${path}/revisions/1/restore`)).status).toBe(200);
    await editor.delete(path, any);
    expect((await editor.post(`${path}/restore`)).status).toBe(200);
  });

  test('ranks, redirects and authors need no If-Match', async () => {
    const { editor } = requiring.as;
    const category = await newCategory(editor);
    const article = await newArticle(editor, { categoryIds: [category.id] });
    const rank = `/categories/${category.id}/articles/${article.id}/rank`;
    expect((await editor.put(rank, { first: true })).status).toBe(204);
    expect((await editor.delete(rank)).status).toBe(204);
    const target = { type: 'article', id: article.id };
    const redirect = await editor.post('/redirects', { path: `/${unique('old')}`, target });
    expect((await editor.delete(`/redirects/${redirect.body.id}`)).status).toBe(204);
    const { body: author } = await editor.post('/authors', { name: unique('Author') });
    expect((await editor.patch(`/authors/${author.id}`, { bio: 'New' })).status).toBe(200);
    expect((await editor.delete(`/authors/${author.id}`)).status).toBe(204);
  });

  test('who may not change it is told so first, and who may reads what is wrong with the header', async () => {
    const path = await articlePath(requiring.as.editor);
    expectProblem(await requiring.anonymous.patch(path, {}), 401, 'unauthorized');
    expectProblem(await requiring.as.reader.patch(path, {}), 403, 'forbidden');
    const headers = { 'if-match': '"2"' };
    expectProblem(await requiring.as.editor.patch(path, {}, { headers }), 412, 'version_mismatch');
  });

  test('a 428 is not kept under an Idempotency-Key', async () => {
    const path = await articlePath(requiring.as.editor);
    const key = { 'idempotency-key': unique('key') };
    const body = { title: unique('New') };
    expectProblem(await requiring.as.editor.patch(path, body, { headers: key }), 428, 'version_required');
    const headers = { ...key, 'if-match': '"1"' };
    expect((await requiring.as.editor.patch(path, body, { headers })).status).toBe(200);
  });
});
