import { beforeAll, describe, expect, test } from 'vitest';
import { walkBackward, walkForward, walkNumbered } from '../harness/pages.ts';
import { expectProblem } from '../harness/problem.ts';
import { idsOf, newArticle, newCategory } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();
const get = (path: string) => server.anonymous.get(path);
/** The names in the order of the flat tree: each after its parent, siblings by position, then id. */
let ordered: string[] = [];

beforeAll(async () => {
  const ids = new Map<string, number>();
  // A name begins with the name of its parent. The order of creation is not the order of the list.
  const definitions: [name: string, parent: string | null, position?: number][] = [
    ['b', null],
    ['c', null],
    ['a', null, -1],
    ['ba', 'b', 3],
    ['bb', 'b', 12],
    ['baa', 'ba'],
    ['bc', 'b', 2_000_000_000],
    ['b0', 'b', -12],
    ['ca', 'c'],
    ['cb', 'c'],
    ['baaa', 'baa'],
    ['bab', 'ba'],
    ['d', null, 1],
  ];
  for (const [name, parent, position = 0] of definitions) {
    const parentId = parent === null ? null : ids.get(parent);
    ids.set(name, (await newCategory(server.as.editor, { name, parentId, position })).id);
  }
  ordered = ['a', 'b', 'b0', 'ba', 'baa', 'baaa', 'bab', 'bb', 'bc', 'c', 'ca', 'cb', 'd'];
});

const names = (rows: { name: string }[]) => rows.map(({ name }) => name);

describe('GET /categories returns 200', () => {
  test('with the flat tree: each after its parent, siblings by position, then id; forward, backward and by page numbers', async () => {
    for (const limit of [3, 13, 100]) {
      expect(names((await walkForward(server.anonymous, '/categories', limit)).rows)).toEqual(ordered);
      expect(names(await walkBackward(server.anonymous, '/categories', limit))).toEqual(ordered);
      const numbered = await walkNumbered(server.anonymous, '/categories', limit);
      expect([names(numbered.rows), numbered.totals]).toEqual([ordered, [13]]);
    }
  });

  test('with the same rows as GET /categories/{idOrSlug}, except the articles and children', async () => {
    const { data } = (await get('/categories')).body;
    for (const row of data) {
      const { articles: _, children: __, ...read } = (await get(`/categories/${row.id}`)).body;
      expect(row).toEqual(read);
    }
  });

  test('with exactly the requested fields', async () => {
    const { data } = (await get('/categories?fields=name,articleCount,path&limit=3')).body;
    expect(data).toEqual([
      { name: 'a', articleCount: 0, path: [] },
      { name: 'b', articleCount: 0, path: [] },
      { name: 'b0', articleCount: 0, path: [expect.objectContaining({ name: 'b' })] },
    ]);
  });

  test('with a Link header that leads to the next and previous page, and with an empty page past the end', async () => {
    const response = await get('/categories?limit=5&page=2&fields=name');
    const link = response.headers.get('link') ?? '';
    const [, next] = /<([^>]+)>; rel="next"/.exec(link) ?? [];
    expect(names((await get(next ?? '')).body.data)).toEqual(ordered.slice(10));
    const [, previous] = /<([^>]+)>; rel="prev"/.exec(link) ?? [];
    expect(names((await get(previous ?? '')).body.data)).toEqual(ordered.slice(0, 5));
    const past = (await get('/categories?page=9&total=true')).body;
    expect(past).toMatchObject({ data: [], page: { next: null, total: 13 } });
  });

  test('and a walk continues at its position if categories are created in the meantime', async () => {
    const createdIds: number[] = [];
    const walked = await walkForward(server.anonymous, '/categories', 2, async () => {
      const { id } = await newCategory(server.as.editor, { position: -5 });
      createdIds.push(id);
    });
    expect(names(walked.rows)).toEqual(ordered);
    for (const id of createdIds) await server.as.editor.delete(`/categories/${id}`);
  });
});

describe('GET /categories returns 400', () => {
  test.each([
    ['limit=0', '/limit'],
    ['limit=101', '/limit'],
    ['limit=abc', '/limit'],
    ['page=0', '/page'],
    ['tree=yes', '/tree'],
    ['tree=', '/tree'],
    ['total=', '/total'],
    ['fields=articles', '/fields'],
    ['fields=name,children', '/fields'],
    ['parent=1', '/parent'],
  ])('invalid_request with the parameter: %s', async (query, pointer) => {
    expectProblem(await get(`/categories?${query}`), 400, 'invalid_request', [pointer]);
  });

  test('page_too_deep above row 10,000, invalid_request for a page together with a cursor', async () => {
    expectProblem(await get('/categories?page=501'), 400, 'page_too_deep', ['/page']);
    const { next } = (await get('/categories?limit=1')).body.page;
    expectProblem(await get(`/categories?page=1&before=${next}`), 400, 'invalid_request', ['/before', '/page']);
  });

  test('invalid_cursor for the cursor of another list and for a forged one', async () => {
    await newArticle(server.as.editor);
    await newArticle(server.as.editor);
    const articlesCursor = (await get('/articles?limit=1')).body.page.next;
    const { next } = (await get('/categories?limit=1')).body.page;
    const plain = Buffer.from(next, 'base64url').toString();
    const forged = ['{}', '{1,2', '{9999999999999999999,1}', '{1,NULL}', '{{1,2}}', ''].map((sortKey) =>
      Buffer.from(plain.replace(/\{[^}]*\}/, sortKey)).toString('base64url'),
    );
    for (const cursor of [articlesCursor, 'x', '', ...forged]) {
      const response = await get(`/categories?after=${cursor}`);
      expectProblem(response, 400, cursor === '' ? 'invalid_request' : 'invalid_cursor', ['/after']);
    }
    expect((await get(`/categories?after=${next}`)).body.data).toHaveLength(
      idsOf((await get('/categories?limit=100')).body.data).length - 1,
    );
  });
});

test('A tree of 200 levels is walked like any other, although a cursor contains the path of a category', async () => {
  let parentId: number | null = null;
  const ids: number[] = [];
  for (let level = 0; level < 200; level += 1) {
    const { id } = await newCategory(server.as.editor, { parentId, position: 2_000_000_000 + level });
    ids.push(id);
    parentId = id;
  }
  const list = '/categories?fields=id';
  expect(idsOf((await walkForward(server.anonymous, list, 90)).rows).slice(-200)).toEqual(ids);
  expect(idsOf(await walkBackward(server.anonymous, list, 90)).slice(-200)).toEqual(ids);
});
