import { randomInt, timingSafeEqual } from 'node:crypto';

/** How many wrong codes are permitted before the code is replaced. */
const TRIES = 5;
/** Without 0, 1, I, L and O, which look alike. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const LENGTH = 8;

/** The code that creates the first admin, as it is stored: 40 bits, and how many wrong codes are still permitted. */
export interface SetupCode {
  code: string;
  tries: number;
}

export function newSetupCode(): SetupCode {
  const letters = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return { code: `${letters.slice(0, LENGTH / 2)}-${letters.slice(LENGTH / 2)}`, tries: TRIES };
}

/** Ignores case, blanks and the hyphen, which people often type differently. */
const normalize = (code: string) => Buffer.from(code.toUpperCase().replace(/[^A-Z0-9]/g, ''));

export function isSetupCode({ code }: SetupCode, typed: string): boolean {
  const [expected, given] = [normalize(code), normalize(typed)];
  return expected.length === given.length && timingSafeEqual(expected, given);
}
