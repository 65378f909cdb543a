import { describe, expect, test } from 'vitest';
import { Client } from '../../harness/client.ts';
import { expectProblem } from '../../harness/problem.ts';
import { minutesFromNow, newArticle, newAuthor, newCategory } from '../../harness/seed.ts';
import { useServer } from '../../harness/server.ts';

const server = useServer();

const draftOf = (id: number) => `/articles/${id}/draft`;
async function saved(client: Client, id: number, body: object, headers: Record<string, string> = {}) {
  const response = await client.patch(draftOf(id), body, { headers });
  expect(response.status, JSON.stringify(response.body)).toBe(200);
  return response.body;
}
const read = async (id: number) => (await server.as.reader.get(`/articles/${id}`)).body;
const reference = ({ id, name, slug }: any) => ({ id, name, slug });

describe('PATCH /articles/{id}/draft', () => {
  test('begins the draft from the article, links and their order included, and readers see the article', async () => {
    const [a, b] = [await newCategory(server.as.editor), await newCategory(server.as.editor)];
    const author = await newAuthor(server.as.editor);
    const body = { excerpt: 'e', content: '*c*', categoryIds: [b.id, a.id], authorIds: [author.id] };
    const { hasDraft, ...article } = await newArticle(server.as.editor, body);
    expect(hasDraft).toBe(false);
    const response = await server.as.editor.patch(draftOf(article.id), { title: 'New' });
    expect(response.status).toBe(200);
    const { updatedAt, ...draft } = response.body;
    expect({ ...draft, updatedAt: article.updatedAt }).toEqual({
      ...article,
      title: 'New',
      version: article.version + 1,
      baseVersion: article.version,
      updatedBy: { tokenId: expect.any(Number), name: 'editor' },
      gone: [],
    });
    expect(Date.parse(updatedAt)).toBeGreaterThanOrEqual(Date.parse(article.updatedAt));
    expect((await server.anonymous.get(`/articles/${article.id}`)).body).toEqual(article);
    expect((await server.as.reader.get(draftOf(article.id))).body).toEqual({ ...draft, updatedAt });
  });

  test('changes the fields of the body, each save a version; the same values again leave the version', async () => {
    const [a, b] = [await newCategory(server.as.editor), await newCategory(server.as.editor)];
    const article = await newArticle(server.as.author, { categoryIds: [a.id] });
    await saved(server.as.author, article.id, {});
    const body = { title: 'T', slug: `slug-${article.id}`, excerpt: 'E', content: 'C', contentFormat: 'html' };
    const second = await saved(server.as.author, article.id, body);
    expect(second).toMatchObject({ ...body, version: 3, baseVersion: 1, categories: [reference(a)] });
    const links = { categoryIds: [b.id, a.id, b.id], authorIds: [] };
    const third = await saved(server.as.editor, article.id, links);
    expect(third).toMatchObject({ ...body, version: 4, baseVersion: 1, categories: [reference(b), reference(a)] });
    for (const same of [body, links, {}]) {
      expect((await saved(server.as.editor, article.id, same)).version, JSON.stringify(same)).toBe(4);
    }
    expect(await saved(server.as.editor, article.id, { excerpt: null, categoryIds: [] })).toMatchObject({
      ...body,
      excerpt: null,
      version: 5,
      categories: [],
    });
    expect(await read(article.id)).toEqual({ ...article, hasDraft: true });
  });

  test('writes no revision, no entry of the log and no event', async () => {
    const article = await newArticle(server.as.editor);
    const traces = async () =>
      (
        await server.database.pool.query(
          `select (select count(*) from article_revisions) as revisions, (select count(*) from audit_log) as entries`,
        )
      ).rows;
    const before = await traces();
    for (const title of ['A', 'B', 'C']) await saved(server.as.editor, article.id, { title, categoryIds: [] });
    expect(await traces()).toEqual(before);
  });

  test('returns 400 for publishedAt, unknown fields, null ids and values that an article cannot have', async () => {
    const { id } = await newArticle(server.as.editor);
    const wrong = [
      [{ publishedAt: null }, '/publishedAt'],
      [{ status: 'draft' }, '/status'],
      [{ version: 2 }, '/version'],
      [{ title: ' ' }, '/title'],
      [{ title: 'x'.repeat(501) }, '/title'],
      [{ slug: '12' }, '/slug'],
      [{ content: null }, '/content'],
      [{ categoryIds: null }, '/categoryIds'],
      [{ categoryIds: ['1'] }, '/categoryIds/0'],
    ] as const;
    for (const [body, pointer] of wrong) {
      expectProblem(await server.as.editor.patch(draftOf(id), body), 400, 'invalid_request', [pointer]);
    }
    const many = { categoryIds: Array.from({ length: 1_001 }, (_, n) => n + 1) };
    expectProblem(await server.as.editor.patch(draftOf(id), many), 400, 'too_many_ids', ['/categoryIds']);
    expectProblem(await server.as.editor.get(draftOf(id)), 404, 'not_found');
  });

  test('returns 422 for unknown ids, naming each, and 409 for a slug that another article has', async () => {
    const [category, taken] = [await newCategory(server.as.editor), await newArticle(server.as.editor)];
    const { id, slug } = await newArticle(server.as.editor);
    for (const begun of [false, true]) {
      if (begun) await saved(server.as.editor, id, { title: 'Begun' });
      const ids = { title: 'Lost', categoryIds: [category.id, 999_998], authorIds: [999_999] };
      const response = await server.as.editor.patch(draftOf(id), ids);
      expectProblem(response, 422, 'unknown_category', ['/categoryIds/1', '/authorIds/0']);
      const slugResponse = await server.as.editor.patch(draftOf(id), { slug: taken.slug });
      expectProblem(slugResponse, 409, 'slug_taken', ['/slug']);
      expect((await saved(server.as.editor, id, { slug })).slug).toBe(slug);
      expect((await server.as.reader.get(draftOf(id))).body.title).not.toBe('Lost');
    }
  });

  test('keeps what the draft has, although its category was deleted and its slug was taken meanwhile', async () => {
    const [stays, goes] = [await newCategory(server.as.editor), await newCategory(server.as.editor, { name: 'Gone' })];
    const { id } = await newArticle(server.as.editor);
    const body = { slug: 'meanwhile', categoryIds: [goes.id, stays.id] };
    await saved(server.as.editor, id, { ...body, title: 'One' });
    await server.as.editor.delete(`/categories/${goes.id}`);
    await newArticle(server.as.editor, { slug: 'meanwhile' });
    const draft = await saved(server.as.editor, id, { ...body, title: 'Two' });
    expect(draft).toMatchObject({
      title: 'Two',
      slug: 'meanwhile',
      categories: [reference(stays)],
      gone: [{ type: 'category', id: goes.id, name: 'Gone' }],
    });
    expect((await server.as.reader.get(draftOf(id))).body).toEqual(draft);
    const unknown = { categoryIds: [goes.id, 999_999] };
    expectProblem(await server.as.editor.patch(draftOf(id), unknown), 422, 'unknown_category', ['/categoryIds/1']);
    expect((await saved(server.as.editor, id, { categoryIds: [stays.id] })).gone).toEqual([]);
    const again = await server.as.editor.patch(draftOf(id), { categoryIds: [goes.id] });
    expectProblem(again, 422, 'unknown_category', ['/categoryIds/0']);
  });

  test('returns the names that categories have now, also after many saves', async () => {
    const [stays, goes] = [await newCategory(server.as.editor), await newCategory(server.as.editor)];
    const { id } = await newArticle(server.as.editor);
    await saved(server.as.editor, id, { categoryIds: [goes.id, stays.id] });
    expect((await saved(server.as.editor, id, { title: 'A' })).categories).toEqual([goes, stays].map(reference));
    const { body: renamed } = await server.as.editor.patch(`/categories/${stays.id}`, { name: `Renamed ${stays.id}` });
    const again = await saved(server.as.editor, id, { title: 'B' });
    expect(again.categories).toEqual([goes, renamed].map(reference));
    await server.as.editor.delete(`/categories/${goes.id}`);
    for (const title of ['C', 'D']) {
      const draft = await saved(server.as.editor, id, { title });
      expect([draft.categories, draft.gone.length]).toEqual([[reference(renamed)], 1]);
    }
  });

  test('compares If-Match with the version of the article, then with that of the draft', async () => {
    const article = await newArticle(server.as.editor);
    const save = (tag: string, title: string) =>
      server.as.editor.patch(draftOf(article.id), { title }, { headers: { 'if-match': tag } });
    expectProblem(await save('"2"', 'A'), 412, 'version_mismatch');
    const begun = await save('"1"', 'B');
    expect([begun.status, begun.body.version]).toEqual([200, 2]);
    expectProblem(await save('"1"', 'C'), 412, 'version_mismatch');
    const tag = begun.headers.get('etag') as string;
    expect(tag).toMatch(/^"2\.[\w-]+"$/);
    expect((await save(tag, 'D')).body).toMatchObject({ title: 'D', version: 3 });
    expectProblem(await save(tag, 'E'), 412, 'version_mismatch');
    expect((await save('*', 'F')).body).toMatchObject({ title: 'F', version: 4 });
    const readWith = (tag: string) => server.as.editor.get(draftOf(article.id), { headers: { 'if-match': tag } });
    expectProblem(await readWith('"1"'), 412, 'version_mismatch');
    for (const current of ['"4"', '"1", "4"', '*']) expect((await readWith(current)).status).toBe(200);
  });

  test('returns 409 for an article that is not published: a draft, a scheduled one, one that was taken back', async () => {
    for (const publishedAt of [null, minutesFromNow(60)]) {
      const { id } = await newArticle(server.as.editor, { publishedAt });
      expectProblem(await server.as.editor.patch(draftOf(id), { title: 'A' }), 409, 'not_published');
      expectProblem(await server.as.editor.post(`${draftOf(id)}/publish`), 409, 'not_published');
    }
    const { id } = await newArticle(server.as.editor);
    await saved(server.as.editor, id, { title: 'Kept' });
    await server.as.editor.patch(`/articles/${id}`, { publishedAt: null });
    expectProblem(await server.as.editor.patch(draftOf(id), { title: 'A' }), 409, 'not_published');
    expectProblem(await server.as.editor.post(`${draftOf(id)}/publish`), 409, 'not_published');
    expect((await server.as.editor.get(draftOf(id))).body).toMatchObject({ title: 'Kept', status: 'draft' });
    await server.as.editor.patch(`/articles/${id}`, { publishedAt: minutesFromNow(-1) });
    expect((await server.as.editor.post(`${draftOf(id)}/publish`)).body.title).toBe('Kept');
  });

  test('an author cannot give a draft foreign authors or a limited token foreign categories', async () => {
    const [a, b] = [await newCategory(server.as.editor), await newCategory(server.as.editor)];
    const author = await newAuthor(server.as.editor);
    const own = await newArticle(server.as.author, { categoryIds: [a.id] });
    const response = await server.as.author.patch(draftOf(own.id), { authorIds: [author.id] });
    expectProblem(response, 403, 'forbidden', ['/authorIds']);
    const { body } = await server.as.admin.post('/tokens', { name: 'x', role: 'editor', categoryIds: [a.id] });
    const limited = new Client(server.url, body.token);
    expectProblem(await limited.patch(draftOf(own.id), { categoryIds: [a.id, b.id] }), 403, 'forbidden');
    await saved(limited, own.id, { title: 'Inside' });
    await saved(server.as.editor, own.id, { categoryIds: [b.id], authorIds: [author.id] });
    expectProblem(await limited.post(`${draftOf(own.id)}/publish`), 403, 'forbidden', ['/categoryIds']);
    expectProblem(await server.as.author.post(`${draftOf(own.id)}/publish`), 403, 'forbidden', ['/authorIds']);
    expect((await server.as.author.get(draftOf(own.id))).body).toMatchObject({ title: 'Inside' });
    const outside = await newArticle(server.as.editor, { categoryIds: [b.id] });
    await saved(server.as.editor, outside.id, { title: 'Outside' });
    for (const call of [limited.get(draftOf(outside.id)), limited.patch(draftOf(outside.id), {})]) {
      expectProblem(await call, 404, 'not_found');
    }
  });
});

describe('GET /articles/{id}/draft', () => {
  test('returns 404 without a draft and without an article', async () => {
    const { id } = await newArticle(server.as.editor);
    expectProblem(await server.as.editor.get(draftOf(id)), 404, 'not_found');
    expectProblem(await server.as.editor.get(draftOf(999_999)), 404, 'not_found');
    expectProblem(await server.as.editor.get('/articles/abc/draft'), 400, 'invalid_request', ['/id']);
  });

  test('takes fields, HTML too, has a tag with the version, and answers 304', async () => {
    const { id } = await newArticle(server.as.editor);
    await saved(server.as.editor, id, { content: '*two words*<script>x</script>' });
    const fields = '?fields=title,baseVersion,updatedBy,gone,html,wordCount,readingMinutes';
    const { body, headers } = await server.as.reader.get(draftOf(id) + fields);
    expect(body).toEqual({
      title: expect.any(String),
      baseVersion: 1,
      updatedBy: { tokenId: expect.any(Number), name: 'editor' },
      gone: [],
      html: '<p><em>two words</em></p>\n',
      wordCount: 2,
      readingMinutes: 1,
    });
    expect(headers.get('etag')).toMatch(/^"2\.[\w-]+\.r1"$/);
    const whole = await server.as.reader.get(draftOf(id));
    const conditional = { headers: { 'if-none-match': whole.headers.get('etag') as string } };
    expect((await server.as.reader.get(draftOf(id), conditional)).status).toBe(304);
    await saved(server.as.editor, id, { excerpt: 'Changed' });
    expect((await server.as.reader.get(draftOf(id), conditional)).status).toBe(200);
    for (const field of ['ownerId', 'hasDraft']) {
      expectProblem(await server.as.reader.get(`${draftOf(id)}?fields=${field}`), 400, 'invalid_request', ['/fields']);
    }
  });

  test('shows what the draft has not changed as it is in the article now, in a save and in a preview too', async () => {
    const [a, b] = [await newCategory(server.as.editor), await newCategory(server.as.editor)];
    const { id, slug } = await newArticle(server.as.editor, { excerpt: 'E1', content: 'C1', categoryIds: [a.id] });
    const { secret } = (await server.as.editor.post(`/articles/${id}/previews`)).body;
    const { version } = await saved(server.as.editor, id, { title: 'Draft', content: 'C of the draft' });
    const before = await server.as.editor.get(draftOf(id));
    const changes = { excerpt: 'E2', content: 'C2', slug: `${slug}-2`, categoryIds: [b.id, a.id] };
    expect((await server.as.editor.patch(`/articles/${id}`, changes)).status).toBe(200);

    const now = { title: 'Draft', slug: `${slug}-2`, excerpt: 'E2', categories: [reference(b), reference(a)] };
    const headers = { 'If-None-Match': before.headers.get('ETag') ?? '' };
    const after = await server.as.editor.get(draftOf(id), { headers });
    // Both have changed the content: that is a conflict, which publishing names.
    expect(after.body).toMatchObject({ ...now, content: 'C of the draft', version, gone: [] });
    expect((await server.anonymous.get(`/previews/${secret}`)).body).toMatchObject({ ...now, version });
    expect(await saved(server.as.editor, id, { content: 'C2' })).toMatchObject({ ...now, content: 'C2' });

    const published = (await server.as.editor.post(`${draftOf(id)}/publish`)).body;
    expect(published).toMatchObject({ ...now, content: 'C2' });
  });
});

describe('DELETE /articles/{id}/draft', () => {
  test('returns 204, then 404; the article stays, and the audit log says who threw it away, without the text', async () => {
    const article = await newArticle(server.as.editor);
    await saved(server.as.editor, article.id, { title: 'Secret plan' });
    const stale = await server.as.editor.delete(draftOf(article.id), { headers: { 'if-match': '"1"' } });
    expectProblem(stale, 412, 'version_mismatch');
    const headers = { 'if-match': '"2"' };
    expect((await server.as.editor.delete(draftOf(article.id), { headers })).status).toBe(204);
    expectProblem(await server.as.editor.delete(draftOf(article.id)), 404, 'not_found');
    expectProblem(await server.as.editor.delete(draftOf(999_999)), 404, 'not_found');
    expect(await read(article.id)).toEqual(article);
    const { body } = await server.as.admin.get(`/audit?subject=draft&subjectId=${article.id}`);
    expect(body.data).toMatchObject([{ action: 'draft.delete', before: { version: 2, baseVersion: 1 }, after: null }]);
    expect(JSON.stringify(body)).not.toContain('Secret plan');
  });

  test('works while the article is not published', async () => {
    const { id } = await newArticle(server.as.editor);
    await saved(server.as.editor, id, { title: 'A' });
    await server.as.editor.patch(`/articles/${id}`, { publishedAt: null });
    expect((await server.as.editor.delete(draftOf(id))).status).toBe(204);
  });
});

test('While the article is in the trash all of its draft is 404; it is restored with it, and deleted for good with it', async () => {
  const { id } = await newArticle(server.as.editor);
  const draft = await saved(server.as.editor, id, { title: 'Kept' });
  await server.as.editor.delete(`/articles/${id}`);
  for (const response of [
    await server.as.editor.get(draftOf(id)),
    await server.as.editor.patch(draftOf(id), { title: 'No' }),
    await server.as.editor.post(`${draftOf(id)}/publish`),
    await server.as.editor.delete(draftOf(id)),
  ]) {
    expectProblem(response, 404, 'not_found');
  }
  await server.as.editor.post(`/articles/${id}/restore`);
  expect((await server.as.editor.get(draftOf(id))).body).toEqual(draft);
  await server.as.editor.delete(`/articles/${id}?permanent=true`);
  expectProblem(await server.as.editor.get(draftOf(id)), 404, 'not_found');
  const { rows } = await server.database.pool.query('select from article_drafts where article_id = $1', [id]);
  expect(rows).toHaveLength(0);
});

test('A PATCH of the article, also of publishedAt, and the restore of a revision leave the draft', async () => {
  const { id } = await newArticle(server.as.editor, { title: 'One' });
  const draft = await saved(server.as.editor, id, { excerpt: 'Draft' });
  await server.as.editor.patch(`/articles/${id}`, { title: 'Two' });
  await server.as.editor.patch(`/articles/${id}`, { publishedAt: minutesFromNow(-9) });
  await server.as.editor.post(`/articles/${id}/revisions/1/restore`);
  const { publishedAt, ...now } = (await server.as.editor.get(draftOf(id))).body;
  expect({ ...now, publishedAt: draft.publishedAt }).toEqual(draft);
  expect(publishedAt).toBe((await read(id)).publishedAt);
});

test('An editor who loses the role gets 403; the text stays', async () => {
  const { id } = await newArticle(server.as.editor);
  const draft = await saved(server.as.editor, id, { title: 'Text' });
  const { body } = await server.as.admin.post('/tokens', { name: 'demoted', role: 'editor' });
  const client = new Client(server.url, body.token);
  await server.database.pool.query(`update api_tokens set role = 'reader' where id = $1`, [body.id]);
  for (const response of [
    await client.patch(draftOf(id), { title: 'No' }),
    await client.post(`${draftOf(id)}/publish`),
    await client.delete(draftOf(id)),
  ]) {
    expectProblem(response, 403, 'forbidden');
  }
  expect((await client.get(draftOf(id))).body).toEqual(draft);
});
