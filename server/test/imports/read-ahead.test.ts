import { expect, test } from 'vitest';
import { forEachReadAhead } from '../../src/imports/wordpress/write/read-ahead.ts';

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Yields the numbers from 1 and records what happens. */
async function* numbers(events: string[], last: number, failsAt = 0): AsyncGenerator<number> {
  try {
    for (let number = 1; number <= last; number += 1) {
      await tick();
      if (number === failsAt) throw new Error(`no ${number}`);
      events.push(`read ${number}`);
      yield number;
    }
  } finally {
    events.push('closed');
  }
}

const worker =
  (events: string[], failsAt = 0) =>
  async (number: number) => {
    events.push(`start ${number}`);
    for (let ticks = 0; ticks < 5; ticks += 1) await tick();
    if (number === failsAt) throw new Error(`not ${number}`);
    events.push(`end ${number}`);
  };

test('the next item is read while one is worked on, and work is done in turn', async () => {
  const events: string[] = [];
  await forEachReadAhead(numbers(events, 3), worker(events));
  expect(events).toEqual([
    'read 1',
    'start 1',
    'read 2',
    'end 1',
    'start 2',
    'read 3',
    'end 2',
    'start 3',
    'closed',
    'end 3',
  ]);
});

test('an error of the reader is thrown after the work has ended', async () => {
  const events: string[] = [];
  await expect(forEachReadAhead(numbers(events, 3, 2), worker(events))).rejects.toThrow('no 2');
  expect(events).toEqual(['read 1', 'start 1', 'closed', 'end 1']);
});

test('an error of the work is thrown, and the reader is closed', async () => {
  const events: string[] = [];
  await expect(forEachReadAhead(numbers(events, 3), worker(events, 1))).rejects.toThrow('not 1');
  expect(events).toEqual(['read 1', 'start 1', 'read 2', 'closed']);
});
