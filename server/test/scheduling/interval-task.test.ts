import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { IntervalTask } from '../../src/scheduling/interval-task.ts';

const warn = vi.spyOn(Logger.prototype, 'warn');
beforeEach(() => {
  vi.useFakeTimers();
  warn.mockReset().mockReturnValue(undefined);
});
afterEach(() => {
  vi.useRealTimers();
});

test('a task that fails is tried again ever later, at last once a minute, and as before after a success', async () => {
  let isBroken = true;
  const runs: number[] = [];
  const task = new IntervalTask('Test', 250, 'failed', async () => {
    runs.push(Date.now());
    if (isBroken) throw new Error('read-only');
  });
  const start = Date.now();
  task.start();
  await vi.advanceTimersByTimeAsync(600_000);
  expect(runs.slice(0, 4).map((time) => time - start)).toEqual([250, 750, 1_750, 3_750]);
  expect((runs.at(-1) as number) - (runs.at(-2) as number)).toBe(60_000);
  expect(warn).toHaveBeenCalledTimes(runs.length);
  isBroken = false;
  await vi.advanceTimersByTimeAsync(60_000);
  runs.length = 0;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(runs).toHaveLength(4);
  await task.stop();
});

test('the delay of a task that is rarely run is not shorter after a failure', async () => {
  const runs: number[] = [];
  const task = new IntervalTask('Test', 600_000, 'failed', async () => {
    runs.push(Date.now());
    throw new Error('read-only');
  });
  task.start();
  await vi.advanceTimersByTimeAsync(1_800_000);
  expect(runs).toHaveLength(3);
  await task.stop();
});
