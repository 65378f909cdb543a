import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';

test('a file five times larger than the memory allowed is read whole', async () => {
  const worker = new Worker(new URL('./wxr-memory-worker.ts', import.meta.url), {
    workerData: 120,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 24, maxYoungGenerationSizeMb: 8 },
  });
  // A thread that runs out of memory, or throws, reports an error instead.
  expect(await once(worker, 'exit')).toEqual([0]);
});
