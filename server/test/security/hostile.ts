import fc from 'fast-check';
import { expect } from 'vitest';
import type { TestResponse } from '../harness/client.ts';
import { bodySchema, type Operation } from '../harness/operations.ts';

/** Internals that must not appear in any response: names of tables and columns, messages of PostgreSQL, stack traces. */
const LEAK =
  /article_(?:categories|authors|words)|api_tokens|audit_log|category_count|account_credentials|two_factors|_(?:pkey|fkey)\b|syntax error|relation "|operator does not exist|invalid input syntax|node_modules|drizzle|\bat .+\.[jt]s:\d/i;

/** Expects no status 5xx and no internals in the response. */
export function expectUnharmed({ status, body, headers }: TestResponse, what: string) {
  expect(status, `${what}: ${JSON.stringify(body)}`).toBeLessThan(500);
  expect(JSON.stringify(body) ?? '', what).not.toMatch(LEAK);
  expect(headers.get('content-type') ?? 'application/json', what).toMatch(/json|^text\/event-stream$/);
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

/** Strings of SQL fragments, and random strings. Always well-formed Unicode. */
export const hostile = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.array(fc.constantFrom(...FRAGMENTS), { minLength: 1, maxLength: 8 }).map((all) => all.join('')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.toWellFormed()) },
);

/** Returns the path of an operation, with an existing id or the given value for each parameter. */
export const pathOf = ({ path }: Operation, value = '1') => path.replace(/\{[^}]+\}/g, encodeURIComponent(value));

/** Returns the example body of an operation from the OpenAPI document, with some fields replaced. */
export const bodyOf = (operation: Operation, changes: object = {}) => {
  const [example] = bodySchema(operation)?.examples ?? [];
  return example === undefined ? undefined : { ...(example as object), ...changes };
};

/** Calls a function for each value, at most `concurrency` at a time. */
export async function forEachConcurrently<T>(
  values: readonly T[],
  call: (value: T) => Promise<unknown>,
  concurrency = 8,
) {
  const queue = values.values();
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      for (const value of queue) await call(value);
    }),
  );
}
