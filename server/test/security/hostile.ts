import fc from 'fast-check';
import { expect } from 'vitest';
import type { TestResponse } from '../harness/client.ts';
import { bodySchema, type Operation } from '../harness/operations.ts';

/** What no answer may hold, whatever was asked: names of the inside, the words of PostgreSQL, stacks. */
const LEAK =
  /article_(?:categories|authors|words)|api_tokens|audit_log|category_count|account_credentials|two_factors|_(?:pkey|fkey)\b|syntax error|relation "|operator does not exist|invalid input syntax|node_modules|drizzle|\bat .+\.[jt]s:\d/i;

/** No defect, and nothing of the inside. */
export function expectUnharmed({ status, body, headers }: TestResponse, what: string) {
  expect(status, `${what}: ${JSON.stringify(body)}`).toBeLessThan(500);
  expect(JSON.stringify(body) ?? '', what).not.toMatch(LEAK);
  expect(headers.get('content-type') ?? 'application/json', what).toMatch(/json/);
}

const FRAGMENTS = [
  "'",
  "''",
  '"',
  '`',
  ';',
  '--',
  '/*',
  '*/',
  '\\',
  '\\x27',
  '$1',
  '$$',
  '%s',
  '%27',
  '::text',
  '||',
  '(',
  ')',
  ',',
  ' ',
  '\t',
  '\n',
  '\u00a0',
  '\u02bc',
  '\uff07',
  ' or 1=1',
  ' union all select version(), 1',
  ' and (select 1 from pg_sleep(5)) is null',
  'drop table articles',
  '1',
  '-1',
  'null',
  'id',
  '-publishedAt',
  'a',
  '{}',
  '{1}',
  '[]',
  'NaN',
  'infinity',
  '1e309',
  "E'\\'",
  "U&'\\0027'",
];

/** Strings that mean something to SQL, and strings that mean nothing to anybody. Never half a surrogate. */
export const hostile = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.array(fc.constantFrom(...FRAGMENTS), { minLength: 1, maxLength: 8 }).map((all) => all.join('')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.toWellFormed()) },
);

/** The path of an operation with a row that is there, or the given text, in the place of each parameter. */
export const pathOf = ({ path }: Operation, value = '1') => path.replace(/\{[^}]+\}/g, encodeURIComponent(value));

/** The body that the document shows for an operation, with some fields set to something else. */
export const bodyOf = (operation: Operation, change: object = {}) => {
  const [example] = bodySchema(operation)?.examples ?? [];
  return example === undefined ? undefined : { ...(example as object), ...change };
};

/** Runs calls a few at a time. */
export async function eachOf<T>(values: readonly T[], call: (value: T) => Promise<unknown>, atOnce = 8) {
  const queue = values.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const value of queue) await call(value);
    }),
  );
}
