import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, expect, test, vi } from 'vitest';
import { concurrently } from '../harness/concurrency.ts';
import { eventually } from '../harness/eventually.ts';
import { useRandom } from '../harness/random.ts';
import { minutesFromNow, newArticle, newCategory, times } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

// Concurrent requests for the tree share reads: each must get what a read of its own would have returned.

const server = useServer();
const tree = () => server.anonymous.get('/categories?tree=true');
let reads = 0;
let wholeReads = 0;
let readMs = 20;
const random = useRandom();

/** Delays the answers of every read of the tree, so that writes and requests arrive during it. */
beforeAll(() => {
  const { pool, snapshots } = server.database;
  const query = pool.query.bind(pool) as (...parameters: unknown[]) => unknown;
  const run = snapshots.ordinary.run.bind(snapshots.ordinary);
  const delayed = async (result: unknown) => {
    reads += 1;
    return delay(readMs, await result);
  };
  vi.spyOn(pool, 'query').mockImplementation((...parameters: unknown[]): unknown => {
    const isTree = (parameters[0] as { name?: string }).name === 'tree_version';
    return isTree ? delayed(query(...parameters)) : query(...parameters);
  });
  vi.spyOn(snapshots.ordinary, 'run').mockImplementation(async (read, signal) => {
    wholeReads += 1;
    return delay(readMs, await run(read, signal));
  });
});

test('each of many concurrent readers gets all writes completed before its request, and none that had not begun', async () => {
  const { editor } = server.as;
  const { id } = await newCategory(editor);
  const drafts = await times(40, () => newArticle(editor, { categoryIds: [id], publishedAt: null }));
  const unlinked = await times(40, () => newArticle(editor));
  const writes = [
    ...drafts.map((draft) => () => editor.patch(`/articles/${draft.id}`, { publishedAt: minutesFromNow(-1) })),
    ...unlinked.map((article) => () => editor.put(`/articles/${article.id}/categories/${id}`)),
  ];
  let [begun, done] = [0, 0];
  const write = async () => {
    while (begun < writes.length) {
      const response = await writes[begun++]!();
      expect(response.status).toBeLessThan(300);
      done += 1;
    }
  };
  const read = async () => {
    while (done < writes.length) {
      const minimum = done;
      const [{ articleCount, articleCountDeep }] = (await tree()).body.data;
      expect(articleCount).toBeGreaterThanOrEqual(minimum);
      expect(articleCount).toBeLessThanOrEqual(begun);
      expect(articleCountDeep).toBe(articleCount);
      await delay(random.next() * 20);
    }
  };
  await Promise.all([concurrently(3, write), concurrently(16, read)]);
  expect((await tree()).body.data).toMatchObject([{ articleCount: 80, articleCountDeep: 80 }]);
});

test('concurrent requests share a few reads and get the same response', async () => {
  reads = 0;
  // Long enough for all requests to arrive during a few reads, also on a slow machine.
  readMs = 500;
  const responses = await concurrently(32, tree);
  expect(reads).toBeLessThan(16);
  expect(new Set(responses.map(({ body }) => JSON.stringify(body))).size).toBe(1);
});

test('a tree that did not change is not read again', async () => {
  readMs = 0;
  await tree();
  // Any transaction in the cluster makes a server read again, also those of other tests.
  await eventually(async () => {
    wholeReads = 0;
    await tree();
    expect(wholeReads).toBe(0);
  });
});

test('GET and HEAD return JSON of the same length', async () => {
  const responses = ['GET', 'HEAD'].map((method) => fetch(`${server.url}/categories?tree=true`, { method }));
  const [get, head] = await Promise.all(responses);
  const length = String(Buffer.byteLength(await get!.text()));
  for (const { headers } of [get!, head!]) {
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(headers.get('content-length')).toBe(length);
  }
});
