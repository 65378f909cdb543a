import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { useServer } from '../harness/server.ts';
import { sendRaw } from '../harness/socket.ts';
import { forEachConcurrently } from './hostile.ts';

const server = useServer({ BODY_LIMIT_BYTES: '200000', MAX_IDS: '50' });
const MIB = 1_048_576;
const MAX_RETAINED = 8 * MIB;
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/**
 * Returns the bytes that the process retains after each run of `work`: the minimum of up to three runs after a warm-up,
 * because a leak grows in every run, unlike garbage that is not collected yet and caches that are filled once. The first
 * run below MAX_RETAINED is the last.
 */
async function bytesRetainedBy(work: () => Promise<unknown>): Promise<number> {
  await work();
  // Sockets close after their response, and buffers are freed one collection later: collect until nothing more is freed.
  const settle = async () => {
    for (let used = Number.POSITIVE_INFINITY; ; ) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      collectGarbage();
      const { heapUsed, external } = process.memoryUsage();
      if (heapUsed + external > used - MIB / 4) return heapUsed + external;
      used = heapUsed + external;
    }
  };
  let minimum = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 3 && minimum >= MAX_RETAINED; round += 1) {
    const before = await settle();
    await work();
    minimum = Math.min(minimum, (await settle()) - before);
  }
  return minimum;
}

const times = <T>(count: number, value: T) => Array<T>(count).fill(value);

test('API4:2023 Bodies of every invalid kind do not leak memory', async () => {
  const bodies = [
    JSON.stringify({ title: 'x', content: 'x'.repeat(200_000) }),
    `{"title":${'['.repeat(90_000)}${']'.repeat(90_000)}}`,
    JSON.stringify({ title: 'x'.repeat(190_000) }),
    JSON.stringify(Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`field${n}`, n]))),
    `{"categoryIds":[${times(90_000, 1).join(',')}]}`,
  ];
  const work = () =>
    forEachConcurrently(
      bodies.flatMap((body) => times(20, body)),
      (body) => server.as.editor.post('/articles', body),
    );
  expect(await bytesRetainedBy(work)).toBeLessThan(MAX_RETAINED);
});

const getArticles = (headers: string) => sendRaw(server.url, [`GET /articles HTTP/1.1\r\nHost: x\r\n${headers}\r\n`]);

test('API4:2023 Headers that are too large do not leak memory', async () => {
  const work = () => forEachConcurrently(times(200, `X-Long: ${'x'.repeat(20_000)}\r\n`), getArticles);
  expect(await bytesRetainedBy(work)).toBeLessThan(MAX_RETAINED);
});
