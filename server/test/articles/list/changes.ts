import fc from 'fast-check';
import { updateCategoryCounts } from '../../../src/categories/category-counts/category-counts.queries.ts';
import type { TestServer } from '../../harness/server.ts';
import type { Made } from './worlds.ts';

/** What writers do to a world: `a`, `b` and `c` pick the rows. */
export const changes = fc.array(
  fc.record({
    what: fc.constantFrom(
      'move',
      'move',
      'unmake',
      'make',
      'trash',
      'restore',
      'erase',
      'publish',
      'file',
      'unfile',
      'refile',
      'fold',
    ),
    a: fc.nat(),
    b: fc.nat(),
    c: fc.nat(),
  }),
  { maxLength: 12, size: 'max' },
);
type Change = Made<typeof changes>[number];

/** Makes the changes over HTTP, in order. Those that cannot be are refused; none may fail. */
export async function makeChanges(server: TestServer, all: Change[]): Promise<void> {
  for (const change of all) {
    const { pool } = server.database;
    const ids = async (table: string) =>
      (await pool.query(`select id from ${table} order by id`)).rows.map(({ id }) => Number(id));
    await make(server, change, await ids('categories'), await ids('articles'));
  }
}

async function make(
  { as: { admin }, database }: TestServer,
  { what, a, b, c }: Change,
  categories: number[],
  articles: number[],
) {
  const category = (n: number) => categories[n % categories.length] ?? 999_999;
  const article = `/articles/${articles[a % articles.length] ?? 999_999}`;
  const published = [null, '2024-05-01T00:00:00.001Z', '2997-01-01T00:00:00Z'][b % 3];
  const actions = {
    move: () => admin.patch(`/categories/${category(a)}`, { parentId: c % 4 === 0 ? null : category(b) }),
    unmake: () => admin.delete(`/categories/${category(a)}`),
    make: () =>
      admin.post('/categories', {
        name: `New ${a}`,
        parentId: categories.length > 0 ? category(b) : null,
        position: (c % 3) - 1,
      }),
    trash: () => admin.delete(article),
    restore: () => admin.post(`${article}/restore`),
    erase: () => admin.delete(`${article}?permanent=true`),
    publish: () => admin.patch(article, { publishedAt: published }),
    file: () => admin.put(`${article}/categories/${category(b)}`),
    unfile: () => admin.delete(`${article}/categories/${category(b)}`),
    refile: () => admin.patch(article, { categoryIds: categories.length > 0 ? [category(b), category(c)] : [] }),
  };
  if (what === 'fold') return void (await updateCategoryCounts(database.db, 1 + (a % 20)));
  const answer = await actions[what]();
  if (answer.status >= 500) throw new Error(`${what} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
}
