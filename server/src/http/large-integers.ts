import { randomUUID } from 'node:crypto';

/** Integers beyond 2^53 have at least 16 digits; shorter ones survive as JavaScript numbers. */
const MIN_DIGITS = 16;
const LONG_NUMBER = /\d{16}/;
const INTEGER = /^-?[1-9]\d*$/;
/** A colon after a number makes the number a key, which is not JSON. */
const COLON = /\s*:/y;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Parses JSON; integers beyond 2^53 become BigInt instead of being rounded. They are parsed as marked strings. A reviver
 * would be simpler, but it is called for each of 500,000 numbers if one is large: 10 to 30 times the time of `JSON.parse`,
 * during which the process does nothing else.
 *
 * @throws SyntaxError for text that is not JSON, RangeError for large integers that are nested too deeply
 */
export function parseWithLargeIntegers(text: string): unknown {
  if (!LONG_NUMBER.test(text)) return JSON.parse(text);
  // No string in the text begins with it, because it is random.
  const mark = `${randomUUID()} `;
  const marked = markLargeIntegers(text, mark);
  if (marked === undefined) return JSON.parse(text);
  try {
    return restore(JSON.parse(marked), mark);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // Fails too, with a message about the original text.
    return JSON.parse(text);
  }
}

/**
 * Puts quotes and the mark around large integers outside of strings. The result is JSON if and only if the text is.
 * Returns undefined if there are none.
 */
function markLargeIntegers(text: string, mark: string): string | undefined {
  const parts: string[] = [];
  let copied = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    if (!beginsNumber(code)) continue;
    const start = at;
    while (continuesNumber(text.charCodeAt(at + 1))) at += 1;
    if (at + 1 - start < MIN_DIGITS) continue;
    const number = text.slice(start, at + 1);
    if (!isLargeInteger(number) || isKey(text, at + 1)) continue;
    parts.push(text.slice(copied, start), `"${mark}${number}"`);
    copied = at + 1;
  }
  return copied === 0 ? undefined : parts.join('') + text.slice(copied);
}

/** Returns the position of the quote that ends the string, or the end of the text. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  for (; at < text.length && text.charCodeAt(at) !== QUOTE; at += 1) if (text.charCodeAt(at) === BACKSLASH) at += 1;
  return at;
}

/** A digit or a minus sign. */
const beginsNumber = (code: number) => (code >= 0x30 && code <= 0x39) || code === 0x2d;

/** A digit, or one of `.`, `e`, `E`, `+` and `-`. */
const continuesNumber = (code: number) =>
  beginsNumber(code) || code === 0x2e || code === 0x65 || code === 0x45 || code === 0x2b;

const isLargeInteger = (number: string) =>
  INTEGER.test(number) && (number.length > MIN_DIGITS + 1 || !Number.isSafeInteger(Number(number)));

function isKey(text: string, end: number): boolean {
  COLON.lastIndex = end;
  return COLON.test(text);
}

/** Replaces the marked strings inside a parsed value. Plain loops: a call for each number would take as long as a reviver. */
function restore(value: unknown, mark: string): unknown {
  if (typeof value === 'string') return value.startsWith(mark) ? BigInt(value.slice(mark.length)) : value;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      if (canContain(value[index])) value[index] = restore(value[index], mark);
    }
  } else {
    const fields = value as Record<string, unknown>;
    for (const name of Object.keys(fields)) if (canContain(fields[name])) fields[name] = restore(fields[name], mark);
  }
  return value;
}

const canContain = (value: unknown) => typeof value === 'string' || (typeof value === 'object' && value !== null);
