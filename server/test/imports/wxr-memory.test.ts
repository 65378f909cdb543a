import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';

test('reads a file five times larger than the memory limit', async () => {
  const worker = new Worker(new URL('./wxr-memory-worker.ts', import.meta.url), {
    workerData: 120,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 24, maxYoungGenerationSizeMb: 8 },
  });
  // A worker that runs out of memory or throws emits an error instead.
  expect(await once(worker, 'exit')).toEqual([0]);
});
