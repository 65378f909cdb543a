import { beforeEach, describe, expect, test } from 'vitest';
import { walkBackward, walkForward, walkNumbered } from '../harness/pages.ts';
import { expectProblem } from '../harness/problem.ts';
import { idsOf, minutesFromNow, newArticle, newAuthor, newCategory, times } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();
let run = 0;
const unique = (path: string) => `${path}-${run}`;
beforeEach(() => {
  run += 1;
});

const post = (path: string, target: object | null = null, headers = {}) =>
  server.as.editor.post('/redirects', { path, target }, { headers });
const created = async (path: string, target: object | null = null) => {
  const { status, body } = await post(path, target);
  expect(status, JSON.stringify(body)).toBe(201);
  return body;
};
const resolve = (path: string, client = server.anonymous) => client.get(`/resolve?path=${encodeURIComponent(path)}`);
const absentId = 4_611_686_018_427_387_904n;

describe('POST /redirects returns', () => {
  test.each([
    ['article', newArticle],
    ['category', newCategory],
    ['author', newAuthor],
  ] as const)('201 with the redirect to an %s, and Location', async (type, create) => {
    const { id } = await create(server.as.editor);
    const response = await post(unique('/2019/05/old'), { type, id });
    expect(response.status).toBe(201);
    expect(response.body).toEqual({
      id: response.body.id,
      path: unique('/2019/05/old'),
      target: { type, id },
      createdAt: expect.stringMatching(/Z$/),
    });
    expect(response.headers.get('location')).toBe(`/redirects/${response.body.id}`);
    const read = await server.as.editor.get(`/redirects/${response.body.id}`);
    expect([read.status, read.body]).toEqual([200, response.body]);
  });

  test('201 with null for what is gone on purpose', async () => {
    expect((await created(unique('/gone'))).target).toBeNull();
  });

  test('409 for the same path, however it is written', async () => {
    await created(`https://old.example${unique('/Caf%C3%A9')}/?p=1#top`);
    for (const path of [unique('/Café'), unique('/Caf%c3%a9'), `${unique('//Cafe\u0301')}/`, unique('/./x/../Café')]) {
      expectProblem(await post(path), 409, 'path_taken', ['/path']);
    }
    await created(unique('/café'));
  });

  test('422 for an unknown target', async () => {
    const path = unique('/old');
    for (const type of ['article', 'category', 'author']) {
      const body = `{"path":"${path}","target":{"type":"${type}","id":${absentId}}}`;
      expectProblem(await server.as.editor.post('/redirects', body, JSON_TYPE), 422, 'unknown_target', ['/target/id']);
    }
    expectProblem(await resolve(path), 404, 'not_found');
  });

  test.each([
    ['a path without a slash', { path: 'old', target: null }, '/path'],
    ['another scheme', { path: 'ftp://old.example/a', target: null }, '/path'],
    ['the root', { path: 'https://old.example/?p=12', target: null }, '/path'],
    ['only dot segments', { path: '/a/..//./', target: null }, '/path'],
    ['a path that is too long', { path: `/${'é'.repeat(1_000)}`, target: null }, '/path'],
    ['NUL', { path: '/a\0', target: null }, '/path'],
    ['no path', { target: null }, '/path'],
    ['no target', { path: '/a' }, '/target'],
    ['a target without an id', { path: '/a', target: { type: 'article' } }, '/target/id'],
    ['an unknown type', { path: '/a', target: { type: 'page', id: 1 } }, '/target/type'],
    ['an id of 0', { path: '/a', target: { type: 'author', id: 0 } }, '/target/id'],
    ['an unknown field', { path: '/a', target: null, status: 301 }, '/status'],
  ])('400 for %s', async (_, body, pointer) => {
    expectProblem(await server.as.editor.post('/redirects', body), 400, 'invalid_request', [pointer]);
  });

  test('the first answer again for the same Idempotency-Key', async () => {
    const headers = { 'idempotency-key': unique('key') };
    const first = await post(unique('/old'), null, headers);
    const second = await post(unique('/old'), null, headers);
    expect([second.status, second.body]).toEqual([201, first.body]);
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
  });
});
const JSON_TYPE = { headers: { 'content-type': 'application/json' } };

test('A redirect and its end are in the audit log, also when its target was deleted', async () => {
  const { id: articleId } = await newArticle(server.as.editor);
  const { id } = await created(unique('/old'), { type: 'article', id: articleId });
  await server.as.editor.delete(`/articles/${articleId}?permanent=true`);
  await server.as.editor.delete(`/redirects/${id}`);
  const { body } = await server.as.admin.get(`/audit?subject=redirect&subjectId=${id}`);
  expect(body.data.map(({ action, before, after }: any) => [action, before?.articleId, after?.articleId])).toEqual([
    ['redirect.delete', null, undefined],
    ['redirect.change', articleId, null],
    ['redirect.create', undefined, articleId],
  ]);
});

test('Redirects are no events', async () => {
  const before = (await server.as.admin.get('/events')).body.page.next;
  await created(unique('/old'));
  expect((await server.as.admin.get(`/events?after=${before}`)).body.data).toEqual([]);
});

describe('GET /redirects', () => {
  test('returns rows and total of one instant, whatever is written meanwhile', async () => {
    const prefix = unique('/instant');
    let isOver = false;
    const writing = times(60, async (n) => {
      const { id } = await created(`${prefix}-${n}`);
      if (n % 2) await server.as.editor.delete(`/redirects/${id}`);
    }).finally(() => {
      isOver = true;
    });
    const read = async () => {
      const { body } = await server.as.editor.get('/redirects?limit=100&total=true');
      if (body.page.next === null) expect(body.page.total).toBe(body.data.length);
      return isOver;
    };
    while (!(await read()));
    await writing;
  });

  test('lists all, the newest first, in pages', async () => {
    const rows = await times(7, (n) => created(unique(`/page-${n}`)));
    const expected = idsOf(rows).toReversed();
    const walks = [
      (await walkForward(server.as.editor, '/redirects', 3)).rows,
      await walkBackward(server.as.editor, '/redirects', 3),
      (await walkNumbered(server.as.editor, '/redirects', 3)).rows,
    ];
    for (const walked of walks) expect(idsOf(walked).slice(0, 7)).toEqual(expected);
    const { body } = await server.as.editor.get('/redirects?limit=1&total=true');
    expect(body.page.total).toBeGreaterThanOrEqual(7);
  });

  test('finds the redirect of a path, however it is written', async () => {
    const { id } = await created(unique('/föö'));
    const { body } = await server.as.editor.get(
      `/redirects?total=true&path=${encodeURIComponent(unique('/f%c3%b6%C3%B6'))}%2F`,
    );
    expect([idsOf(body.data), body.page.total]).toEqual([[id], 1]);
    expect((await server.as.editor.get(`/redirects?path=${unique('/never')}`)).body.data).toEqual([]);
  });

  test('returns 400 for a cursor of another list, a deep page and an unknown parameter', async () => {
    await times(2, (n) => created(unique(`/cursor-${n}`)));
    const { next } = (await server.as.editor.get('/redirects?limit=1')).body.page;
    expectProblem(await server.as.editor.get(`/redirects?path=/a&after=${next}`), 400, 'invalid_cursor', ['/after']);
    expectProblem(await server.as.editor.get('/redirects?page=5000&limit=100'), 400, 'page_too_deep', ['/page']);
    expectProblem(await server.as.editor.get('/redirects?sort=path'), 400, 'invalid_request', ['/sort']);
  });
});

test('DELETE /redirects/:id returns 204, then 404, and the path is unknown again', async () => {
  const { id } = await created(unique('/old'));
  expectProblem(await resolve(unique('/old')), 410, 'gone');
  expect((await server.as.editor.delete(`/redirects/${id}`)).status).toBe(204);
  expectProblem(await server.as.editor.delete(`/redirects/${id}`), 404, 'not_found');
  expectProblem(await server.as.editor.get(`/redirects/${id}`), 404, 'not_found');
  expectProblem(await resolve(unique('/old')), 404, 'not_found');
  await created(unique('/old'));
});

describe('GET /resolve', () => {
  test.each([
    ['article', 'articles', newArticle],
    ['category', 'categories', newCategory],
    ['author', 'authors', newAuthor],
  ] as const)('returns the %s that a path leads to, under its present slug', async (type, route, create) => {
    const row = await create(server.as.editor);
    await created(unique('/2019/05/old'), { type, id: row.id });
    await server.as.editor.patch(`/${route}/${row.id}`, { slug: unique(`present-${type}`) });
    const slug = unique(`present-${type}`);
    const expected = { type, id: row.id, slug, location: `/${route}/${slug}` };
    for (const path of [unique('/2019/05/old'), `https://old.example${unique('/2019/05/old')}/?utm_source=x#y`]) {
      const { status, body } = await resolve(path);
      expect([status, body]).toEqual([200, expected]);
    }
  });

  test('returns the row of a path of this API, also by id and old slug', async () => {
    for (const [type, route, create] of [
      ['article', 'articles', newArticle],
      ['category', 'categories', newCategory],
      ['author', 'authors', newAuthor],
    ] as const) {
      const { id } = await create(server.as.editor, { slug: unique(`old-${type}`) });
      const slug = unique(`new-${type}`);
      await server.as.editor.patch(`/${route}/${id}`, { slug });
      for (const key of [id, slug, unique(`old-${type}`)]) {
        expect((await resolve(`/${route}/${key}/`)).body).toEqual({ type, id, slug, location: `/${route}/${slug}` });
      }
      expectProblem(await resolve(`/${route}/${absentId}`), 404, 'not_found');
      expectProblem(await resolve(`/${route}/${'9'.repeat(30)}`), 404, 'not_found');
      expectProblem(await resolve(`/${route}/${slug}/articles`), 404, 'not_found');
    }
  });

  test('prefers a redirect to the row of a path of this API', async () => {
    const { slug } = await newArticle(server.as.editor);
    const other = await newArticle(server.as.editor);
    await created(`/articles/${slug}`, { type: 'article', id: other.id });
    expect((await resolve(`/articles/${slug}`)).body.id).toBe(other.id);
  });

  test('guesses nothing from the last segment of a path', async () => {
    const { slug } = await newArticle(server.as.editor);
    expectProblem(await resolve(`/2019/05/${slug}/`), 404, 'not_found');
  });

  test('returns 404 for a target that the caller may not see', async () => {
    const { id, slug } = await newArticle(server.as.editor, { publishedAt: minutesFromNow(60) });
    await created(unique('/later'), { type: 'article', id });
    for (const path of [unique('/later'), `/articles/${slug}`, `/articles/${id}`]) {
      expectProblem(await resolve(path), 404, 'not_found');
      expectProblem(await resolve(path, server.as.author), 404, 'not_found');
      expect((await resolve(path, server.as.reader)).body.id).toBe(id);
    }
    await server.as.editor.delete(`/articles/${id}`);
    expectProblem(await resolve(unique('/later'), server.as.editor), 404, 'not_found');
    await server.as.editor.post(`/articles/${id}/restore`);
    expect((await resolve(unique('/later'), server.as.editor)).body.id).toBe(id);
  });

  test.each([
    ['articles', newArticle, '?permanent=true'],
    ['categories', newCategory, ''],
    ['authors', newAuthor, ''],
  ] as const)('returns 410 when the target was deleted for good (%s)', async (route, create, query) => {
    const { id } = await create(server.as.editor);
    const type = { articles: 'article', categories: 'category', authors: 'author' }[route];
    const redirect = await created(unique('/old'), { type, id });
    expect((await server.as.editor.delete(`/${route}/${id}${query}`)).status).toBe(204);
    expectProblem(await resolve(unique('/old')), 410, 'gone');
    expect((await server.as.editor.get(`/redirects/${redirect.id}`)).body.target).toBeNull();
  });

  test('answers 304 while nothing changed', async () => {
    const { id } = await newArticle(server.as.editor);
    await created(unique('/old'), { type: 'article', id });
    const { headers } = await resolve(unique('/old'));
    const again = await server.anonymous.get(`/resolve?path=${unique('/old')}`, {
      headers: { 'if-none-match': headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
  });

  test.each(['', 'old', 'ftp://old.example/a', 'a/b'])('returns 400 for %j', async (path) => {
    expectProblem(await resolve(path), 400, 'invalid_request', ['/path']);
  });

  test('returns 400 without a path, and 404 for one that is the root', async () => {
    expectProblem(await server.anonymous.get('/resolve'), 400, 'invalid_request', ['/path']);
    expectProblem(await resolve('https://old.example'), 404, 'not_found');
  });
});
