import { beforeAll, describe, expect, test } from 'vitest';
import type { TestResponse } from '../harness/client.ts';
import { bodySchema, operations } from '../harness/operations.ts';
import { newArticle, newAuthor, newCategory } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';
import { bodyOf, expectUnharmed, pathOf } from './hostile.ts';

const server = useServer({ STATEMENT_TIMEOUT_MS: '2000' });
const LONG = 100_000;
const repeat = (text: string, length: number) => text.repeat(Math.ceil(length / text.length)).slice(0, length);

/** Strings that make careless regular expressions backtrack: for emails, slugs, dates, numbers, spaces, paths. */
const HOSTILE: [what: string, make: (length: number) => string][] = [
  ['letters', (length) => `${repeat('a', length - 1)}!`],
  ['hyphens', (length) => `${repeat('a-', length - 1)}!`],
  ['spaces', (length) => `${repeat(' ', length - 1)}x`],
  ['spaces and tabs', (length) => `x${repeat(' \t', length - 2)}x`],
  ['digits', (length) => `${repeat('1', length - 1)}x`],
  ['at signs', (length) => `${repeat('a@', length - 1)}.`],
  ['dots', (length) => `a@${repeat('a.', length - 3)}!`],
  ['dates', (length) => `${repeat('2026-01-01T', length - 1)}Z`],
  ['underscores', (length) => repeat('a_', length)],
  ['only underscores', (length) => repeat('_', length)],
  ['commas', (length) => repeat(',', length)],
  ['numbers and commas', (length) => `${repeat('1,', length - 1)}x`],
  ['brackets', (length) => repeat('((((', length)],
  ['quotes', (length) => repeat('"', length)],
  ['only hyphens', (length) => repeat('-', length)],
  ['combining marks', (length) => repeat('\u0301', length)],
  ['joined emoji', (length) => repeat('\u{1f469}\u200d', length).toWellFormed()],
  ['tags', (length) => repeat('<a <a ', length)],
];

/** Of CPU time, which other load on the machine does not change: nobody else is served meanwhile. */
const MAX_BLOCKED_MS = 250;
const ATTEMPTS = 3;

/**
 * Expects a response that took little CPU time of this thread, which runs the server and the client. A failed measurement is
 * repeated, because garbage collection can disturb it; a slow expression is slow every time. STATEMENT_TIMEOUT_MS limits
 * the time in PostgreSQL: a statement that takes longer gets a 503.
 */
async function expectFast(call: () => Promise<TestResponse>, what: string) {
  for (let attempt = 1; ; attempt += 1) {
    const start = process.threadCpuUsage();
    const response = await call();
    const { user, system } = process.threadCpuUsage(start);
    const blockedMs = (user + system) / 1_000;
    if (attempt < ATTEMPTS && (blockedMs >= MAX_BLOCKED_MS || response.status === 503)) continue;
    expectUnharmed(response, what);
    return expect(blockedMs, what).toBeLessThan(MAX_BLOCKED_MS);
  }
}

beforeAll(async () => {
  const category = await newCategory(server.as.editor);
  const author = await newAuthor(server.as.editor);
  await newArticle(server.as.editor, { categoryIds: [category.id], authorIds: [author.id] });
});

describe('V1.3.12 Hostile strings of 100 kB', () => {
  const fields = operations.flatMap((operation) =>
    Object.keys(bodySchema(operation)?.properties ?? {}).map(
      (field) => [`${operation.name} ${field}`, operation, field] as const,
    ),
  );

  test.each(fields)('in %s', async (name, operation, field) => {
    for (const [what, make] of HOSTILE) {
      const body = JSON.stringify(bodyOf(operation, { [field]: make(LONG) }));
      await expectFast(() => server.as.admin.call(operation.method, pathOf(operation), body), `${name}: ${what}`);
    }
  });

  test('in the name of a field', async () => {
    for (const [what, make] of HOSTILE) {
      const body = JSON.stringify({ title: 'x', [make(LONG)]: 1 });
      await expectFast(() => server.as.admin.post('/articles', body), what);
    }
  });
});

describe('V1.3.12 The longest hostile strings that a URL holds', () => {
  const parameters = operations
    .filter(({ method }) => method === 'GET')
    .flatMap((operation) =>
      operation.parameters
        .filter((each) => each.in === 'query')
        .map(({ name }) => [`${operation.name} ${name}`, operation, name] as const),
    );
  /** Truncates an encoded string. Node accepts 16 KiB of headers, the request line included. */
  const encodeWithin = (make: (length: number) => string, maxLength: number) => {
    const encoded = encodeURIComponent(make(maxLength).toWellFormed());
    return encoded.length <= maxLength
      ? encoded
      : encoded
          .slice(0, maxLength)
          .replace(/%.?$/, '')
          .replace(/(%[89a-f].)+$/i, '');
  };

  test.each(parameters)('in %s', async (name, operation, parameter) => {
    for (const [what, make] of HOSTILE) {
      const path = `${pathOf(operation)}?${encodeURIComponent(parameter)}=${encodeWithin(make, 15_000)}`;
      await expectFast(() => server.as.admin.get(path), `${name}: ${what}`);
    }
  });

  test('in a path', async () => {
    for (const [what, make] of HOSTILE) {
      await expectFast(() => server.anonymous.get(`/articles/${encodeWithin(make, 990)}`), what);
    }
  });

  test.each([
    'authorization',
    'if-match',
    'if-none-match',
    'cookie',
    'origin',
    'content-type',
    'accept',
    'x-forwarded-for',
  ])('in the header %s', async (header) => {
    for (const [what, make] of HOSTILE) {
      const value = make(15_000).replace(/[^\x20-\x7e]/g, 'x');
      const headers = { [header]: header === 'cookie' ? `rubric_session=${value}` : value };
      await expectFast(() => server.anonymous.patch('/articles/1', '{}', { headers }), `${header}: ${what}`);
      if (header === 'if-match')
        await expectFast(() => server.as.editor.patch('/articles/1', '{"title":"x"}', { headers }), what);
    }
  });
});
