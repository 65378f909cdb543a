import { randomInt } from 'node:crypto';
import { beforeAll, expect } from 'vitest';

/**
 * How many times longer than written in the tests storms and property runs last: `RUBRIC_TEST_RUNS`, which `npm test` sets to
 * 0.3 and `npm run test:storm` to 10.
 */
const FACTOR = Number(process.env['RUBRIC_TEST_RUNS'] ?? 1);

/** Returns a number of runs or seconds: the given one, multiplied. At least 1. */
export const runs = (count: number) => Math.max(1, Math.round(count * FACTOR));

export interface Random {
  /** Returns the options of `fc.assert`. @param numRuns before it is multiplied */
  options: (numRuns: number) => { seed: number; numRuns: number };
  /** Returns a number from 0 (inclusive) to 1 (exclusive), as `Math.random` does. */
  next: () => number;
}

/**
 * Chooses the seed of a test file and prints it. `RUBRIC_TEST_SEED` repeats the choices of a run; the order in which
 * concurrent requests are executed is not repeatable.
 */
export function useRandom(): Random {
  const seed = Number(process.env['RUBRIC_TEST_SEED'] ?? randomInt(2 ** 31));
  beforeAll(() => {
    // oxlint-disable-next-line no-console
    console.log(`${expect.getState().testPath?.split('/').at(-1)}: RUBRIC_TEST_SEED=${seed}`);
  });
  return { options: (numRuns) => ({ seed, numRuns: runs(numRuns) }), next: mulberry32(seed) };
}

/** A small generator of random numbers, public domain, by Tommy Ettinger. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
