import fc from 'fast-check';
import { updateCategoryCounts } from '../../../src/categories/category-counts/category-counts.queries.ts';
import type { TestServer } from '../../harness/server.ts';
import type { Generated } from './worlds.ts';

/** Writes to a world, in order. The numbers `a`, `b` and `c` choose the rows. */
export const changes = fc.array(
  fc.record({
    action: fc.constantFrom(
      'moveCategory',
      'moveCategory',
      'deleteCategory',
      'createCategory',
      'trash',
      'restore',
      'deletePermanently',
      'publish',
      'link',
      'unlink',
      'replaceLinks',
      'updateCounts',
    ),
    a: fc.nat(),
    b: fc.nat(),
    c: fc.nat(),
  }),
  { maxLength: 12, size: 'max' },
);
type Change = Generated<typeof changes>[number];

/** Applies the changes over HTTP, in order. The server can reject one with a 4xx, never with a 5xx. */
export async function applyChanges(server: TestServer, all: Change[]): Promise<void> {
  for (const change of all) {
    const { pool } = server.database;
    const ids = async (table: string) =>
      (await pool.query(`select id from ${table} order by id`)).rows.map(({ id }) => Number(id));
    await apply(server, change, await ids('categories'), await ids('articles'));
  }
}

async function apply(
  { as: { admin }, database }: TestServer,
  { action, a, b, c }: Change,
  categories: number[],
  articles: number[],
) {
  const category = (n: number) => categories[n % categories.length] ?? 999_999;
  const article = `/articles/${articles[a % articles.length] ?? 999_999}`;
  const published = [null, '2024-05-01T00:00:00.001Z', '2997-01-01T00:00:00Z'][b % 3];
  const actions = {
    moveCategory: () => admin.patch(`/categories/${category(a)}`, { parentId: c % 4 === 0 ? null : category(b) }),
    deleteCategory: () => admin.delete(`/categories/${category(a)}`),
    createCategory: () =>
      admin.post('/categories', {
        name: `New ${a}`,
        parentId: categories.length > 0 ? category(b) : null,
        position: (c % 3) - 1,
      }),
    trash: () => admin.delete(article),
    restore: () => admin.post(`${article}/restore`),
    deletePermanently: () => admin.delete(`${article}?permanent=true`),
    publish: () => admin.patch(article, { publishedAt: published }),
    link: () => admin.put(`${article}/categories/${category(b)}`),
    unlink: () => admin.delete(`${article}/categories/${category(b)}`),
    replaceLinks: () => admin.patch(article, { categoryIds: categories.length > 0 ? [category(b), category(c)] : [] }),
  };
  if (action === 'updateCounts') return void (await updateCategoryCounts(database.db, 1 + (a % 20)));
  const { status, body } = await actions[action]();
  if (status >= 500) throw new Error(`${action}: ${status} ${JSON.stringify(body)}`);
}
