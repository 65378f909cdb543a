import { randomInt, timingSafeEqual } from 'node:crypto';

/** Wrong codes before the next one has to be read from the log. */
const TRIES = 5;
/** Without 0, 1, I, L and O, which look alike. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const LENGTH = 8;

/** The code that makes the first admin, as it is stored: 40 bits, and how many wrong ones it still permits. */
export interface SetupCode {
  code: string;
  tries: number;
}

export function newSetupCode(): SetupCode {
  const letters = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return { code: `${letters.slice(0, LENGTH / 2)}-${letters.slice(LENGTH / 2)}`, tries: TRIES };
}

/** Case, blanks and the hyphen are what people get wrong when they type a code. */
const normalize = (code: string) => Buffer.from(code.toUpperCase().replace(/[^A-Z0-9]/g, ''));

export function isSetupCode({ code }: SetupCode, typed: string): boolean {
  const [expected, given] = [normalize(code), normalize(typed)];
  return expected.length === given.length && timingSafeEqual(expected, given);
}
