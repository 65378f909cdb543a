import { beforeEach, describe, expect, test } from 'vitest';
import { withRetry } from '../../src/database/retry.ts';
import { eventually } from '../harness/eventually.ts';
import { expectProblem } from '../harness/problem.ts';
import { idsOf, newArticle, newCategory } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();

interface Node {
  id: number;
  name: string;
  children: Node[];
}
const tree = async () => (await server.anonymous.get('/categories?tree=true')).body.data as Node[];
/** `a(b(c) d)`: a has the children b and d, and b has the child c. */
const outline = (nodes: Node[]): string =>
  nodes.map(({ name, children }) => name + (children.length ? `(${outline(children)})` : '')).join(' ');
/** All nodes without their children, in the order of the flat list. */
const flat = (nodes: any[]): any[] => nodes.flatMap(({ children, ...row }) => [row, ...flat(children)]);
const patch = (name: string, body: object) => server.as.editor.patch(`/categories/${name}`, body);
const move = async (name: string, to: string | null) => patch(name, { parentId: to === null ? null : await idOf(to) });
const idOf = async (slug: string) => (await server.anonymous.get(`/categories/${slug}`)).body.id;

/** Runs again after a deadlock: the worker that adds up counts locks the same tables in another order. */
const truncate = () => withRetry(() => server.database.pool.query('truncate articles, categories cascade'));

/** Names and slugs are the same. */
beforeEach(async () => {
  await truncate();
  for (const [name, parent] of [['a'], ['b'], ['aa', 'a'], ['ab', 'a'], ['aaa', 'aa'], ['ba', 'b']] as [
    string,
    string?,
  ][]) {
    await newCategory(server.as.editor, { name, parentId: parent === undefined ? null : await idOf(parent) });
  }
});

describe('GET /categories?tree=true returns 200', () => {
  test('with the whole tree, nested, each row as in the flat list', async () => {
    await newArticle(server.as.editor, { categoryIds: [await idOf('aaa'), await idOf('ab')] });
    const data = await tree();
    expect(outline(data)).toBe('a(aa(aaa) ab) b(ba)');
    expect(flat(data)).toEqual((await server.anonymous.get('/categories?limit=100')).body.data);
  });

  test('with the counts of every node', async () => {
    await newArticle(server.as.editor, { categoryIds: [await idOf('aaa'), await idOf('ab')] });
    await newArticle(server.as.editor, { categoryIds: [await idOf('ab')], publishedAt: null });
    const counts = flat(await tree()).map(({ name, articleCount, articleCountDeep }) => [
      name,
      articleCount,
      articleCountDeep,
    ]);
    expect(counts).toEqual([
      ['a', 0, 1],
      ['aa', 0, 1],
      ['aaa', 1, 1],
      ['ab', 1, 1],
      ['b', 0, 0],
      ['ba', 0, 0],
    ]);
  });

  test('with more categories than a page holds, and with none', async () => {
    await server.database.pool.query(
      "insert into categories (name, slug, parent_id) select 'n' || n, 'n' || n, (select id from categories where slug = 'ba') from generate_series(1, 150) as n",
    );
    expect(flat(await tree())).toHaveLength(156);
    await truncate();
    expect(await tree()).toEqual([]);
  });

  test('with the counts that a scheduled article changes when its time comes, though nothing is written then', async () => {
    const publishedAt = new Date(Date.now() + 1_000).toISOString();
    await newArticle(server.as.editor, { categoryIds: [await idOf('aaa')], publishedAt });
    const count = async () => flat(await tree()).find(({ name }) => name === 'aaa').articleCount;
    expect(await count()).toBe(0);
    const isDue = async () => server.database.pool.query('select now() >= $1 as due', [publishedAt]);
    await eventually(async () => expect((await isDue()).rows).toEqual([{ due: true }]));
    // The worker adds nothing up before ten seconds have passed.
    expect(await count()).toBe(1);
  });

  test('with what any other connection wrote since the last read', async () => {
    const find = async () => flat(await tree()).find(({ name }) => name === 'ab').description;
    expect(await find()).toBeNull();
    for (const description of ['changed', null]) {
      await server.database.pool.query("update categories set description = $1 where slug = 'ab'", [description]);
      expect(await find()).toBe(description);
    }
  });

  test('with more rows than are read at a time, and a chain of 300 categories', async () => {
    await truncate();
    await server.database.pool.query(
      `insert into categories (id, name, slug, parent_id, position) overriding system value
        select n, 'n' || n, 'n' || n, case when n between 2 and 300 then n - 1 end, -n from generate_series(1, 1300) as n`,
    );
    const data = await tree();
    expect(idsOf(data)).toEqual([...Array.from({ length: 1_000 }, (_, n) => 1_300 - n), 1]);
    const rows = flat(data);
    expect(rows).toHaveLength(1_300);
    const ancestors = Array.from({ length: 299 }, (_, n) => ({ id: n + 1, name: `n${n + 1}`, slug: `n${n + 1}` }));
    expect(rows.at(-1).path).toEqual(ancestors);
  });
});

describe('PATCH /categories/{idOrSlug} of parentId returns 200', () => {
  test('and moves a category with its subtree to another parent, to the top and back', async () => {
    expect((await move('aa', 'ba')).body).toMatchObject({ version: 2, path: [{ name: 'b' }, { name: 'ba' }] });
    expect(outline(await tree())).toBe('a(ab) b(ba(aa(aaa)))');
    expect((await move('aa', null)).body).toMatchObject({ version: 3, parentId: null, path: [] });
    expect(outline(await tree())).toBe('a(ab) b(ba) aa(aaa)');
    await move('aa', 'a');
    expect(outline(await tree())).toBe('a(aa(aaa) ab) b(ba)');
  });

  test('and updates the counts', async () => {
    await newArticle(server.as.editor, { categoryIds: [await idOf('aaa')] });
    await move('aa', 'ba');
    const deep = flat(await tree()).map(({ name, articleCountDeep }) => `${name} ${articleCountDeep}`);
    expect(deep).toEqual(['a 0', 'ab 0', 'b 1', 'ba 1', 'aa 1', 'aaa 1']);
  });

  test('and keeps the versions of the other categories', async () => {
    await move('aa', 'b');
    const versions = flat(await tree()).map(({ name, version }) => `${name} ${version}`);
    expect(versions).toEqual(['a 1', 'ab 1', 'b 1', 'aa 2', 'aaa 1', 'ba 1']);
  });

  test('and swaps parent and child in two steps', async () => {
    expect((await move('aa', null)).status).toBe(200);
    expect((await move('a', 'aa')).status).toBe(200);
    expect(outline(await tree())).toBe('b(ba) aa(a(ab) aaa)');
  });

  test('and orders siblings by position', async () => {
    await patch('ab', { position: -1 });
    await patch('b', { position: -1 });
    expect(outline(await tree())).toBe('b(ba) a(ab aa(aaa))');
  });
});

describe('PATCH and PUT /categories/{idOrSlug} of parentId return', () => {
  const expectUnchanged = async (run: () => Promise<void>) => {
    const before = flat(await tree());
    await run();
    expect(flat(await tree())).toEqual(before);
  };

  test('422 category_cycle for itself, a child and a deeper descendant, and change nothing', () =>
    expectUnchanged(async () => {
      for (const to of ['a', 'aa', 'aaa']) {
        expectProblem(await move('a', to), 422, 'category_cycle', ['/parentId']);
        const replaced = await server.as.editor.put('/categories/a', { name: 'a', parentId: await idOf(to) });
        expectProblem(replaced, 422, 'category_cycle', ['/parentId']);
      }
    }));

  test('422 unknown_category with the id of a parent that does not exist, and change nothing', () =>
    expectUnchanged(async () => {
      for (const response of [
        await patch('a', { parentId: 999_999, name: 'moved' }),
        await server.as.editor.put('/categories/a', { name: 'moved', parentId: 999_999 }),
      ]) {
        expectProblem(response, 422, 'unknown_category', ['/parentId']);
        expect(response.body.detail).toContain('999999');
      }
    }));

  test('409 name_taken if a sibling has the name, ignoring case, and change nothing', async () => {
    await newCategory(server.as.editor, { name: 'AA', slug: 'other' });
    await expectUnchanged(async () => {
      expectProblem(await move('aa', null), 409, 'name_taken', ['/parentId']);
      expectProblem(await move('other', 'a'), 409, 'name_taken', ['/parentId']);
    });
    expect((await patch('other', { parentId: await idOf('a'), name: 'AB 2' })).status).toBe(200);
  });
});

test('a chain of 40 categories can be read, counted and moved, and cycles are rejected', async () => {
  let parentId = await idOf('ba');
  for (let n = 0; n < 40; n += 1) parentId = (await newCategory(server.as.editor, { parentId })).id;
  await newArticle(server.as.editor, { categoryIds: [parentId] });
  expect((await server.anonymous.get('/categories/b')).body.articleCountDeep).toBe(1);
  expectProblem(await patch('b', { parentId }), 422, 'category_cycle');
  const moved = await move('ba', 'aaa');
  expect(moved.body).toMatchObject({ articleCountDeep: 1, path: [{ name: 'a' }, { name: 'aa' }, { name: 'aaa' }] });
  const { path } = (await server.anonymous.get(`/categories/${parentId}`)).body;
  expect(path).toHaveLength(43);
  expect(new Set(idsOf(path)).size).toBe(43);
});
