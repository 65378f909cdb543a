import { beforeAll, describe, expect, test } from 'vitest';
import { walkBackward, walkForward, walkNumbered } from '../harness/pages.ts';
import { expectProblem } from '../harness/problem.ts';
import { newArticle, newCategory } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();
const get = (path: string) => server.anonymous.get(path);
const ids = new Map<string, number>();
const idOf = (name: string) => ids.get(name) ?? 0;
const names = (rows: { name: string }[]) => rows.map(({ name }) => name);
/** The names that a query returns, and its total. */
const find = async (query: string) => {
  const { status, body } = await get(`/categories?${query}&total=true`);
  expect(status, JSON.stringify(body)).toBe(200);
  return { names: names(body.data), total: body.page.total, page: body.page };
};

beforeAll(async () => {
  const definitions: [name: string, parent: string | null, position?: number][] = [
    ['Food', null],
    ['Café', 'Food', 2],
    ['Science', null, -1],
    ['Food Science', 'Science'],
    ['Seafood', 'Food', 1],
    ['Foodways', 'Science'],
    ['Espresso', 'Café'],
    ['Cafeteria', 'Science', 5],
    ['ΛΟΓΟΣ', null, 9],
    ['100% (new)', null, 9],
    ['So\u00adurdough', 'Food'],
  ];
  for (const [name, parent, position = 0] of definitions) {
    const parentId = parent === null ? null : idOf(parent);
    ids.set(name, (await newCategory(server.as.editor, { name, parentId, position })).id);
  }
  for (const [name, count] of [
    ['Espresso', 2],
    ['Seafood', 1],
    ['Science', 1],
  ] as const) {
    for (let n = 0; n < count; n += 1) await newArticle(server.as.editor, { categoryIds: [idOf(name)] });
  }
  await newArticle(server.as.editor, { categoryIds: [idOf('Food')], publishedAt: null });
});

describe('GET /categories?q= returns 200', () => {
  test('with the best match first: the name, its beginning, a word, any part; then those below a match', async () => {
    const { names: found, total, page } = await find('q=food');
    expect(found).toEqual(['Food', 'Food Science', 'Foodways', 'Seafood', 'Café', 'Espresso', 'So\u00adurdough']);
    expect([total, page.next, page.previous]).toEqual([7, null, null]);
    expect((await find('q=sci')).names.slice(0, 2)).toEqual(['Science', 'Food Science']);
  });

  test.each([
    ['CAFE', ['Café', 'Cafeteria', 'Espresso']],
    ['cafe\u0301', ['Café', 'Cafeteria', 'Espresso']],
    ['%20cafet%20', ['Cafeteria']],
    ['λόγος', ['ΛΟΓΟΣ']],
    ['λογος', ['ΛΟΓΟΣ']],
    ['λογοσ', ['ΛΟΓΟΣ']],
    ['sour', ['So\u00adurdough']],
    ['%25', ['100% (new)']],
    ['_', []],
    ['(new', ['100% (new)']],
    ['.*', []],
    ['nothing', []],
  ])('without regard to case and accents, and with no character that means anything else: %s', async (q, expected) => {
    const { names: found, total } = await find(`q=${q}`);
    expect([found, total]).toEqual([expected, expected.length]);
  });

  test('with the first matches of the total', async () => {
    const { names: found, total, page } = await find('q=food&limit=2');
    expect([found, total, page.limit, page.next]).toEqual([['Food', 'Food Science'], 7, 2, null]);
  });

  test('with matches among the children of a category, in the order of sort', async () => {
    expect((await find(`q=food&parentId=${idOf('Science')}`)).names).toEqual(['Food Science', 'Foodways']);
    expect((await find('q=food&parentId=null')).names).toEqual(['Food']);
    expect((await find('q=food&sort=name')).names).toEqual([
      'Café',
      'Espresso',
      'Food',
      'Food Science',
      'Foodways',
      'Seafood',
      'So\u00adurdough',
    ]);
    expect((await find(`q=food&ids=${idOf('Seafood')},${idOf('Science')}`)).names).toEqual(['Seafood']);
  });
});

const FLAT = [
  'Science',
  'Food Science',
  'Foodways',
  'Cafeteria',
  'Food',
  'So\u00adurdough',
  'Seafood',
  'Café',
  'Espresso',
];

describe('GET /categories with a filter returns 200', () => {
  const queries = (): [query: string, expected: string[]][] => [
    ['parentId=null', ['Science', 'Food', 'ΛΟΓΟΣ', '100% (new)']],
    [`parentId=${idOf('Food')}`, ['So\u00adurdough', 'Seafood', 'Café']],
    [`parentId=00${idOf('Food')}`, ['So\u00adurdough', 'Seafood', 'Café']],
    [`parentId=${idOf('Food')}&depth=2`, ['So\u00adurdough', 'Seafood', 'Café', 'Espresso']],
    [`parentId=${idOf('Espresso')}`, []],
    ['parentId=999999', []],
    ['parentId=9007199254740993', []],
    ['depth=1', ['Science', 'Food', 'ΛΟΓΟΣ', '100% (new)']],
    ['depth=2', [...FLAT.filter((name) => name !== 'Espresso'), 'ΛΟΓΟΣ', '100% (new)']],
    ['depth=3', [...FLAT, 'ΛΟΓΟΣ', '100% (new)']],
    ['parentId=null&depth=1000', [...FLAT, 'ΛΟΓΟΣ', '100% (new)']],
    [`ids=${['Espresso', 'Food', 'Foodways'].map(idOf)},999999`, ['Foodways', 'Food', 'Espresso']],
    [`ids=${idOf('Café')}&ids=${idOf('Food')}`, ['Food', 'Café']],
    [`ids=${['Espresso', 'Food', 'Café'].map(idOf)}&depth=2`, ['Food', 'Café']],
    ['ids=999999', []],
  ];

  test('in the order of the tree, with pages in both directions and a total', async () => {
    for (const [query, expected] of queries()) {
      const path = `/categories?${query}`;
      for (const limit of [2, 100]) {
        expect(names((await walkForward(server.anonymous, path, limit)).rows), query).toEqual(expected);
        expect(names(await walkBackward(server.anonymous, path, limit)), query).toEqual(expected);
        const numbered = await walkNumbered(server.anonymous, path, limit);
        expect([names(numbered.rows), numbered.totals], query).toEqual([expected, [expected.length]]);
      }
    }
  });

  test('by name, and by the number of articles, ties by id in the direction of the sort', async () => {
    const sorted = await find('sort=name');
    expect(sorted.names.slice(0, 4)).toEqual(['100% (new)', 'Café', 'Cafeteria', 'Espresso']);
    expect([sorted.total, sorted.page.next]).toEqual([11, null]);
    const { data } = (await get('/categories?sort=-articleCount&fields=name,articleCount&limit=4')).body;
    expect(data).toEqual([
      { name: 'Espresso', articleCount: 2 },
      { name: 'Seafood', articleCount: 1 },
      { name: 'Science', articleCount: 1 },
      { name: 'So\u00adurdough', articleCount: 0 },
    ]);
    expect((await find(`sort=-articleCount&parentId=${idOf('Food')}`)).names).toEqual([
      'Seafood',
      'So\u00adurdough',
      'Café',
    ]);
  });
});

describe('GET /categories returns 400', () => {
  test.each([
    ['q=', ['/q']],
    ['q=%20', ['/q']],
    ['q=%C2%AD', ['/q']],
    ['q=a%00', ['/q']],
    [`q=${'a'.repeat(201)}`, ['/q']],
    ['q=a&q=b', ['/q']],
    ['parentId=', ['/parentId']],
    ['parentId=food', ['/parentId']],
    ['parentId=1,2', ['/parentId']],
    ['parentId=1&parentId=2', ['/parentId']],
    ['parentId=9223372036854775808', ['/parentId']],
    ['depth=0', ['/depth']],
    ['depth=1001', ['/depth']],
    ['ids=', ['/ids']],
    ['ids=1,food', ['/ids']],
    ['sort=position', ['/sort']],
    ['sort=articleCount', ['/sort']],
    ['q=a&page=1', ['/page']],
    ['sort=name&page=2', ['/page']],
    ['tree=true&parentId=1', ['/parentId']],
    ['tree=true&q=a', ['/q']],
  ])('invalid_request with the parameter: %s', async (query, pointers) => {
    expectProblem(await get(`/categories?${query}`), 400, 'invalid_request', pointers);
  });

  test('200 for a cursor of the same ids in another order', async () => {
    const ids = [idOf('Food'), idOf('Café')];
    const { next } = (await get(`/categories?ids=${ids}&limit=1`)).body.page;
    const { status, body } = await get(`/categories?ids=${ids.toReversed()}&limit=1&after=${next}`);
    expect([status, body.data.length]).toEqual([200, 1]);
  });

  test('invalid_request for a cursor with q or sort, invalid_cursor for the cursor of another filter', async () => {
    const { next } = (await get('/categories?depth=1&limit=1')).body.page;
    expect((await get(`/categories?depth=1&after=${next}`)).status).toBe(200);
    for (const query of ['sort=name', 'q=food']) {
      for (const parameter of ['after', 'before'])
        expectProblem(await get(`/categories?${query}&${parameter}=${next}`), 400, 'invalid_request', [
          `/${parameter}`,
        ]);
    }
    for (const query of ['', 'depth=2&', 'parentId=null&', `ids=${idOf('Food')}&`])
      expectProblem(await get(`/categories?${query}after=${next}`), 400, 'invalid_cursor', ['/after']);
  });
});
