import { describe, expect, test } from 'vitest';
import { Client } from '../harness/client.ts';
import { expectProblem } from '../harness/problem.ts';
import { idsOf, newArticle, newCategory, unique } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

/** ASVS 8.2.1, API5:2023: a token does no more than it was made for, and no more than its owner. */

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
  test('sees what its role sees', async () => {
    const token = await tokenWith({ readOnly: true });
    const { id } = await newArticle(server.as.editor, { publishedAt: null });
    expect((await token.get(`/articles/${id}`)).status).toBe(200);
    expect((await token.get('/articles?status=draft')).status).toBe(200);
  });

  test('changes nothing: 403', async () => {
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

  test('files new articles under these and under no other', async () => {
    const { inside, outside, token } = await limited();
    expect((await newArticle(token, { categoryIds: [inside.id] })).categories).toHaveLength(1);
    for (const categoryIds of [undefined, [], [outside.id], [inside.id, outside.id]]) {
      const answer = await token.post('/articles', { title: unique('Outside'), categoryIds });
      expectProblem(answer, 403, 'forbidden', ['/categoryIds']);
    }
  });

  test('changes articles under these alone; all others are not there', async () => {
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

  test('moves nothing out of them and nothing in', async () => {
    const { inside, outside, token } = await limited();
    const { id } = await newArticle(token, { categoryIds: [inside.id] });
    expectProblem(await token.patch(`/articles/${id}`, { categoryIds: [outside.id] }), 403, 'forbidden', [
      '/categoryIds',
    ]);
    expectProblem(await token.patch(`/articles/${id}`, { categoryIds: [] }), 403, 'forbidden', ['/categoryIds']);
    expectProblem(await token.put(`/articles/${id}/categories/${outside.id}`), 403, 'forbidden');
  });

  test('takes an article out of some of them, but never out of the last: it would be out of its reach', async () => {
    const [a, b] = [await newCategory(server.as.editor), await newCategory(server.as.editor)];
    const token = await tokenWith({ categoryIds: [a.id, b.id] });
    const { id } = await newArticle(token, { categoryIds: [a.id, b.id] });
    expect((await token.delete(`/articles/${id}/categories/${a.id}`)).status).toBe(204);
    expect((await token.delete(`/articles/${id}/categories/${a.id}`)).status).toBe(204);
    expectProblem(await token.delete(`/articles/${id}/categories/${b.id}`), 403, 'forbidden', ['/categoryIds']);
    expect((await token.get(`/articles/${id}`)).body).toMatchObject({ version: 2, categories: [{ id: b.id }] });
    expect((await server.as.editor.delete(`/articles/${id}/categories/${b.id}`)).status).toBe(204);
  });

  test('sees the drafts under them alone, in every list and total', async () => {
    const { inside, outside, token } = await limited();
    const draft = await newArticle(server.as.editor, { publishedAt: null, categoryIds: [inside.id, outside.id] });
    const hidden = await newArticle(server.as.editor, { publishedAt: null, categoryIds: [outside.id] });
    expect((await token.get(`/articles/${draft.id}`)).status).toBe(200);
    expectProblem(await token.get(`/articles/${hidden.id}`), 404, 'not_found');
    const { body } = await token.get(`/articles?categories[any]=${inside.id},${outside.id}&status=draft&total=true`);
    expect([idsOf(body.data), body.page.total]).toEqual([[draft.id], 1]);
  });

  test('is good for articles only: 403', async () => {
    const { inside, token } = await limited();
    expectProblem(await token.patch(`/categories/${inside.id}`, { name: unique('x') }), 403, 'forbidden');
    expectProblem(await token.post('/authors', { name: 'x' }), 403, 'forbidden');
    expectProblem(await token.get('/tokens'), 403, 'forbidden');
  });

  test.each([
    [[], 400, 'invalid_request', ['/categoryIds']],
    [[999_999_999, 999_999_998], 422, 'unknown_category', ['/categoryIds/0', '/categoryIds/1']],
    [['3'], 400, 'invalid_request', ['/categoryIds/0']],
  ] as const)('is not made with %j', async (categoryIds, status, code, pointers) => {
    const answer = await server.as.admin.post('/tokens', { name: 'x', role: 'editor', categoryIds });
    expectProblem(answer, status, code, [...pointers]);
  });
});

describe('A token of an account', () => {
  const account = (set: string) =>
    server.database.pool.query(`update accounts set ${set} where role = 'author' or name = 'author'`);

  test('makes no tokens: a stolen one leaves no copies behind', async () => {
    expectProblem(await server.as.author.post('/tokens', { name: 'copy', role: 'author' }), 403, 'forbidden');
    expectProblem(await server.as.author.get('/tokens'), 403, 'forbidden');
  });

  test('is refused while the account is suspended', async () => {
    await account('suspended_at = now()');
    expectProblem(await server.as.author.get('/articles'), 401, 'unauthorized');
    await account('suspended_at = null');
    expect((await server.as.author.get('/articles')).status).toBe(200);
  });

  test('is refused when the account may do less than it', async () => {
    await account("role = 'contributor'");
    expectProblem(await server.as.author.get('/articles'), 401, 'unauthorized');
    await account("role = 'editor'");
    expect((await server.as.author.get('/articles')).status).toBe(200);
    await account("role = 'author'");
  });

  test('dies with the account', async () => {
    const { rows } = await server.database.pool.query("delete from accounts where name = 'contributor' returning id");
    expectProblem(await server.as.contributor.get('/articles'), 401, 'unauthorized');
    const tokens = await server.database.pool.query('select from api_tokens where account_id = $1', [rows[0].id]);
    expect(tokens.rowCount).toBe(0);
  });

  test('nobody makes one for somebody else: 403', async () => {
    const { rows } = await server.database.pool.query('select id from accounts limit 1');
    const body = { name: 'x', role: 'reader', accountId: Number(rows[0].id) };
    expectProblem(await server.as.admin.post('/tokens', body), 403, 'forbidden', ['/accountId']);
  });
});
