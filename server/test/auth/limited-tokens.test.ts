import { describe, expect, test } from 'vitest';
import { Client } from '../harness/client.ts';
import { expectProblem } from '../harness/problem.ts';
import { idsOf, newArticle, newCategory, unique } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

/** ASVS 8.2.1, API5:2023: a token has no permissions beyond its own limits, and none beyond its owner. */

const server = useServer();

async function tokenWith(body: object): Promise<Client> {
  const { status, body: token } = await server.as.admin.post('/tokens', {
    name: unique('Token'),
    role: 'editor',
    ...body,
  });
  expect(status, JSON.stringify(token)).toBe(201);
  return new Client(server.url, token.token);
}

describe('A token that is read-only', () => {
  test('reads everything that its role can read', async () => {
    const token = await tokenWith({ readOnly: true });
    const { id } = await newArticle(server.as.editor, { publishedAt: null });
    expect((await token.get(`/articles/${id}`)).status).toBe(200);
    expect((await token.get('/articles?status=draft')).status).toBe(200);
  });

  test('gets 403 for every write', async () => {
    const token = await tokenWith({ readOnly: true, role: 'admin' });
    const { id } = await newArticle(server.as.editor);
    expectProblem(await token.post('/articles', { title: 'x' }), 403, 'forbidden');
    expectProblem(await token.patch(`/articles/${id}`, { title: 'x' }), 403, 'forbidden');
    expectProblem(await token.delete(`/articles/${id}`), 403, 'forbidden');
    expectProblem(await token.post('/tokens', { name: 'x', role: 'reader' }), 403, 'forbidden');
  });
});

describe('A token that is limited to categories', () => {
  async function limited() {
    const [inside, outside] = [await newCategory(server.as.editor), await newCategory(server.as.editor)];
    return { inside, outside, token: await tokenWith({ categoryIds: [inside.id] }) };
  }

  test('creates articles only in these categories', async () => {
    const { inside, outside, token } = await limited();
    expect((await newArticle(token, { categoryIds: [inside.id] })).categories).toHaveLength(1);
    for (const categoryIds of [undefined, [], [outside.id], [inside.id, outside.id]]) {
      const response = await token.post('/articles', { title: unique('Outside'), categoryIds });
      expectProblem(response, 403, 'forbidden', ['/categoryIds']);
    }
  });

  test('updates only articles whose categories are all among these, and gets 404 for all others', async () => {
    const { inside, outside, token } = await limited();
    const mine = await newArticle(server.as.editor, { categoryIds: [inside.id] });
    const both = await newArticle(server.as.editor, { categoryIds: [inside.id, outside.id] });
    const other = await newArticle(server.as.editor, { categoryIds: [outside.id] });
    expect((await token.patch(`/articles/${mine.id}`, { title: 'Changed' })).status).toBe(200);
    for (const { id } of [both, other, { id: 999_999 }]) {
      expectProblem(await token.patch(`/articles/${id}`, { title: 'Changed' }), 404, 'not_found');
      expectProblem(await token.delete(`/articles/${id}`), 404, 'not_found');
      expectProblem(await token.put(`/articles/${id}/categories/${inside.id}`), 404, 'not_found');
    }
  });

  test('cannot move articles out of them or into others', async () => {
    const { inside, outside, token } = await limited();
    const { id } = await newArticle(token, { categoryIds: [inside.id] });
    expectProblem(await token.patch(`/articles/${id}`, { categoryIds: [outside.id] }), 403, 'forbidden', [
      '/categoryIds',
    ]);
    expectProblem(await token.patch(`/articles/${id}`, { categoryIds: [] }), 403, 'forbidden', ['/categoryIds']);
    expectProblem(await token.put(`/articles/${id}/categories/${outside.id}`), 403, 'forbidden');
  });

  test('unlinks an article from some of them, but not from the last one', async () => {
    const [a, b] = [await newCategory(server.as.editor), await newCategory(server.as.editor)];
    const token = await tokenWith({ categoryIds: [a.id, b.id] });
    const { id } = await newArticle(token, { categoryIds: [a.id, b.id] });
    expect((await token.delete(`/articles/${id}/categories/${a.id}`)).status).toBe(204);
    expect((await token.delete(`/articles/${id}/categories/${a.id}`)).status).toBe(204);
    expectProblem(await token.delete(`/articles/${id}/categories/${b.id}`), 403, 'forbidden', ['/categoryIds']);
    expect((await token.get(`/articles/${id}`)).body).toMatchObject({ version: 2, categories: [{ id: b.id }] });
    expect((await server.as.editor.delete(`/articles/${id}/categories/${b.id}`)).status).toBe(204);
  });

  test('reads only the drafts in them, also in lists and totals', async () => {
    const { inside, outside, token } = await limited();
    const draft = await newArticle(server.as.editor, { publishedAt: null, categoryIds: [inside.id, outside.id] });
    const hidden = await newArticle(server.as.editor, { publishedAt: null, categoryIds: [outside.id] });
    expect((await token.get(`/articles/${draft.id}`)).status).toBe(200);
    expectProblem(await token.get(`/articles/${hidden.id}`), 404, 'not_found');
    const { body } = await token.get(`/articles?categories[any]=${inside.id},${outside.id}&status=draft&total=true`);
    expect([idsOf(body.data), body.page.total]).toEqual([[draft.id], 1]);
  });

  test('gets 403 for everything except articles', async () => {
    const { inside, token } = await limited();
    expectProblem(await token.patch(`/categories/${inside.id}`, { name: unique('x') }), 403, 'forbidden');
    expectProblem(await token.post('/authors', { name: 'x' }), 403, 'forbidden');
    expectProblem(await token.get('/tokens'), 403, 'forbidden');
  });

  test.each([
    [[], 400, 'invalid_request', ['/categoryIds']],
    [[999_999_999, 999_999_998], 422, 'unknown_category', ['/categoryIds/0', '/categoryIds/1']],
    [['3'], 400, 'invalid_request', ['/categoryIds/0']],
  ] as const)('is not created with the categories %j', async (categoryIds, status, code, pointers) => {
    const response = await server.as.admin.post('/tokens', { name: 'x', role: 'editor', categoryIds });
    expectProblem(response, status, code, [...pointers]);
  });
});

describe('A token of an account', () => {
  const updateOwner = (set: string) =>
    server.database.pool.query(`update accounts set ${set} where role = 'author' or name = 'author'`);

  test('cannot create tokens, so a stolen one leaves no copies behind', async () => {
    expectProblem(await server.as.author.post('/tokens', { name: 'copy', role: 'author' }), 403, 'forbidden');
    expectProblem(await server.as.author.get('/tokens'), 403, 'forbidden');
  });

  test('is refused while the account is suspended', async () => {
    await updateOwner('suspended_at = now()');
    expectProblem(await server.as.author.get('/articles'), 401, 'unauthorized');
    await updateOwner('suspended_at = null');
    expect((await server.as.author.get('/articles')).status).toBe(200);
  });

  test('is refused if the account has fewer permissions than the token', async () => {
    await updateOwner("role = 'contributor'");
    expectProblem(await server.as.author.get('/articles'), 401, 'unauthorized');
    await updateOwner("role = 'editor'");
    expect((await server.as.author.get('/articles')).status).toBe(200);
    await updateOwner("role = 'author'");
  });

  test('is deleted with the account', async () => {
    const { rows } = await server.database.pool.query("delete from accounts where name = 'contributor' returning id");
    expectProblem(await server.as.contributor.get('/articles'), 401, 'unauthorized');
    const tokens = await server.database.pool.query('select from api_tokens where account_id = $1', [rows[0].id]);
    expect(tokens.rowCount).toBe(0);
  });

  test('cannot be created for another account: 403', async () => {
    const { rows } = await server.database.pool.query('select id from accounts limit 1');
    const body = { name: 'x', role: 'reader', accountId: Number(rows[0].id) };
    expectProblem(await server.as.admin.post('/tokens', body), 403, 'forbidden', ['/accountId']);
  });
});
