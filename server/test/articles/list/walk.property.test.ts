import { beforeAll, expect, test } from 'vitest';
import type { Client } from '../../harness/client.ts';
import { walkForward } from '../../harness/pages.ts';
import { idsOf, minutesFromNow, newArticle, newAuthor, newCategory, times } from '../../harness/seed.ts';
import { useServer } from '../../harness/server.ts';

const UNTOUCHED = 90;
const OTHERS = 40;
const WRITERS = 3;
const PAGE = 9;

const server = useServer({ DATABASE_POOL: '20' });
const instant = (n: number) => new Date(Date.parse('2024-01-01T00:00:00Z') + Math.floor(n / 3) * 1_000).toISOString();

let food: any;
let bread: any;
let away: any;
let author: any;
/** Articles that no writer changes, and those of the writers. */
let untouched: number[];
let others: number[];

beforeAll(async () => {
  const { editor } = server.as;
  [food, away] = await times(2, () => newCategory(editor));
  bread = await newCategory(editor, { parentId: food.id });
  author = await newAuthor(editor);
  const make = (n: number) =>
    newArticle(editor, {
      title: `Title ${(n * 37) % 100} salt`,
      publishedAt: instant((n * 7) % 100),
      categoryIds: n % 2 ? [food.id, bread.id] : [bread.id],
      authorIds: [author.id],
    });
  untouched = idsOf(await times(UNTOUCHED, make));
  others = idsOf(await times(OTHERS, make));
});

const LISTS: [string, () => string][] = [
  ['all', () => '/articles'],
  ['a category', () => `/categories/${bread.id}/articles`],
  ['a subtree', () => `/categories/${food.slug}/articles?descendants=true`],
  ['any of two', () => `/articles?categories[any]=${food.id},${bread.id}`],
  ['all of two', () => `/articles?categories[all]=${food.id},${bread.id}&descendants=true`],
  ['none of one', () => `/articles?categories[none]=${away.id}`],
  ['an author', () => `/articles?author=${author.slug}`],
  ['a search', () => '/articles?q=salt'],
];
const SORTS = ['publishedAt', 'title', '-title', 'updatedAt', '-updatedAt'];
const WALKS = [
  ...LISTS.map(([name, list]) => [name, '-publishedAt', list] as const),
  ['a search', 'relevance', () => '/articles?q=salt'] as const,
  ...SORTS.map((sort) => ['a category', sort, () => `/categories/${bread.id}/articles`] as const),
];

test.each(WALKS)(
  '%s by %s: paging while others write returns every unchanged row exactly once',
  async (_, sort, list) => {
    const path = `${list()}${list().includes('?') ? '&' : '?'}sort=${sort}`;
    const expected = await expectedOf(path);
    const stop = startWriters();
    try {
      expect(onlyUntouched((await walkForward(server.anonymous, path, PAGE, pause)).rows)).toEqual(expected);
      expect(onlyUntouched(await backward(server.anonymous, path))).toEqual(expected);
    } finally {
      await stop();
    }
    expect(await expectedOf(path)).toEqual(expected);
  },
);

const onlyUntouched = (rows: { id: number }[]) => idsOf(rows).filter((id) => untouched.includes(id));
const expectedOf = async (path: string) => onlyUntouched((await walkForward(server.anonymous, path, 100)).rows);
const pause = () => new Promise((resolve) => setTimeout(resolve, 2));

/** Pages from the end of a list to its start. */
async function backward(client: Client, path: string) {
  const { last } = await walkForward(client, path, 100);
  const rows = [...(last?.data ?? [])];
  for (let before = last?.page.previous; before; ) {
    const { body, status } = await client.get(`${path}&limit=${PAGE}&before=${before}`);
    expect(status).toBe(200);
    rows.unshift(...body.data);
    before = body.page.previous;
    await pause();
  }
  return rows;
}

/** Starts writers that create, publish, unpublish, trash, restore, rename and relink articles; returns how to stop them. */
function startWriters(): () => Promise<unknown> {
  const stop = new AbortController();
  const write = async (writer: number) => {
    for (let n = writer; !stop.signal.aborted; n += WRITERS) {
      expect((await act(n)).status).toBeLessThan(500);
      await pause();
    }
  };
  const writers = Array.from({ length: WRITERS }, (_, writer) => write(writer));
  return () => {
    stop.abort();
    return Promise.all(writers);
  };
}

async function act(n: number) {
  const { editor } = server.as;
  const article = `/articles/${others[(n * 13) % others.length]}`;
  const createAndDelete = async () => {
    const { body } = await editor.post('/articles', {
      title: `Title ${n % 100}`,
      publishedAt: instant(n % 100),
      categoryIds: [bread.id],
    });
    await pause();
    return editor.delete(`/articles/${body.id}?permanent=true`);
  };
  const actions = [
    () => editor.patch(article, { publishedAt: instant((n * 11) % 100) }),
    () => editor.patch(article, { publishedAt: n % 2 ? null : minutesFromNow(60) }),
    () => editor.delete(article),
    () => editor.post(`${article}/restore`),
    () => editor.patch(article, { title: `Title ${n % 100} salt` }),
    () => editor.patch(article, { categoryIds: [[food.id], [bread.id, food.id], [away.id], []][n % 4] }),
    createAndDelete,
  ];
  return (actions[n % actions.length] as (typeof actions)[number])();
}
