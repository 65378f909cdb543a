import { expect, test } from 'vitest';
import { expectProblem } from '../harness/problem.ts';
import { idsOf, minutesFromNow, newArticle, newCategory } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();

/** The day of docs/tour-editor.md, step by step, as the editor, a colleague and a reader see it. */
test('A day of an editor', async () => {
  const { editor, contributor } = server.as;
  const reader = server.anonymous;
  const harbour = await newCategory(editor, { name: 'Harbour' });
  const food = await newCategory(editor, { name: 'Food' });
  const tides = await newArticle(editor, {
    title: 'Tide tables',
    publishedAt: minutesFromNow(-60),
    categoryIds: [harbour.id],
  });

  // 8:00, a draft: nobody sees it, and two saves never overwrite each other.
  const draft = await newArticle(editor, { title: 'Dawn', publishedAt: null, categoryIds: [food.id, harbour.id] });
  const path = `/articles/${draft.id}`;
  const save = (body: object) => editor.patch(path, body, { headers: { 'if-match': `"${draft.version}"` } });
  expectProblem(await reader.get(path), 404, 'not_found');
  expect((await save({ excerpt: 'Cod' })).status).toBe(200);
  expectProblem(await save({ excerpt: 'Herring' }), 412, 'version_mismatch');

  // 9:00, a preview: who has the link sees this article, and nothing else.
  const preview = (await editor.post(`${path}/previews`)).body;
  expect((await reader.get(`/previews/${preview.secret}`)).body).toMatchObject({ title: 'Dawn', excerpt: 'Cod' });

  // 10:00, scheduled, taken back, published.
  expect((await editor.patch(path, { publishedAt: minutesFromNow(60) })).body.status).toBe('scheduled');
  expect((await editor.patch(path, { publishedAt: null })).body.status).toBe('draft');
  const published = (await editor.patch(path, { publishedAt: minutesFromNow(-1) })).body;
  expect(published).toMatchObject({ status: 'published', categories: [{ id: food.id }, { id: harbour.id }] });
  expect((await reader.get(`/categories/${food.id}`)).body.articleCount).toBe(1);

  // 11:00, a change that readers do not see. A colleague changes the same title meanwhile.
  const change = { title: 'Before dawn', slug: 'before-dawn', categoryIds: [harbour.id, food.id] };
  const workingDraft = (await editor.patch(`${path}/draft`, change)).body;
  expect(workingDraft).toMatchObject({ version: published.version + 1, baseVersion: published.version });
  expect((await reader.get(path)).body).toMatchObject({ title: 'Dawn', slug: 'dawn', version: published.version });
  expect(idsOf((await editor.get('/articles?hasDraft=true')).body.data)).toEqual([draft.id]);
  expectProblem(await contributor.post(`${path}/draft/publish`), 403, 'forbidden');
  await editor.patch(path, { title: 'First light' });
  expectProblem(await editor.post(`${path}/draft/publish`), 409, 'draft_conflict', ['/title']);
  const republished = (await editor.post(`${path}/draft/publish`, { prefer: { title: 'draft' } })).body;
  expect(republished).toMatchObject({ title: 'Before dawn', excerpt: 'Cod', publishedAt: published.publishedAt });
  expect(idsOf(republished.categories)).toEqual([harbour.id, food.id]);

  // 12:00, the old address leads to the new one, in the API and on the site.
  const old = await reader.get('/articles/dawn');
  expect([old.status, old.headers.get('location')]).toEqual([308, '/articles/before-dawn']);
  const target = { type: 'article', id: draft.id };
  expect((await editor.post('/redirects', { path: '/2019/dawn/', target })).status).toBe(201);
  expect((await reader.get('/resolve?path=/2019/dawn')).body).toMatchObject({ ...target, slug: 'before-dawn' });

  // 14:00, the tide tables are pinned in the harbour, and come first for readers.
  const first = async () => (await reader.get(`/categories/${harbour.id}`)).body.articles.data[0].id;
  expect(await first()).toBe(draft.id);
  await editor.patch(`/categories/${harbour.id}`, { ordering: 'manual' });
  expect((await editor.put(`/categories/${harbour.id}/articles/${tides.id}/rank`, { first: true })).status).toBe(204);
  expect(await first()).toBe(tides.id);

  // 16:00, somebody takes the article out of Food, and the history brings it back.
  await editor.patch(path, { categoryIds: [harbour.id] });
  const restored = await editor.post(`${path}/revisions/${republished.version}/restore`);
  expect(restored.body.dropped).toEqual([]);
  expect(idsOf(restored.body.categories)).toEqual([harbour.id, food.id]);

  // 18:00, a program that followed the day knows each of its changes once, in order.
  const { data } = (await editor.get('/events')).body;
  const ofArticle = data.filter((event: any) => event.subject.type === 'article' && event.subject.id === draft.id);
  expect(ofArticle.map((event: any) => [event.type, event.changed])).toEqual([
    ['article.created', []],
    ['article.updated', ['excerpt']],
    ['article.updated', ['publishedAt']],
    ['article.updated', ['publishedAt']],
    ['article.published', ['publishedAt']],
    ['article.updated', ['title']],
    ['article.updated', ['title', 'slug', 'categoryIds']],
    ['article.updated', ['categoryIds']],
    ['article.updated', ['categoryIds']],
  ]);
});
