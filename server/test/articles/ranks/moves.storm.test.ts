import { expect, test } from 'vitest';
import { concurrently } from '../../harness/concurrency.ts';
import { runs, useRandom } from '../../harness/random.ts';
import { idsOf, minutesFromNow, newArticle, newCategory, times } from '../../harness/seed.ts';
import { useServer } from '../../harness/server.ts';

/** In `npm run test:storm`. */
const MOVES = runs(1_000);
const CLIENTS = 8;
/** Characters; 11 were measured, and a move that would need more than 2,000 renumbers the category. */
const LONGEST_RANK = 50;

const server = useServer({ DATABASE_POOL: '20' });
const random = useRandom();
const oneOf = <T>(values: readonly T[]): T => values[Math.floor(random.next() * values.length)] as T;

/** Pages to the end of a list. An article that is moved meanwhile can be in it twice, or not at all. */
async function walk(path: string): Promise<number[]> {
  const ids: number[] = [];
  for (let after: string | null = ''; after !== null; ) {
    const { status, body } = await server.anonymous.get(`${path}?limit=7${after && `&after=${after}`}`);
    expect(status).toBe(200);
    ids.push(...idsOf(body.data));
    after = body.page.next;
  }
  return ids;
}

test('10,000 random moves renumber nothing that readers can see', async () => {
  const { editor } = server.as;
  const { pool } = server.database;
  const { id: category } = await newCategory(editor, { ordering: 'manual' });
  const list = `/categories/${category}/articles`;
  const all = idsOf(
    await times(60, (n) => newArticle(editor, { publishedAt: minutesFromNow(-n - 1), categoryIds: [category] })),
  );
  const move = (id: number, place: object) => editor.put(`/categories/${category}/articles/${id}/rank`, place);
  for (const id of all.toReversed()) expect((await move(id, { first: true })).status).toBe(204);
  // Two of three articles stay where they are: a renumbering would give them other ranks.
  const moved = all.filter((_, n) => n % 3 === 0);
  const unmoved = all.filter((id) => !moved.includes(id));
  const ranksOf = async (ids: number[]) => {
    const { rows } = await pool.query<{ id: number; rank: string }>(
      'select article_id::int as id, rank from article_categories where category_id = $1 and article_id = any($2) order by rank',
      [category, ids],
    );
    return rows;
  };
  const versionsOf = async () =>
    (await pool.query('select id, version, updated_at from articles where id = any($1) order by id', [all])).rows;
  const [ranks, versions] = [await ranksOf(unmoved), await versionsOf()];

  let sent = 0;
  const over = new AbortController();
  const reader = (async () => {
    while (!over.signal.aborted) {
      expect((await walk(list)).filter((id) => unmoved.includes(id))).toEqual(unmoved);
    }
  })();
  const writers = concurrently(CLIENTS, async () => {
    while (sent < MOVES) {
      sent += 1;
      const place = oneOf([{ first: true }, { before: oneOf(all) }, { after: oneOf(all) }]);
      expect((await move(oneOf(moved), place)).status).toBe(204);
    }
  });
  await Promise.all([writers.finally(() => over.abort()), reader]);

  expect(await ranksOf(unmoved)).toEqual(ranks);
  expect(await versionsOf()).toEqual(versions);
  const ranked = await ranksOf(all);
  expect(new Set(ranked.map(({ rank }) => rank)).size).toBe(all.length);
  expect(Math.max(...ranked.map(({ rank }) => rank.length))).toBeLessThan(LONGEST_RANK);
  expect(await walk(list)).toEqual(idsOf(ranked));
});
