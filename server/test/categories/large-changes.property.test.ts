import { expect, test } from 'vitest';
import { runChecks } from '../../src/doctor/doctor.service.ts';
import { concurrently } from '../harness/concurrency.ts';
import { runs, useRandom } from '../harness/random.ts';
import { idsOf, minutesFromNow, newArticle, newCategory, times } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

// Moves and deletions of categories against all writes that change counts. Writers and movers do not wait for one another
// except for the moment in which a move catches up, so this is where a count could go wrong.

const WRITERS = 8;
const WRITES = 12;
const server = useServer();
const random = useRandom();
const any = <T>(all: readonly T[]) => all[Math.floor(random.next() * all.length)] as T;

function write(articles: number[], categories: number[]) {
  const { editor } = server.as;
  const article = `/articles/${any(articles)}`;
  const some = [any(categories), any(categories), any(categories)];
  return any([
    () => editor.post('/articles', { title: 'Race', categoryIds: some }),
    () => editor.patch(article, { categoryIds: some }),
    () => editor.patch(article, { publishedAt: any([null, minutesFromNow(-1), minutesFromNow(600)]) }),
    () => editor.put(`${article}/categories/${some[0]}`),
    () => editor.delete(`${article}/categories/${some[0]}`),
    () => editor.delete(article),
    () => editor.post(`${article}/restore`),
    () => editor.delete(`${article}?permanent=true`),
  ])();
}

function changeTree(categories: number[]) {
  const { editor } = server.as;
  const category = `/categories/${any(categories)}`;
  return random.next() < 0.15
    ? editor.delete(category)
    : editor.patch(category, { parentId: any([null, ...categories]) });
}

test('counts are exact after any race, and no request fails with 5xx or a deadlock', async () => {
  const { editor } = server.as;
  await times(runs(2), async () => {
    const categories: number[] = [];
    for (const _ of Array.from({ length: 14 }))
      categories.push((await newCategory(editor, { parentId: any([null, ...categories]) })).id);
    const articles = idsOf(
      await times(20, () => newArticle(editor, { categoryIds: [any(categories), any(categories)] })),
    );
    const responses = await concurrently(WRITERS, (n) =>
      times(WRITES, () => (n < 2 ? changeTree(categories) : write(articles, categories))),
    );
    expect(responses.flat().filter(({ status, body }) => status >= 500 || body?.code === 'write_conflict')).toEqual([]);
    expect((await runChecks(server.database.db)).flatMap(({ first }) => first)).toEqual([]);
  });
  const { rows } = await server.database.pool.query(
    'select deadlocks::int from pg_stat_database where datname = current_database()',
  );
  expect(rows).toEqual([{ deadlocks: 0 }]);
});
