/**
 * Ranks are keys with room for another key between any two, so that a move writes one row. A key is a sequence of integers,
 * compared one by one; a key sorts before its extensions. The encoded keys have the same order when they are compared byte
 * by byte.
 *
 * Articles that are moved repeatedly to the same place, such as the top or the place after an article, get numbers that
 * count down or up: 10,000 of them take five characters. Only if each move goes between the last two does the key grow, by
 * a character every six moves, as in any scheme that writes one row. See docs/decisions/0032-ranks.md.
 */

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE = DIGITS.length;

/** The distance between two neighbors at the end of a sequence: it can be halved four times before the key grows. */
const STRIDE = 16;

/** The maximum number of digits after the first one, which encodes their number and the sign. */
const MAX_TAIL = 4;
/** The first digits of the smallest and the greatest number with a single digit. */
const [FIRST_SINGLE, LAST_SINGLE] = [MAX_TAIL, BASE - 1 - MAX_TAIL];
/** The digit of 0. */
const ZERO = 31;
/** Returns how many numbers on one side have at most `tail` digits after the first. */
const longer = (tail: number) => Array.from({ length: tail }, (_, i) => BASE ** (i + 1)).reduce((a, b) => a + b, 0);
const LEAST = FIRST_SINGLE - ZERO - longer(MAX_TAIL);
const GREATEST = LAST_SINGLE - ZERO + longer(MAX_TAIL);

const digitsOf = (value: number, count: number): string =>
  count === 0 ? '' : digitsOf(Math.floor(value / BASE), count - 1) + DIGITS[value % BASE];

function numberOf(digits: string): number {
  let value = 0;
  for (const digit of digits) value = value * BASE + DIGITS.indexOf(digit);
  return value;
}

function encodeNumber(value: number): string {
  for (let tail = 0; tail <= MAX_TAIL; tail += 1) {
    const least = FIRST_SINGLE - ZERO - longer(tail);
    const greatest = LAST_SINGLE - ZERO + longer(tail);
    if (value < least || value > greatest) continue;
    if (tail === 0) return DIGITS.charAt(value + ZERO);
    return value < 0
      ? DIGITS.charAt(FIRST_SINGLE - tail) + digitsOf(value - least, tail)
      : DIGITS.charAt(LAST_SINGLE + tail) + digitsOf(value - (greatest - BASE ** tail + 1), tail);
  }
  throw new RangeError(`${value} is not between ${LEAST} and ${GREATEST}`);
}

function decode(key: string): number[] {
  const numbers: number[] = [];
  for (let index = 0; index < key.length; ) {
    const first = DIGITS.indexOf(key.charAt(index));
    const tail = Math.max(0, FIRST_SINGLE - first, first - LAST_SINGLE);
    const value = numberOf(key.slice(index + 1, index + 1 + tail));
    if (tail === 0) numbers.push(first - ZERO);
    else if (first < FIRST_SINGLE) numbers.push(FIRST_SINGLE - ZERO - longer(tail) + value);
    else numbers.push(LAST_SINGLE - ZERO + longer(tail) - BASE ** tail + 1 + value);
    index += 1 + tail;
  }
  return numbers;
}

const encode = (numbers: readonly number[]) => numbers.map(encodeNumber).join('');

/**
 * Returns a sequence before another one, as close to the start as the stride allows. The smallest number is never the last
 * one.
 */
function sequenceBefore([first = 0, ...rest]: number[]): number[] {
  if (first > LEAST + 1) return [Math.max(LEAST + 1, first - STRIDE)];
  return first === LEAST + 1 ? [LEAST, 0] : [LEAST, ...sequenceBefore(rest)];
}

function sequenceAfter([first, ...rest]: number[]): number[] {
  if (first === undefined) return [0];
  return first < GREATEST ? [Math.min(GREATEST, first + STRIDE)] : [GREATEST, ...sequenceAfter(rest)];
}

/** @param after null for the end of all */
function sequenceBetween(before: number[], after: number[] | null): number[] {
  if (after === null) return sequenceAfter(before);
  const end = after.findIndex((number, index) => number !== before[index]);
  const shared = after.slice(0, end);
  const [low, ...restOfBefore] = before.slice(end);
  const [high = 0, ...restOfAfter] = after.slice(end);
  if (low === undefined) return [...shared, ...sequenceBefore(after.slice(end))];
  if (high - low > 1) return [...shared, Math.floor((low + high) / 2)];
  const continued = [low, ...sequenceAfter(restOfBefore)];
  const preceding = [high, ...sequenceBefore(restOfAfter)];
  const isShorter = restOfAfter.length > 0 && encode(preceding).length < encode(continued).length;
  return [...shared, ...(isShorter ? preceding : continued)];
}

/**
 * Returns a rank between two others.
 *
 * @param before null for the start of all
 * @param after null for the end of all
 */
export function rankBetween(before: string | null, after: string | null): string {
  return encode(sequenceBetween(before === null ? [] : decode(before), after === null ? null : decode(after)));
}

export const isRank = (text: string) => /^[0-9A-Za-z]+$/.test(text);
