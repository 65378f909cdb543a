import { expect, test } from 'vitest';
import { runs, useRandom } from '../../harness/random.ts';
import { idsOf, minutesFromNow, newArticle, newAuthor, newCategory, times } from '../../harness/seed.ts';
import { useServer } from '../../harness/server.ts';

const server = useServer();
const random = useRandom();

test('Links are the same before and after many random changes of status, with working drafts among them', async () => {
  const { editor } = server.as;
  const categoryIds = idsOf(await times(5, () => newCategory(editor)));
  const authorIds = idsOf(await times(2, () => newAuthor(editor)));
  const { id } = await newArticle(editor, { categoryIds: categoryIds.toReversed(), authorIds });
  const path = `/articles/${id}`;
  const links = async () =>
    (
      await server.database.pool.query(
        `select 'category', category_id, position from article_categories where article_id = $1 union all
         select 'author', author_id, position from article_authors where article_id = $1 order by 1, 3`,
        [id],
      )
    ).rows;
  const setTime = (publishedAt: string | null) => editor.patch(path, { publishedAt });
  const changes = [
    () => setTime(null),
    () => setTime(minutesFromNow(60)),
    () => setTime(minutesFromNow(-60)),
    () => editor.delete(path),
    () => editor.post(`${path}/restore`),
    () => editor.patch(`${path}/draft`, { title: `Title ${random.next()}` }),
    () => editor.post(`${path}/draft/publish`, { prefer: { title: 'draft' } }),
    () => editor.delete(`${path}/draft`),
  ];
  const before = await links();
  expect(before).toHaveLength(7);
  const statuses = new Map<number, number>();
  await times(runs(400), async () => {
    const { status } = await (
      changes[Math.floor(random.next() * changes.length)] as () => Promise<{ status: number }>
    )();
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  });
  expect(await links()).toEqual(before);
  expect(statuses.get(200), 'many of them do something').toBeGreaterThan(runs(400) / 10);
  expect([...statuses.keys()].filter((status) => status >= 500)).toEqual([]);
});
