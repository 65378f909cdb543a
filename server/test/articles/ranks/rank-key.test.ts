import { describe, expect, test } from 'vitest';
import { rankBetween } from '../../../src/articles/ranks/rank-key.ts';
import { useRandom } from '../../harness/random.ts';

const random = useRandom();

const bytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** Returns a rank between two others, and checks that it is. */
function between(before: string | null, after: string | null): string {
  const rank = rankBetween(before, after);
  const isBetween = (before === null || bytes(before, rank) < 0) && (after === null || bytes(rank, after) < 0);
  if (!isBetween || !/^[0-9A-Za-z]+$/.test(rank)) throw new Error(`${before} < ${rank} < ${after}`);
  return rank;
}

const MOVES = 10_000;
/** Calls `move` with 0, 1, 2 …; returns the length of the longest rank. */
function longest(move: (n: number) => string, moves = MOVES): number {
  let length = 0;
  for (let n = 0; n < moves; n += 1) length = Math.max(length, move(n).length);
  return length;
}

describe('After 10,000 moves, the longest rank has', () => {
  const first = between(null, null);
  const second = between(first, null);

  test.each<[name: string, characters: number, () => (n: number) => string]>([
    [
      'to the top',
      5,
      () => {
        let top = first;
        return () => (top = between(null, top));
      },
    ],
    [
      'to the end',
      5,
      () => {
        let end = first;
        return () => (end = between(end, null));
      },
    ],
    [
      'after the same article',
      5,
      () => {
        let next = second;
        return () => (next = between(first, next));
      },
    ],
    [
      'before the same article',
      5,
      () => {
        let previous = first;
        return () => (previous = between(previous, second));
      },
    ],
    [
      'after one article and before another one in turns',
      5,
      () => {
        let [low, high] = [first, second];
        low = high = between(first, second);
        return (n) => (n % 2 ? (low = between(first, low)) : (high = between(high, second)));
      },
    ],
  ])('%s: at most %i characters', (_, characters, moves) => {
    expect(longest(moves())).toBeLessThanOrEqual(characters);
  });

  test.each([3, 50, 1_000])('to random places among %i articles: at most 20 characters', (count) => {
    const ranks: string[] = [];
    for (let n = 0; n < count; n += 1) ranks.push(between(ranks.at(-1) ?? null, null));
    const move = () => {
      ranks.splice(Math.floor(random.next() * count), 1);
      const place = Math.floor(random.next() * count);
      const rank = between(ranks[place - 1] ?? null, ranks[place] ?? null);
      ranks.splice(place, 0, rank);
      return rank;
    };
    expect(longest(move)).toBeLessThanOrEqual(20);
    expect(ranks.toSorted(bytes)).toEqual(ranks);
  });
});

describe('After 2,000 moves that go into the narrowest place, a rank has a character for each six of them', () => {
  test.each([
    ['on both sides in turns', 340, (n: number) => n % 2 === 0],
    ['on a random side', 500, () => random.next() < 0.5],
  ] as const)('%s: at most %i', (_, characters, isLow) => {
    let low = between(null, null);
    let high = between(low, null);
    const move = (n: number) => {
      const middle = between(low, high);
      if (isLow(n)) low = middle;
      else high = middle;
      return middle;
    };
    expect(longest(move, 2_000)).toBeLessThanOrEqual(characters);
  });
});

test('There is room between any two ranks, also at the ends of the numbers that they consist of', () => {
  const [least, greatest] = ['00000', 'zzzzz'];
  const texts = [
    'V',
    'VV',
    'VVV',
    'W',
    'VW',
    'VU',
    '4',
    '5',
    'v',
    'u',
    '3z',
    '30',
    'w0',
    'wz',
    greatest,
    `${greatest}V`,
  ];
  texts.push(`${least}V`, `${least}${least}V`, '00001', '0zzzz', 'z0000', 'zzzzy', `${greatest}${greatest}`);
  const ranks = texts.toSorted(bytes);
  for (const [index, before] of [null, ...ranks].entries())
    for (const after of [...ranks.slice(index), null]) between(before, after);
});
