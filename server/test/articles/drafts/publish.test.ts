import { describe, expect, test } from 'vitest';
import type { Client } from '../../harness/client.ts';
import { eventually } from '../../harness/eventually.ts';
import { expectProblem } from '../../harness/problem.ts';
import { idsOf, newArticle, newAuthor, newCategory, times, unique } from '../../harness/seed.ts';
import { useServer } from '../../harness/server.ts';

const server = useServer();

const draftOf = (id: number) => `/articles/${id}/draft`;
async function saved(id: number, body: object, client: Client = server.as.editor) {
  const response = await client.patch(draftOf(id), body);
  expect(response.status, JSON.stringify(response.body)).toBe(200);
  return response.body;
}
const publish = (id: number, body?: object, headers: Record<string, string> = {}) =>
  server.as.editor.post(`${draftOf(id)}/publish`, body, { headers });
const change = async (id: number, body: object) =>
  expect((await server.as.editor.patch(`/articles/${id}`, body)).status).toBe(200);
const read = async (id: number) => (await server.as.reader.get(`/articles/${id}`)).body;
const categoryIds = async (id: number) => (await read(id)).categories.map((each: { id: number }) => each.id);
const revisionsOf = async (id: number) => (await server.as.editor.get(`/articles/${id}/revisions`)).body.data;
/** The rows of the links as PostgreSQL has them: a link that was deleted and inserted again is another one. */
const linkRows = async (id: number) =>
  (
    await server.database.pool.query(
      `select category_id, position, ctid, xmin from article_categories where article_id = $1 order by position`,
      [id],
    )
  ).rows;

describe('POST /articles/{id}/draft/publish', () => {
  test('makes the draft the article, whole, and ends it: one revision of the kind publish, one event', async () => {
    const [a, b, c] = await times(3, () => newCategory(server.as.editor));
    const author = await newAuthor(server.as.editor);
    const article = await newArticle(server.as.editor, { categoryIds: [a.id, b.id] });
    const body = { title: 'T', slug: `slug-${article.id}`, excerpt: 'E', content: 'C', contentFormat: 'html' };
    const draft = await saved(article.id, { ...body, categoryIds: [c.id, b.id], authorIds: [author.id] });
    const before = await server.as.editor.get('/events?limit=100');
    const { status, body: published, headers } = await publish(article.id);
    expect(status).toBe(200);
    const { baseVersion: _base, updatedBy: _by, gone: _gone, ...shown } = draft;
    expect(published).toEqual({
      ...shown,
      version: draft.version + 1,
      updatedAt: published.updatedAt,
      hasDraft: false,
    });
    expect(headers.get('etag')).toMatch(/^"3\.[\w-]+"$/);
    expect(await read(article.id)).toEqual(published);
    expectProblem(await server.as.editor.get(draftOf(article.id)), 404, 'not_found');
    expectProblem(await publish(article.id), 404, 'not_found');
    const [revision, first] = await revisionsOf(article.id);
    expect(revision).toMatchObject({ number: 3, kind: 'publish', published: true });
    const changed = ['title', 'slug', 'excerpt', 'content', 'contentFormat', 'categoryIds', 'authorIds'];
    expect(revision.changed.toSorted()).toEqual(changed.toSorted());
    expect(first).toMatchObject({ number: 1, kind: 'create' });
    await eventually(async () => {
      const { body: events } = await server.as.editor.get(`/events?limit=100&after=${before.body.page.next}`);
      const own = events.data.filter(({ subject }: any) => subject.type === 'article' && subject.id === article.id);
      expect(own.map(({ type }: any) => type)).toContain('article.updated');
      expect(own.filter(({ type }: any) => type === 'article.updated')).toHaveLength(1);
      expect(own.at(-1).changed.toSorted()).toEqual(changed.toSorted());
    });
  });

  test('keeps the rows of links that stay, and changes no link that the draft has not changed', async () => {
    const [a, b, c] = await times(3, () => newCategory(server.as.editor));
    const { id } = await newArticle(server.as.editor, { categoryIds: [a.id, b.id] });
    const before = await linkRows(id);
    await saved(id, { title: 'Only the title' });
    await publish(id);
    expect(await linkRows(id)).toEqual(before);
    await saved(id, { categoryIds: [a.id, b.id, c.id] });
    expect((await publish(id)).status).toBe(200);
    expect((await linkRows(id)).slice(0, 2)).toEqual(before);
    expect(await categoryIds(id)).toEqual([a.id, b.id, c.id]);
  });

  test('publishes links alone, above the versions of the draft', async () => {
    const [a, b] = await times(2, () => newCategory(server.as.editor));
    const { id } = await newArticle(server.as.editor, { categoryIds: [a.id] });
    await saved(id, { categoryIds: [b.id] });
    const draft = await saved(id, { categoryIds: [b.id, a.id] });
    const { version, categories } = (await publish(id)).body;
    expect(version).toBeGreaterThan(draft.version);
    expect(idsOf(categories)).toEqual([b.id, a.id]);
    expect((await revisionsOf(id))[0]).toMatchObject({ number: version, kind: 'publish', changed: ['categoryIds'] });
  });

  test('without a difference only ends the draft', async () => {
    const { hasDraft: _, ...article } = await newArticle(server.as.editor);
    await saved(article.id, {});
    const { status, body } = await publish(article.id);
    expect([status, body]).toEqual([200, { ...article, hasDraft: false }]);
    expect(await revisionsOf(article.id)).toHaveLength(1);
    expectProblem(await server.as.editor.get(draftOf(article.id)), 404, 'not_found');
  });

  test('takes what only one side changed from that side', async () => {
    const [a, b] = await times(2, () => newCategory(server.as.editor));
    const { id } = await newArticle(server.as.editor, { excerpt: 'old', categoryIds: [a.id] });
    await saved(id, { title: 'Draft', excerpt: 'same' });
    await change(id, { content: 'Article', excerpt: 'same', categoryIds: [b.id] });
    const { body } = await publish(id);
    expect(body).toMatchObject({ title: 'Draft', excerpt: 'same', content: 'Article', categories: [{ id: b.id }] });
    expect((await revisionsOf(id))[0]).toMatchObject({ kind: 'publish', changed: ['title'] });
  });

  test('returns 409 for each field that both changed to different values, until the body decides', async () => {
    const [a, b] = await times(2, () => newCategory(server.as.editor));
    const { id } = await newArticle(server.as.editor, { content: 'old', categoryIds: [a.id, b.id] });
    const draft = await saved(id, { title: 'Draft', content: 'Draft', excerpt: 'Draft', categoryIds: [b.id, a.id] });
    await change(id, { title: 'Article', content: 'Article', categoryIds: [a.id] });
    const before = await read(id);
    const response = await publish(id);
    expectProblem(response, 409, 'draft_conflict', ['/title', '/content', '/categoryIds']);
    const half = await publish(id, { prefer: { title: 'draft', categoryIds: 'article' } });
    expectProblem(half, 409, 'draft_conflict', ['/content']);
    expect(await read(id)).toEqual(before);
    expect((await server.as.editor.get(draftOf(id))).body).toEqual(draft);
    const { body } = await publish(id, { prefer: { title: 'draft', content: 'article', categoryIds: 'article' } });
    expect(body).toMatchObject({ title: 'Draft', content: 'Article', excerpt: 'Draft', categories: [{ id: a.id }] });
  });

  test('prefer=draft publishes the links of the draft in their order', async () => {
    const [a, b, c] = await times(3, () => newCategory(server.as.editor));
    const { id } = await newArticle(server.as.editor, { categoryIds: [a.id, b.id] });
    await saved(id, { categoryIds: [c.id, a.id] });
    await change(id, { categoryIds: [b.id] });
    expectProblem(await publish(id), 409, 'draft_conflict', ['/categoryIds']);
    await publish(id, { prefer: { categoryIds: 'draft' } });
    expect(await categoryIds(id)).toEqual([c.id, a.id]);
  });

  test('prefer takes back what only the draft changed, and never what only the article changed', async () => {
    const { id } = await newArticle(server.as.editor);
    await saved(id, { title: 'Draft' });
    await change(id, { excerpt: 'Article' });
    const { title } = await read(id);
    const { body } = await publish(id, { prefer: { title: 'article', excerpt: 'draft' } });
    expect(body).toMatchObject({ title, excerpt: 'Article' });
  });

  test('returns 409 for a slug that was taken meanwhile; the draft stays', async () => {
    const { id, slug } = await newArticle(server.as.editor);
    const draft = await saved(id, { slug: unique('taken').replace(' ', '-') });
    await newArticle(server.as.editor, { slug: draft.slug });
    expectProblem(await publish(id), 409, 'slug_taken', ['/slug']);
    expect((await server.as.editor.get(draftOf(id))).body).toEqual(draft);
    expect((await publish(id, { prefer: { slug: 'article' } })).body.slug).toBe(slug);
  });

  test('returns 422 for a category and an author that went, until the body or a PATCH decides', async () => {
    const [a, b, c] = await times(3, () => newCategory(server.as.editor));
    const author = await newAuthor(server.as.editor, { name: 'Gone author' });
    const { id } = await newArticle(server.as.editor, { categoryIds: [a.id, b.id] });
    const draft = await saved(id, { categoryIds: [c.id, b.id, a.id], authorIds: [author.id] });
    for (const path of [`/categories/${b.id}`, `/categories/${c.id}`, `/authors/${author.id}`]) {
      expect((await server.as.editor.delete(path)).status).toBe(204);
    }
    const response = await publish(id);
    expectProblem(response, 422, 'unknown_category', ['/categoryIds/0', '/categoryIds/1', '/authorIds/0']);
    expect(response.body.errors[2]).toMatchObject({ code: 'unknown_author' });
    expect(response.body.detail).toContain('"Gone author"');
    const stays = (await server.as.editor.get(draftOf(id))).body;
    expect(stays).toMatchObject({ title: draft.title, categories: [{ id: a.id }], authors: [] });
    expect(stays.gone.map((each: { id: number }) => each.id)).toEqual([c.id, b.id, author.id]);
    const decided = await publish(id, { prefer: { categoryIds: 'article' } });
    expectProblem(decided, 422, 'unknown_author', ['/authorIds/0']);
    await saved(id, { authorIds: [] });
    expect((await publish(id, { prefer: { categoryIds: 'article' } })).status).toBe(200);
    expect(await categoryIds(id)).toEqual([a.id]);
  });

  test('a category that went is no matter for links that the draft has not changed, and no conflict', async () => {
    const [a, b, c] = await times(3, () => newCategory(server.as.editor));
    const { id } = await newArticle(server.as.editor, { categoryIds: [a.id, b.id] });
    await saved(id, { title: 'Draft' });
    await server.as.editor.delete(`/categories/${b.id}`);
    expect((await publish(id)).body).toMatchObject({ title: 'Draft', categories: [{ id: a.id }] });
    const other = await newArticle(server.as.editor, { categoryIds: [a.id, c.id] });
    await saved(other.id, { categoryIds: [a.id] });
    await server.as.editor.delete(`/categories/${c.id}`);
    await change(other.id, { categoryIds: [] });
    expect((await publish(other.id)).body.categories).toEqual([]);
  });

  test('compares If-Match with the version of the draft; none of its versions matches the article afterwards', async () => {
    const { id } = await newArticle(server.as.editor);
    await saved(id, { title: 'A' });
    await saved(id, { title: 'B' });
    expectProblem(await publish(id, {}, { 'if-match': '"1"' }), 412, 'version_mismatch');
    expectProblem(await publish(id, {}, { 'if-match': '"2"' }), 412, 'version_mismatch');
    expect((await publish(id, {}, { 'if-match': '"3"' })).body.version).toBe(4);
    for (const version of [1, 2, 3]) {
      const headers = { 'if-match': `"${version}"` };
      const response = await server.as.editor.patch(draftOf(id), { title: 'Stale' }, { headers });
      expectProblem(response, 412, 'version_mismatch');
    }
  });

  test('returns 400 for what the body cannot have', async () => {
    const { id } = await newArticle(server.as.editor);
    await saved(id, { title: 'A' });
    expectProblem(await publish(id, { prefer: { title: 'mine' } }), 400, 'invalid_request', ['/prefer/title']);
    expectProblem(await publish(id, { prefer: { publishedAt: 'draft' } }), 400, 'invalid_request', [
      '/prefer/publishedAt',
    ]);
    expectProblem(await publish(id, { title: 'A' }), 400, 'invalid_request', ['/title']);
    expectProblem(await publish(id, { prefer: null }), 400, 'invalid_request', ['/prefer']);
    expect((await server.as.editor.get(draftOf(id))).status).toBe(200);
  });

  test('with an Idempotency-Key answers the second time as the first', async () => {
    const { id } = await newArticle(server.as.editor);
    const headers = { 'idempotency-key': `publish-${id}` };
    const draft = { title: 'Once' };
    const save = () => server.as.editor.patch(draftOf(id), draft, { headers: { 'idempotency-key': `save-${id}` } });
    const [first, second] = [await save(), await save()];
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    const published = await publish(id, {}, headers);
    expect(published.status).toBe(200);
    const again = await publish(id, {}, headers);
    expect([again.status, again.body]).toEqual([200, published.body]);
    expect(await revisionsOf(id)).toHaveLength(2);
  });

  test('a conflict under an Idempotency-Key leaves the draft, and the decision is another request', async () => {
    const { id } = await newArticle(server.as.editor);
    await saved(id, { title: 'Draft' });
    await change(id, { title: 'Article' });
    expectProblem(await publish(id, {}, { 'idempotency-key': `conflict-${id}` }), 409, 'draft_conflict');
    const body = { prefer: { title: 'draft' } };
    expect((await publish(id, body, { 'idempotency-key': `decided-${id}` })).body.title).toBe('Draft');
  });

  test('a draft whose base revision is lost is not: each difference is a conflict that the body decides', async () => {
    const { id } = await newArticle(server.as.editor);
    await change(id, { excerpt: 'Two' });
    await saved(id, { title: 'Draft' });
    await server.database.pool.query('delete from article_revisions where article_id = $1 and number = 2', [id]);
    expectProblem(await publish(id), 409, 'draft_conflict', ['/title']);
    expect((await publish(id, { prefer: { title: 'draft' } })).body.title).toBe('Draft');
  });
});
