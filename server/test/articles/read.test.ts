import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { walkForward } from '../harness/pages.ts';
import { expectProblem } from '../harness/problem.ts';
import {
  forStrangers,
  idsOf,
  minutesFromNow,
  newArticle,
  newAuthor,
  newCategory,
  times,
  unique,
} from '../harness/seed.ts';
import { startTestServer, useServer } from '../harness/server.ts';

const server = useServer();

describe('GET /articles/{idOrSlug} returns 200', () => {
  test('the same by id and by slug, with the current names of the categories and authors', async () => {
    const { editor } = server.as;
    const [a, b] = await times(2, () => newCategory(editor));
    const author = await newAuthor(editor);
    const { id, slug } = await newArticle(editor, {
      categoryIds: [b.id, a.id],
      authorIds: [author.id],
      content: '*Salt*',
    });
    await editor.patch(`/categories/${b.id}`, { name: 'Renamed', slug: 'renamed' });
    await editor.patch(`/authors/${author.id}`, { name: 'Maud' });
    const response = await server.anonymous.get(`/articles/${slug}`);
    expect(response.body).toMatchObject({
      id,
      content: '*Salt*',
      categories: [
        { id: b.id, name: 'Renamed', slug: 'renamed' },
        { id: a.id, name: a.name, slug: a.slug },
      ],
      authors: [{ id: author.id, name: 'Maud', slug: author.slug }],
    });
    expect((await server.anonymous.get(`/articles/${id}`)).body).toEqual(response.body);
  });

  test('with drafts and scheduled articles for a reader, by id and slug', async () => {
    for (const publishedAt of [null, minutesFromNow(60)]) {
      const article = await newArticle(server.as.editor, { publishedAt });
      for (const key of [article.id, article.slug]) {
        expect((await server.as.reader.get(`/articles/${key}`)).body).toEqual(article);
      }
    }
  });

  test('with a trashed article for a reader that requests it, also by its slug unless a live article has the slug now', async () => {
    const { editor, reader } = server.as;
    const first = await newArticle(editor, { slug: 'twice' });
    await editor.delete(`/articles/${first.id}`);
    const trashed = await reader.get('/articles/twice?trashed=true');
    expect(trashed.body).toMatchObject({ id: first.id, status: 'trashed', publishedAt: first.publishedAt });
    const second = await newArticle(editor, { slug: 'twice' });
    expect((await reader.get('/articles/twice?trashed=true')).body.id).toBe(second.id);
    await editor.delete(`/articles/${second.id}`);
    expect((await reader.get('/articles/twice?trashed=true')).body.id).toBe(second.id);
    expect((await reader.get(`/articles/${first.id}?trashed=true`)).body.id).toBe(first.id);
  });
});

test('times are returned as they were sent, in any time zone and date style of the database', async () => {
  const narrow = await startTestServer({ DATABASE_POOL: '1' });
  const { pool } = narrow.database;
  const { rows } = await pool.query('select current_database() as name');
  await pool.query(`alter database ${rows[0].name} set timezone to 'Europe/Amsterdam'`);
  await pool.query(`alter database ${rows[0].name} set datestyle to 'German'`);
  await pool.query('select pg_terminate_backend(pg_backend_pid())').catch(() => {}); // new connections have the settings
  const category = await newCategory(narrow.as.editor);
  const times = [
    '2020-07-01T12:00:00.123Z',
    '1800-01-01T00:00:00.000Z',
    '0099-01-01T00:00:00.000Z',
    '0001-01-01T00:00:00.000Z',
  ];
  for (const publishedAt of times) {
    const article = await newArticle(narrow.as.editor, { publishedAt, categoryIds: [category.id] });
    expect(article.publishedAt).toBe(publishedAt);
    expect((await narrow.anonymous.get(`/articles/${article.id}`)).body).toEqual(forStrangers(article));
  }
  const inside = (await narrow.anonymous.get(`/categories/${category.id}`)).body.articles.data;
  expect(inside.map((row: { publishedAt: string }) => row.publishedAt)).toEqual(times);
  const { rows: listed } = await walkForward(narrow.anonymous, '/articles', 1);
  expect(listed).toEqual(inside);
  await narrow.close();
});

describe('GET /articles/{idOrSlug} returns 400, 401, 404, 414', () => {
  test('400 invalid_request for an id above 64 bits, NUL and an unknown parameter', async () => {
    for (const path of ['/articles/9223372036854775808', '/articles/99999999999999999999999', '/articles/a%00b']) {
      expectProblem(await server.anonymous.get(path), 400, 'invalid_request', ['/idOrSlug']);
    }
    expectProblem(await server.anonymous.get('/articles/1?limit=1'), 400, 'invalid_request', ['/limit']);
    expectProblem(await server.anonymous.get('/articles/1?trashed=yes'), 400, 'invalid_request', ['/trashed']);
    expectProblem(await server.anonymous.get('/articles/1?trashed='), 400, 'invalid_request', ['/trashed']);
  });

  test('400 invalid_url for broken percent-encoding, also of a surrogate', async () => {
    for (const path of ['/articles/%zz', '/articles/%', '/articles/%ED%A0%80', '/articles/%ff']) {
      expectProblem(await server.anonymous.get(path), 400, 'invalid_url');
    }
  });

  test('401 unauthorized for an invalid token, although the route is public', async () => {
    const { id } = await newArticle(server.as.editor);
    const headers = { authorization: 'Bearer rubric_x' };
    expectProblem(await server.anonymous.get(`/articles/${id}`, { headers }), 401, 'unauthorized');
  });

  test('404 not_found for an article that does not exist', async () => {
    for (const key of ['0', '999999', '9223372036854775807', 'no-such-slug', '-1', '1e3', '%20', 'Ä', '..%2f']) {
      expectProblem(await server.as.reader.get(`/articles/${key}?trashed=true`), 404, 'not_found');
    }
  });

  test('414 url_too_long for a segment longer than any slug', async () => {
    expectProblem(await server.anonymous.get(`/articles/${'a'.repeat(1001)}`), 414, 'url_too_long');
    expectProblem(await server.anonymous.get(`/articles/${'a'.repeat(999)}`), 404, 'not_found');
  });
});

describe('GET /articles/{id}/categories', () => {
  test('returns 200 with all categories in order, or with none', async () => {
    const categories = await times(25, () => newCategory(server.as.editor));
    const categoryIds = idsOf(categories).reverse();
    const article = await newArticle(server.as.editor, { categoryIds });
    const response = await server.anonymous.get(`/articles/${article.id}/categories`);
    expect(response.body).toEqual({ data: article.categories });
    expect(idsOf(response.body.data)).toEqual(categoryIds);
    const bare = await newArticle(server.as.editor);
    expect((await server.anonymous.get(`/articles/${bare.id}/categories`)).body).toEqual({ data: [] });
  });

  test('returns 400 for a segment that is not an id, 404 for an article that does not exist or that the caller cannot read', async () => {
    const draft = await newArticle(server.as.editor, { publishedAt: null });
    expectProblem(await server.anonymous.get(`/articles/${draft.slug}/categories`), 400, 'invalid_request', ['/id']);
    expectProblem(await server.anonymous.get('/articles/9223372036854775808/categories'), 400, 'invalid_request', [
      '/id',
    ]);
    expectProblem(await server.anonymous.get(`/articles/${draft.id}/categories?limit=1`), 400, 'invalid_request', [
      '/limit',
    ]);
    expectProblem(await server.anonymous.get(`/articles/${draft.id}/categories`), 404, 'not_found');
    expect((await server.as.reader.get(`/articles/${draft.id}/categories`)).status).toBe(200);
    await server.as.editor.delete(`/articles/${draft.id}`);
    expectProblem(await server.as.reader.get(`/articles/${draft.id}/categories`), 404, 'not_found');
    expectProblem(await server.anonymous.get('/articles/999999/categories'), 404, 'not_found');
  });
});

describe('unpublished articles', () => {
  /** Looks for an article, without a token, in every response that could contain it. */
  const findEverywhere = async (article: { id: number; slug: string }, category: { id: number; slug: string }) => {
    const { anonymous } = server;
    const withArticles = (await anonymous.get(`/categories/${category.id}`)).body;
    const places = [
      (await walkForward(anonymous, '/articles', 50)).rows,
      (await walkForward(anonymous, `/categories/${category.slug}/articles`, 50)).rows,
      withArticles.articles.data,
      ...(await Promise.all(
        [article.id, article.slug].map(async (key) => [(await anonymous.get(`/articles/${key}`)).body]),
      )),
    ];
    const total = (await anonymous.get(`/categories/${category.id}/articles?total=true`)).body.page.total;
    return {
      places: places.map((rows: { id?: number }[]) => rows.some(({ id }) => id === article.id)),
      categories: (await anonymous.get(`/articles/${article.id}/categories`)).status,
      counts: [withArticles.articleCount, withArticles.articleCountDeep, total],
    };
  };
  const nowhere = { places: [false, false, false, false, false], categories: 404, counts: [0, 0, 0] };
  const everywhere = { places: [true, true, true, true, true], categories: 200, counts: [1, 1, 1] };

  test.each([
    ['a draft', { publishedAt: null }],
    ['a scheduled article', { publishedAt: minutesFromNow(60) }],
  ])('%s is invisible to anonymous callers everywhere until it is published', async (_, body) => {
    const category = await newCategory(server.as.editor);
    const article = await newArticle(server.as.editor, { ...body, categoryIds: [category.id] });
    expect(await findEverywhere(article, category)).toEqual(nowhere);
    await server.as.editor.patch(`/articles/${article.id}`, { publishedAt: minutesFromNow(-1) });
    expect(await findEverywhere(article, category)).toEqual(everywhere);
  });

  test('a trashed article is invisible to anonymous callers everywhere, also with trashed=true', async () => {
    const category = await newCategory(server.as.editor);
    const article = await newArticle(server.as.editor, { categoryIds: [category.id] });
    expect(await findEverywhere(article, category)).toEqual(everywhere);
    await server.as.editor.delete(`/articles/${article.id}`);
    expect(await findEverywhere(article, category)).toEqual(nowhere);
    expectProblem(await server.anonymous.get(`/articles/${article.id}?trashed=true`), 404, 'not_found');
  });

  test('a scheduled article appears when its time passes, without a write', async () => {
    const category = await newCategory(server.as.editor);
    const title = unique('Soon');
    const publishedAt = new Date(Date.now() + 300).toISOString();
    const article = await newArticle(server.as.editor, { title, publishedAt, categoryIds: [category.id] });
    const early = await findEverywhere(article, category);
    if (Date.now() < Date.parse(publishedAt)) expect([article.status, early]).toEqual(['scheduled', nowhere]);
    await wait(Math.max(0, Date.parse(publishedAt) - Date.now()) + 20);
    expect(await findEverywhere(article, category)).toEqual(everywhere);
    const read = await server.anonymous.get(`/articles/${article.id}`);
    expect(read.body).toEqual({ ...forStrangers(article), status: 'published' });
  });
});
