import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, expect, test, vi } from 'vitest';
import { concurrently } from '../harness/concurrency.ts';
import { minutesFromNow, newArticle, newCategory, times } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

// Readers of the tree share their reads: each must find what it would have found with a read of its own.

const server = useServer();
const tree = () => server.anonymous.get('/categories?tree=true');
let reads = 0;

/** What PostgreSQL has read of a tree takes its time to arrive, so that much is written and asked meanwhile. */
beforeAll(() => {
  const { pool } = server.database;
  const query = pool.query.bind(pool) as (...asked: unknown[]) => unknown;
  const late = async (result: unknown) => {
    reads += 1;
    return delay(20, await result);
  };
  vi.spyOn(pool, 'query').mockImplementation((...asked: unknown[]): unknown => {
    const isTree = (asked[0] as { name?: string }).name === 'category_tree';
    return isTree ? late(query(...asked)) : query(...asked);
  });
});

test('Each of many readers finds all that was counted before it asked, and nothing that was not yet written', async () => {
  const { editor } = server.as;
  const { id } = await newCategory(editor);
  const drafts = await times(40, () => newArticle(editor, { categoryIds: [id], publishedAt: null }));
  const unfiled = await times(40, () => newArticle(editor));
  const writes = [
    ...drafts.map((draft) => () => editor.patch(`/articles/${draft.id}`, { publishedAt: minutesFromNow(-1) })),
    ...unfiled.map((article) => () => editor.put(`/articles/${article.id}/categories/${id}`)),
  ];
  let [begun, done] = [0, 0];
  const write = async () => {
    while (begun < writes.length) {
      const answer = await writes[begun++]!();
      expect(answer.status).toBeLessThan(300);
      done += 1;
    }
  };
  const read = async () => {
    while (done < writes.length) {
      const least = done;
      const [{ articleCount, articleCountDeep }] = (await tree()).body.data;
      expect(articleCount).toBeGreaterThanOrEqual(least);
      expect(articleCount).toBeLessThanOrEqual(begun);
      expect(articleCountDeep).toBe(articleCount);
      await delay(Math.random() * 20);
    }
  };
  await Promise.all([concurrently(3, write), concurrently(16, read)]);
  expect((await tree()).body.data).toMatchObject([{ articleCount: 80, articleCountDeep: 80 }]);
});

test('Many who ask at once cost few reads, and find the same', async () => {
  reads = 0;
  const answers = await concurrently(32, tree);
  expect(reads).toBeLessThan(16);
  expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
});

test('GET and HEAD answer with JSON of the same length', async () => {
  const answers = ['GET', 'HEAD'].map((method) => fetch(`${server.url}/categories?tree=true`, { method }));
  const [get, head] = await Promise.all(answers);
  const length = String(Buffer.byteLength(await get!.text()));
  for (const { headers } of [get!, head!]) {
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(headers.get('content-length')).toBe(length);
  }
});
