import { beforeAll, describe, expect, test } from 'vitest';
import { walkBackward, walkForward, walkNumbered } from '../../harness/pages.ts';
import { expectProblem } from '../../harness/problem.ts';
import { forStrangers, idsOf, minutesFromNow, newArticle, newAuthor, newCategory, times } from '../../harness/seed.ts';
import { useServer } from '../../harness/server.ts';
import { sendRaw } from '../../harness/socket.ts';

const server = useServer();
const get = (path: string) => server.anonymous.get(path);

/** The ids that every list must return, newest first. Several share a date, so that the id breaks the tie. */
let newestFirst: number[] = [];
let food: any;
let other: any;

beforeAll(async () => {
  const { editor } = server.as;
  [food, other] = await times(2, () => newCategory(editor));
  const author = await newAuthor(editor);
  const categoryIds = [other.id, food.id];
  const rows = await times(23, (n) =>
    newArticle(editor, {
      content: 'long',
      categoryIds,
      authorIds: [author.id],
      publishedAt: `2020-01-01T00:00:00.00${Math.floor(((n * 7) % 23) / 4)}Z`,
    }),
  );
  newestFirst = idsOf(rows.sort((a, b) => b.publishedAt.localeCompare(a.publishedAt) || b.id - a.id));
  await newArticle(editor, { categoryIds, publishedAt: null });
  await newArticle(editor, { categoryIds, publishedAt: minutesFromNow(60) });
  const trashed = await newArticle(editor, { categoryIds });
  await editor.delete(`/articles/${trashed.id}`);
});

const lists = () => ['/articles', `/categories/${food.id}/articles`, `/categories/${food.slug}/articles`];

describe('GET /articles and GET /categories/{idOrSlug}/articles return 200', () => {
  test('with the published articles, newest first, ties broken by id, in both directions and for every limit', async () => {
    for (const list of lists()) {
      for (const limit of [3, 23, 100]) {
        expect(idsOf((await walkForward(server.anonymous, list, limit)).rows)).toEqual(newestFirst);
        expect(idsOf(await walkBackward(server.anonymous, list, limit))).toEqual(newestFirst);
        const numbered = await walkNumbered(server.anonymous, list, limit);
        expect(idsOf(numbered.rows)).toEqual(newestFirst);
        expect(numbered.totals).toEqual([23]);
      }
    }
  });

  test('with the same articles for every caller: editors and admins get published ones, too', async () => {
    for (const list of lists()) {
      const { data, page } = (await server.as.admin.get(list)).body;
      expect({ data: data.map(forStrangers), page }).toEqual((await get(list)).body);
    }
  });

  test('with every field except content, each article with all its categories and authors', async () => {
    for (const list of lists()) {
      const [row] = (await get(`${list}?limit=1`)).body.data;
      const { content, ...listed } = (await get(`/articles/${row.id}`)).body;
      expect(content).toBe('long');
      expect(row).toEqual(listed);
      expect(row.categories).toHaveLength(2);
    }
  });

  test('with 20 articles by default, 100 at most, and cursors to the neighbor pages only', async () => {
    for (const list of lists()) {
      const first = await get(list);
      expect(first.body.page).toEqual({ limit: 20, next: expect.any(String), previous: null });
      expect(idsOf(first.body.data)).toEqual(newestFirst.slice(0, 20));
      const second = await get(`${list}?after=${first.body.page.next}`);
      expect(second.body.page).toEqual({ limit: 20, next: null, previous: expect.any(String) });
      expect((await get(`${list}?limit=100`)).body.page).toEqual({ limit: 100, next: null, previous: null });
    }
  });

  test('with a Link header that keeps the other parameters', async () => {
    for (const list of lists()) {
      const first = await get(`${list}?fields=id&limit=10&page=2`);
      const links = Object.fromEntries(
        [...(first.headers.get('link') ?? '').matchAll(/<([^>]+)>; rel="(\w+)"/g)].map(([, to, rel]) => [rel, to]),
      );
      expect((await get(links['next'] ?? '')).body.data).toEqual(newestFirst.slice(20).map((id) => ({ id })));
      expect((await get(links['prev'] ?? '')).body.data).toEqual(newestFirst.slice(0, 10).map((id) => ({ id })));
      expect((await get(`${list}?limit=100`)).headers.get('link')).toBeNull();
    }
  });

  test('with a Link header that keeps a question mark and drops a cursor, percent-encoded name or not', async () => {
    const { next } = (await get('/articles?q=long&limit=1')).body.page;
    const { headers } = await get(`/articles?q=long&limit=1&fields=id&%61fter=${next}`);
    expect(headers.get('link')).toMatch(/^<\/articles\?q=long&limit=1&fields=id&after=[\w-]+>; rel="next"/);
    const withQuestionMark = await get('/articles?q=long?&limit=1');
    expect(withQuestionMark.headers.get('link')).toMatch(/^<\/articles\?q=long\?&limit=1&after=[\w-]+>; rel="next"$/);
  });

  test('with a Link header of whole URLs, although curl does not encode a >', async () => {
    const request = 'GET /articles?q=long>&limit=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
    const { text } = await sendRaw(server.url, [request]);
    expect(text).toMatch(/^link: <\/articles\?q=long%3E&limit=1&after=[\w-]+>; rel="next"\r$/m);
  });

  test('with the links that a client can read: two with 1,000 ids of seven digits are more than 16 KiB of headers', async () => {
    const ids = [food.id, ...Array.from({ length: 999 }, (_, n) => 5_000_000 + n)].join();
    const list = `/articles?categories[any]=${ids}&limit=2`;
    const { next } = (await get(list)).body.page;
    const second = await get(`${list}&after=${next}`);
    expect(second.headers.get('link')).toBe(`<${list}&after=${second.body.page.next}>; rel="next"`);
    expect(second.body.page.previous).not.toBeNull();
  });

  test('with no rows past the end, and a cursor to the last page', async () => {
    for (const list of lists()) {
      const { body } = await get(`${list}?limit=10&page=7&fields=id`);
      expect(body).toEqual({ data: [], page: { limit: 10, next: null, previous: expect.any(String) } });
      const last = await get(`${list}?limit=10&before=${body.page.previous}`);
      expect(idsOf(last.body.data)).toEqual(newestFirst.slice(-10));
      expect(last.body.page).toMatchObject({ next: null, previous: expect.any(String) });
      expectProblem(await get(`${list}?sort=title&before=${body.page.previous}`), 400, 'invalid_cursor', ['/before']);
    }
  });

  test('with exactly the requested fields, content included', async () => {
    for (const list of lists()) {
      const { data } = (await get(`${list}?fields=content,slug,categories&limit=2`)).body;
      expect(data.map(Object.keys)).toEqual([1, 2].map(() => ['content', 'slug', 'categories']));
      expect(data[0].content).toBe('long');
      expect((await get(`${list}?fields=id`)).body.data).toEqual(newestFirst.slice(0, 20).map((id) => ({ id })));
    }
  });

  test('with no rows and the exact total for a page past the end', async () => {
    for (const list of lists()) {
      const { data, page } = (await get(`${list}?page=500&total=true`)).body;
      expect([data, page.next, page.total]).toEqual([[], null, 23]);
    }
  });

  test('with the first page that GET /categories/{idOrSlug} includes, whose cursors continue in the list', async () => {
    for (const key of [food.id, food.slug]) {
      const { articles } = (await get(`/categories/${key}`)).body;
      expect(articles).toEqual((await get(`/categories/${key}/articles`)).body);
      const next = await get(`/categories/${food.slug}/articles?after=${articles.page.next}`);
      expect(idsOf(next.body.data)).toEqual(newestFirst.slice(20));
    }
  });

  test('with each row exactly once while others write', async () => {
    const insertedIds: number[] = [];
    const walk = walkForward(server.anonymous, '/articles', 2, async () => {
      const fresh = await newArticle(server.as.editor, { categoryIds: [other.id] });
      const early = await newArticle(server.as.editor, { publishedAt: '1990-01-01T00:00:00Z' });
      insertedIds.push(fresh.id, early.id);
    });
    expect(idsOf((await walk).rows.slice(0, newestFirst.length))).toEqual(newestFirst);
    for (const id of insertedIds) await server.as.editor.delete(`/articles/${id}?permanent=true`);
  });

  test('with the next rows for a cursor whose row was deleted', async () => {
    const [a, b, c] = await times(3, () => newArticle(server.as.editor));
    const { next } = (await get('/articles?limit=2')).body.page;
    await server.as.editor.delete(`/articles/${b.id}?permanent=true`);
    const after = (await get(`/articles?limit=1&after=${next}`)).body;
    expect(idsOf(after.data)).toEqual([a.id]);
    expect(idsOf((await get(`/articles?before=${after.page.previous}`)).body.data)).toEqual([c.id]);
    for (const { id } of [a, c]) await server.as.editor.delete(`/articles/${id}?permanent=true`);
  });
});

describe('GET /articles and GET /categories/{idOrSlug}/articles return 400', () => {
  test.each([
    ['limit=0', '/limit'],
    ['limit=-1', '/limit'],
    ['limit=101', '/limit'],
    ['limit=abc', '/limit'],
    ['limit=1.5', '/limit'],
    ['limit=', '/limit'],
    ['limit=5&limit=6', '/limit'],
    ['page=0', '/page'],
    ['page=x', '/page'],
    ['page=99999999999999999999', '/page'],
    ['total=1', '/total'],
    ['fields=', '/fields'],
    ['fields=id,colour', '/fields'],
    ['fields=id,,title', '/fields'],
    ['fields=__proto__', '/fields'],
    ['after=', '/after'],
    ['colour=red', '/colour'],
    ['Limit=5', '/Limit'],
    ['__proto__=1', '/__proto__'],
  ])(
    'invalid_request with a pointer to the parameter, which is never clamped or ignored: %s',
    async (query, pointer) => {
      for (const list of lists()) expectProblem(await get(`${list}?${query}`), 400, 'invalid_request', [pointer]);
    },
  );

  test('invalid_request with each unknown field', async () => {
    const response = await get('/articles?fields=id,colour,title,taste');
    expectProblem(response, 400, 'invalid_request', ['/fields', '/fields']);
    expect(response.body.detail).toMatch(/"colour".*"taste"/);
  });

  test('page_too_deep beyond row 10,000, with a hint to use cursors', async () => {
    for (const list of lists()) {
      expect((await get(`${list}?page=500&limit=20`)).status).toBe(200);
      expect((await get(`${list}?page=100&limit=100`)).status).toBe(200);
      for (const query of ['page=501', 'page=101&limit=100', 'page=1000000000&limit=1']) {
        const response = await get(`${list}?${query}`);
        expectProblem(response, 400, 'page_too_deep', ['/page']);
        expect(response.body.detail).toContain('after=');
      }
    }
  });

  test('invalid_request for a page combined with a cursor, and for two cursors', async () => {
    for (const list of lists()) {
      const { next } = (await get(`${list}?limit=1`)).body.page;
      expectProblem(await get(`${list}?page=2&after=${next}`), 400, 'invalid_request', ['/after', '/page']);
      expectProblem(await get(`${list}?after=${next}&before=${next}`), 400, 'invalid_request', ['/after', '/before']);
    }
  });

  test('invalid_cursor for a cursor of another list', async () => {
    const all = (await get('/articles?limit=1')).body.page.next;
    const inFood = (await get(`/categories/${food.id}/articles?limit=1`)).body.page.next;
    expectProblem(await get(`/categories/${food.id}/articles?after=${all}`), 400, 'invalid_cursor', ['/after']);
    expectProblem(await get(`/categories/${other.id}/articles?before=${inFood}`), 400, 'invalid_cursor', ['/before']);
    expectProblem(await get(`/articles?after=${inFood}`), 400, 'invalid_cursor', ['/after']);
    expectProblem(await get(`/categories?after=${all}`), 400, 'invalid_cursor', ['/after']);
  });

  test('invalid_cursor, never a 5xx, for an edited or invented cursor', async () => {
    for (const list of lists()) {
      const { next } = (await get(`${list}?limit=1`)).body.page;
      const plain = Buffer.from(next, 'base64url').toString();
      const forge = (pattern: RegExp, by: string) => Buffer.from(plain.replace(pattern, by)).toString('base64url');
      const keys = [
        '',
        'x',
        '2020-13-01T00:00:00.000Z',
        '0000-01-01T00:00:00.000Z',
        '-infinity',
        "'; select 1",
        '\\u0000',
      ];
      const forged = keys.map((key) => forge(/\d{4}-\d\d-\d\dT[\d:.]+Z/, key));
      const ids = ['null', '"x"', '1.5', '1e300'].map((id) => forge(/\d+(?=\]$)/, id));
      for (const cursor of [
        next.slice(0, -4),
        `${next}A`,
        `${next}=`,
        `%20${next}`,
        'x',
        '%00',
        '%F0%9F%A5%96',
        'bnVsbA',
        'W10',
        ...forged,
        ...ids,
      ]) {
        expectProblem(await get(`${list}?after=${cursor}`), 400, 'invalid_cursor', ['/after']);
      }
    }
  });
});

test('GET /articles by title pages past a title of control characters', async () => {
  const { id } = await newCategory(server.as.editor);
  const title = `a${'\u0001'.repeat(499)}`;
  const rows = await times(2, () => newArticle(server.as.editor, { title, categoryIds: [id] }));
  const walked = await walkForward(server.anonymous, `/categories/${id}/articles?sort=title`, 1);
  expect(idsOf(walked.rows)).toEqual(idsOf(rows));
});

test('GET /categories/{idOrSlug}/articles returns 404 for an unknown category, and 200 without rows for an empty one', async () => {
  for (const key of ['999999', '0', 'no-such-category'])
    expectProblem(await get(`/categories/${key}/articles`), 404, 'not_found');
  const empty = await newCategory(server.as.editor);
  const response = await get(`/categories/${empty.id}/articles?total=true`);
  expect(response.body).toEqual({ data: [], page: { limit: 20, next: null, previous: null, total: 0 } });
});
