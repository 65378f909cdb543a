import { describe, expect, test } from 'vitest';
import { Client } from '../harness/client.ts';
import { eventually, untilStatementsWait } from '../harness/eventually.ts';
import { expectProblem } from '../harness/problem.ts';
import { minutesFromNow, newArticle, newCategory } from '../harness/seed.ts';
import { startTestServer, useServer } from '../harness/server.ts';

const server = useServer();
const DAY_MINUTES = 24 * 60;
const days = (expiresAt: string) => (Date.parse(expiresAt) - Date.now()) / 86_400_000;

async function newPreview(client: Client, id: number, body: object = {}) {
  const response = await client.post(`/articles/${id}/previews`, body);
  expect(response.status, JSON.stringify(response.body)).toBe(201);
  return response.body as { id: number; url: string; secret: string; expiresAt: string };
}
const show = (secret: string, query = '') => server.anonymous.get(`/previews/${secret}${query}`);

describe('POST /articles/{id}/previews', () => {
  test('returns 201 with a secret that is shown this once, and not compressed', async () => {
    const { id } = await newArticle(server.as.author, { publishedAt: null });
    const headers = { 'accept-encoding': 'br' };
    const { status, body, ...response } = await server.as.author.post(`/articles/${id}/previews`, {}, { headers });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.any(Number),
      url: `${server.url}/previews/${body.secret}`,
      secret: expect.stringMatching(/^[\w-]{43}$/),
      expiresAt: expect.any(String),
    });
    expect(days(body.expiresAt)).toBeCloseTo(7, 2);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('content-encoding')).toBeNull();
    expect(response.headers.get('location')).toBe(`/articles/${id}/previews/${body.id}`);
    expect((await server.as.author.get(`/articles/${id}/previews/${body.id}`)).body.id).toBe(body.id);
    const list = await server.as.author.get(`/articles/${id}/previews`);
    expect(JSON.stringify(list.body)).not.toContain(body.secret);
    expect((await server.anonymous.get(new URL(body.url).pathname)).body.id).toBe(id);
  });

  test('takes a time within 90 days, and no body at all', async () => {
    const { id } = await newArticle(server.as.editor);
    const path = `/articles/${id}/previews`;
    const expiresAt = minutesFromNow(90 * DAY_MINUTES - 1);
    expect((await newPreview(server.as.editor, id, { expiresAt })).expiresAt).toBe(expiresAt);
    const { status, body } = await server.as.editor.post(path);
    expect([status, Math.round(days(body.expiresAt))]).toEqual([201, 7]);
    for (const wrong of [minutesFromNow(90 * DAY_MINUTES + 5), minutesFromNow(-1), null, 7, 'tomorrow']) {
      const response = await server.as.editor.post(path, { expiresAt: wrong });
      expectProblem(response, 400, 'invalid_request', ['/expiresAt']);
    }
    expectProblem(await server.as.editor.post(path, { articleId: 1 }), 400, 'invalid_request', ['/articleId']);
    expectProblem(await server.as.editor.post('/articles/abc/previews', {}), 400, 'invalid_request', ['/id']);
    expect((await server.as.editor.get(path)).body.data).toHaveLength(2);
  });

  test('uses PUBLIC_URL for the link', async () => {
    const behindProxy = await startTestServer({ PUBLIC_URL: 'https://www.rubric.example' });
    const { id } = await newArticle(behindProxy.as.editor);
    const { url, secret } = await newPreview(behindProxy.as.editor, id);
    expect(url).toBe(`https://www.rubric.example/previews/${secret}`);
    await behindProxy.close();
  });

  test('returns 400 with an Idempotency-Key: the answer shows a secret', async () => {
    const { id } = await newArticle(server.as.editor);
    const headers = { 'idempotency-key': 'once' };
    const response = await server.as.editor.post(`/articles/${id}/previews`, {}, { headers });
    expectProblem(response, 400, 'invalid_request', ['/Idempotency-Key']);
  });
});

describe('GET /previews/{secret}', () => {
  test('shows a draft, a scheduled and a published article to anybody, as an editor sees it', async () => {
    const category = await newCategory(server.as.editor);
    for (const publishedAt of [null, minutesFromNow(60), minutesFromNow(-60)]) {
      const body = { publishedAt, content: 'a', categoryIds: [category.id] };
      const { hasDraft: _, ...article } = await newArticle(server.as.editor, body);
      const { secret } = await newPreview(server.as.editor, article.id);
      const { status, body: shown, headers } = await show(secret);
      expect([status, shown]).toEqual([200, article]);
      expect([headers.get('cache-control'), headers.get('x-robots-tag')]).toEqual(['no-store', 'noindex']);
      for (const client of [server.as.contributor, server.as.admin]) {
        expect((await client.get(`/previews/${secret}`)).body).toEqual(article);
      }
    }
  });

  test('shows each change at once, and takes fields, HTML too', async () => {
    const { id } = await newArticle(server.as.author, { publishedAt: null, content: '*a*<script>b</script>' });
    const { secret } = await newPreview(server.as.author, id);
    await server.as.author.patch(`/articles/${id}`, { title: 'Changed' });
    const { body, headers } = await show(secret, '?fields=title,html,wordCount,readingMinutes');
    expect(body).toEqual({ title: 'Changed', html: '<p><em>a</em></p>\n', wordCount: 1, readingMinutes: 1 });
    expect(headers.get('etag')).toMatch(/^"2\.[\w-]+\.r1"$/);
    const refused = await show(secret, '?fields=ownerId');
    expectProblem(refused, 400, 'invalid_request', ['/fields']);
    expect([refused.headers.get('cache-control'), refused.headers.get('x-robots-tag')]).toEqual([
      'no-store',
      'noindex',
    ]);
    expectProblem(await show(secret, '?trashed=true'), 400, 'invalid_request', ['/trashed']);
  });

  test('shows the working draft while the article is published, and otherwise the article; makes none itself', async () => {
    const [a, b] = [await newCategory(server.as.editor), await newCategory(server.as.editor)];
    const { hasDraft: _, ...article } = await newArticle(server.as.editor, { title: 'Article', categoryIds: [a.id] });
    const path = `/articles/${article.id}`;
    const { secret } = await newPreview(server.as.editor, article.id);
    expect((await show(secret)).body).toEqual(article);
    expectProblem(await server.as.editor.get(`${path}/draft`), 404, 'not_found');
    const changes = { title: 'Draft', content: '*d*', categoryIds: [b.id, a.id] };
    const { updatedAt } = (await server.as.editor.patch(`${path}/draft`, changes)).body;
    const shown = await show(secret);
    expect(shown.body).toEqual({
      ...article,
      title: 'Draft',
      content: '*d*',
      version: 2,
      updatedAt,
      categories: [b, a].map(({ id, name, slug }) => ({ id, name, slug })),
    });
    const html = await show(secret, '?fields=version,html');
    expect(html.body).toEqual({ version: 2, html: '<p><em>d</em></p>\n' });
    expect(html.headers.get('etag')).toMatch(/^"2\.[\w-]+\.r1"$/);
    await server.as.editor.delete(`/categories/${b.id}`);
    expect((await show(secret)).body.categories).toHaveLength(1);
    await server.as.editor.patch(path, { publishedAt: null });
    expect((await show(secret)).body).toMatchObject({ title: 'Article', status: 'draft' });
    await server.as.editor.patch(path, { publishedAt: minutesFromNow(-1) });
    await server.as.editor.patch(`${path}/draft`, { categoryIds: [] });
    await server.as.editor.post(`${path}/draft/publish`);
    expect((await show(secret)).body).toMatchObject({ title: 'Draft', categories: [], status: 'published' });
  });

  test('shows that one article and nothing else', async () => {
    const { id } = await newArticle(server.as.author, { publishedAt: null });
    const { secret } = await newPreview(server.as.author, id);
    const holder = new Client(server.url, secret);
    expectProblem(await server.anonymous.get(`/articles/${id}`), 404, 'not_found');
    expectProblem(await holder.get('/articles'), 401, 'unauthorized');
    expect((await server.anonymous.get('/articles')).body.data.map((row: { id: number }) => row.id)).not.toContain(id);
  });

  test('returns 404 for what is no secret, and never stores that either', async () => {
    for (const secret of ['x'.repeat(43), 'x', '%F0%9F%90%B1', 'x'.repeat(900)]) {
      const response = await show(secret);
      expectProblem(response, 404, 'not_found');
      expect(response.headers.get('cache-control')).toBe('no-store');
    }
  });

  test('returns 404 after the preview expired', async () => {
    const { id } = await newArticle(server.as.editor);
    const { secret, id: previewId } = await newPreview(server.as.editor, id);
    expect((await show(secret)).status).toBe(200);
    await server.database.pool.query('update article_previews set expires_at = now() where id = $1', [previewId]);
    expectProblem(await show(secret), 404, 'not_found');
    expect((await server.as.editor.get(`/articles/${id}/previews`)).body).toEqual({ data: [] });
    expectProblem(await server.as.editor.delete(`/articles/${id}/previews/${previewId}`), 404, 'not_found');
  });

  test('returns 404 while the article is in the trash, and for good after it is deleted', async () => {
    const { id } = await newArticle(server.as.editor);
    const { secret, id: previewId } = await newPreview(server.as.editor, id);
    await server.as.editor.delete(`/articles/${id}`);
    expectProblem(await show(secret), 404, 'not_found');
    expectProblem(await server.as.editor.get(`/articles/${id}/previews`), 404, 'not_found');
    expectProblem(await server.as.editor.post(`/articles/${id}/previews`, {}), 404, 'not_found');
    expectProblem(await server.as.editor.delete(`/articles/${id}/previews/${previewId}`), 404, 'not_found');
    await server.as.editor.post(`/articles/${id}/restore`);
    expect((await show(secret)).status).toBe(200);
    await server.as.editor.delete(`/articles/${id}?permanent=true`);
    expectProblem(await show(secret), 404, 'not_found');
    const { rows } = await server.database.pool.query('select from article_previews where article_id = $1', [id]);
    expect(rows).toHaveLength(0);
  });
});

describe('GET and DELETE /articles/{id}/previews', () => {
  test('return one, without its secret; 404 for that of another article and once it is revoked', async () => {
    const article = await newArticle(server.as.editor, { publishedAt: null });
    const other = await newArticle(server.as.editor, { publishedAt: null });
    const { id, expiresAt } = await newPreview(server.as.editor, article.id);
    await newPreview(server.as.editor, article.id);
    const path = `/articles/${article.id}/previews/${id}`;
    const { status, body } = await server.as.reader.get(path);
    expect([status, body]).toEqual([200, { id, createdAt: expect.any(String), expiresAt }]);
    expectProblem(await server.as.editor.get(`/articles/${other.id}/previews/${id}`), 404, 'not_found');
    await server.as.editor.delete(path);
    expectProblem(await server.as.editor.get(path), 404, 'not_found');
  });

  test('list the newest first, and revoke one: 204, then 404', async () => {
    const { id } = await newArticle(server.as.editor);
    const other = await newArticle(server.as.editor);
    expect((await server.as.reader.get(`/articles/${id}/previews`)).body).toEqual({ data: [] });
    const [first, second] = [await newPreview(server.as.editor, id), await newPreview(server.as.editor, id)];
    const { body } = await server.as.reader.get(`/articles/${id}/previews`);
    expect(body.data).toEqual(
      [second, first].map((each) => ({ id: each.id, createdAt: expect.any(String), expiresAt: each.expiresAt })),
    );
    const path = `/articles/${id}/previews/${first.id}`;
    expectProblem(await server.as.editor.delete(`/articles/${other.id}/previews/${first.id}`), 404, 'not_found');
    expect((await server.as.editor.delete(path)).status).toBe(204);
    expectProblem(await server.as.editor.delete(path), 404, 'not_found');
    expectProblem(await show(first.secret), 404, 'not_found');
    expect((await show(second.secret)).status).toBe(200);
  });

  test('a token that is limited to categories reaches only articles in these', async () => {
    const [a, b] = [await newCategory(server.as.editor), await newCategory(server.as.editor)];
    const inside = await newArticle(server.as.editor, { categoryIds: [a.id] });
    const outside = await newArticle(server.as.editor, { categoryIds: [b.id] });
    const { body } = await server.as.admin.post('/tokens', { name: 'x', role: 'editor', categoryIds: [a.id] });
    const limited = new Client(server.url, body.token);
    expect((await limited.post(`/articles/${inside.id}/previews`, {})).status).toBe(201);
    expectProblem(await limited.post(`/articles/${outside.id}/previews`, {}), 404, 'not_found');
    expectProblem(await limited.get(`/articles/${outside.id}/previews`), 404, 'not_found');
  });
});

test('The audit log has the creation and the end of a preview, and no secret or hash', async () => {
  const { id } = await newArticle(server.as.editor);
  const [revoked, gone] = [await newPreview(server.as.editor, id), await newPreview(server.as.editor, id)];
  await server.as.editor.delete(`/articles/${id}/previews/${revoked.id}`);
  await server.as.editor.delete(`/articles/${id}?permanent=true`);
  const { body } = await server.as.admin.get('/audit?subject=preview&limit=4');
  expect(body.data.map(({ action, subjectId }: any) => [action, subjectId])).toEqual([
    ['preview.delete', gone.id],
    ['preview.delete', revoked.id],
    ['preview.create', gone.id],
    ['preview.create', revoked.id],
  ]);
  expect(body.data[3].after).toEqual({
    id: revoked.id,
    articleId: id,
    createdAt: expect.any(String),
    expiresAt: expect.any(String),
  });
  for (const entry of body.data) expect(entry.accountId ?? entry.tokenId).not.toBeNull();
  const { rows } = await server.database.pool.query('select entry::text from audit_log as entry');
  const log = JSON.stringify(rows);
  for (const { secret } of [revoked, gone]) expect(log).not.toContain(secret);
});

test('A refused request for a preview is in the audit log without the secret', async () => {
  const { id } = await newArticle(server.as.editor);
  const { secret } = await newPreview(server.as.editor, id);
  expectProblem(await new Client(server.url, 'wrong').get(`/previews/${secret}`), 401, 'unauthorized');
  await eventually(async () => {
    const { body } = await server.as.admin.get('/audit?action=access.refused&limit=100');
    expect(body.data.map(({ after }: any) => after.path)).toContain('/previews/:secret');
    expect(JSON.stringify(body)).not.toContain(secret);
  });
});

test('A preview that is created while its article is deleted waits for the deletion, and gets 404', async () => {
  const { id } = await newArticle(server.as.editor);
  const client = await server.database.pool.connect();
  await client.query('begin');
  await client.query('delete from articles where id = $1', [id]);
  const creation = server.as.editor.post(`/articles/${id}/previews`, {});
  await untilStatementsWait(client);
  await client.query('commit');
  client.release();
  expectProblem(await creation, 404, 'not_found');
});
