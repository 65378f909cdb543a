import { Logger } from '@nestjs/common';
import { afterEach, expect, test, vi } from 'vitest';
import { IntervalTask } from '../../src/scheduling/interval-task.ts';
import { eventually } from '../harness/eventually.ts';

afterEach(() => vi.restoreAllMocks());

test('A task that fails is logged once, and once when it succeeds again', async () => {
  const warn = vi.spyOn(Logger.prototype, 'warn').mockReturnValue();
  const log = vi.spyOn(Logger.prototype, 'log').mockReturnValue();
  const error = new Error('read-only');
  let runs = 0;
  let fails = true;
  const task = new IntervalTask('Counts', 1, 'adding up failed', async () => {
    runs += 1;
    if (fails) throw error;
  });
  const runsMore = () => {
    const before = runs;
    return eventually(() => expect(runs).toBeGreaterThan(before + 3));
  };
  task.start();
  await runsMore();
  expect(warn.mock.calls).toEqual([[{ err: error }, 'adding up failed']]);
  fails = false;
  await runsMore();
  expect(log).toHaveBeenCalledTimes(1);
  fails = true;
  await runsMore();
  await task.stop();
  expect([warn.mock.calls.length, log.mock.calls.length]).toEqual([2, 1]);
});
