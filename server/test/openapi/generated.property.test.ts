import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { TestResponse } from '../harness/client.ts';
import { bodySchema, type Operation, operations, type Parameter } from '../harness/operations.ts';
import { useRandom } from '../harness/random.ts';
import { idsOf, newArticle, newAuthor, newCategory, times } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const server = useServer({ BODY_LIMIT_BYTES: '20000' });
const random = useRandom();

/** The rows that the examples in openapi.json refer to. */
beforeAll(async () => {
  const { editor } = server.as;
  const categories = await times(8, () => newCategory(editor));
  const authors = await times(2, () => newAuthor(editor));
  await times(9, (n) =>
    newArticle(editor, {
      categoryIds: idsOf(categories),
      authorIds: idsOf(authors),
      ...(n % 3 === 2 && { publishedAt: null }),
    }),
  );
});

const NUMBERS = [
  '0',
  '-0',
  '1',
  '2',
  '-1',
  '1.5',
  '1e3',
  '1e400',
  '2147483648',
  '9007199254740993',
  '9223372036854775807',
  '9223372036854775808',
];
const WORDS = [
  '',
  ' ',
  'true',
  'false',
  'null',
  'text-1',
  '2026-01-31T12:00:00Z',
  '-000001-01-01T00:00:00Z',
  'markdown',
  'title',
  '-publishedAt',
  'draft,trashed',
  'id,slug',
  '1,2',
  ',',
  "'; --",
  '%',
  '_',
  '\\',
  '{1,2}',
  '\0',
  '\ufffd',
  '\ud800',
  '👩‍🚀',
  'İ',
  'ﬁ',
  '__proto__',
  'constructor',
];
/** Strings of arbitrary UTF-16 code units, lone surrogates included. */
const anyString = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 30 })
  .map((units) => String.fromCharCode(...units));
const word = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...WORDS, ...NUMBERS) },
  { weight: 1, arbitrary: anyString },
);

/** JSON of a value that some field accepts, or of any value. */
const jsonText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...NUMBERS),
  word.map((text) => JSON.stringify(text)),
  fc.array(fc.constantFrom(...NUMBERS), { maxLength: 4 }).map((all) => `[${all.join()}]`),
  fc.constantFrom('null', 'true', '[]', '{}', '[null]', '[[1]]', '{"a":1}'),
  fc.json(),
);

/** A body with documented fields, some of them with valid values, and with other fields. */
function bodyOf(operation: Operation): fc.Arbitrary<string | Uint8Array | undefined> {
  const schema = bodySchema(operation);
  const example: unknown = schema?.examples?.[0] ?? {};
  const field = fc.tuple(fc.oneof(fc.constantFrom('title', ...Object.keys(schema?.properties ?? {})), word), jsonText);
  const written = fc.array(field, { maxLength: 2 }).map((fields) => {
    const known = Object.entries(example as object).map(([name, value]) => [name, JSON.stringify(value)]);
    return `{${[...known, ...fields].map(([name, value]) => `${JSON.stringify(name)}:${value}`).join()}}`;
  });
  return fc.oneof(
    { weight: 8, arbitrary: written },
    { weight: 1, arbitrary: jsonText },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 100 }) },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
}

/** Percent-encoded as clients do, with bytes that are not UTF-8, or not encoded at all. */
const encoded = word.map((text) => encodeURIComponent(text.toWellFormed()));
const inPath = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('1', '2', '3', '4', '5', '6', '7', '8', '9') },
  { weight: 4, arbitrary: encoded.filter((text) => text !== '' && !/^\.{1,2}$/.test(text)) },
  { weight: 1, arbitrary: fc.constantFrom('%ff', '%', '%00', '%ed%a0%80') },
);

/** Returns valid values of a parameter. */
function validValues({ schema }: Parameter): string[] {
  const names = schema?.enum ?? schema?.items?.enum;
  if (names) return [...names, names.slice(0, 3).join()];
  if (schema?.type === 'integer') return ['1', '2', '20'];
  if (schema?.type === 'boolean') return ['true', 'false'];
  if (schema?.format === 'date-time') return ['2026-01-31T12:00:00Z', '9999-12-31T23:59:59%2B14:00'];
  return ['text', '1', '1,2,rubric-3,nobody'];
}

function urlOf({ path, parameters }: Operation): fc.Arbitrary<string> {
  const queryParameters = parameters.filter((each) => each.in === 'query');
  const odd = fc.oneof(encoded, fc.constantFrom('%ff', '%'));
  const pair = fc.oneof(
    { weight: 1, arbitrary: fc.tuple(encoded, odd) },
    ...queryParameters.flatMap((each) => [
      { weight: 1, arbitrary: fc.tuple(fc.constant(each.name), odd) },
      { weight: 4, arbitrary: fc.tuple(fc.constant(each.name), fc.constantFrom(...validValues(each))) },
    ]),
  );
  // The test must not revoke the token that it uses.
  const safeInPath = path.startsWith('/tokens') ? inPath.filter((text) => !/^0*[1-9]$/.test(text)) : inPath;
  return fc.tuple(safeInPath, safeInPath, fc.array(pair, { maxLength: 3 })).map(([first, second, query]) => {
    const values = [first, second];
    const filled = path.replace(/\{[^}]+\}/g, () => values.shift() ?? '1');
    return query.length === 0 ? filled : `${filled}?${query.map(([name, value]) => `${name}=${value}`).join('&')}`;
  });
}

const TAGS = ['*', '"1"', '"1.abc"', '"99999999999"', 'W/"1"', '1', '"', '"1", "2"', ',', '"ü"'];
const rarely = (values: string[]) =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constantFrom(...values) });
const headers = fc
  .record({
    'if-match': rarely(TAGS),
    'if-none-match': rarely(TAGS),
    'content-type': rarely(['application/json', 'application/merge-patch+json', 'text/plain', 'x']),
    'content-encoding': rarely(['identity', 'gzip']),
    accept: rarely(['text/html', '*/*', '']),
  })
  .map((all) =>
    Object.fromEntries(Object.entries(all).filter((each): each is [string, string] => each[1] !== undefined)),
  );

/** The codes of `errors[]` that docs/errors.md documents. */
const documented = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8');
const FIELD_CODES = [
  ...(/`errors\[\]\.code`\s+is\s+one\s+of([^]*?)\n\n/.exec(documented)?.[1] ?? '').matchAll(/`(\w+)`/g),
].map(([, code]) => code);

/** Asserts what holds for every response. The client also validates it against `openapi.json`. */
function expectNoServerError({ status, headers: responseHeaders, body }: TestResponse) {
  expect(status, JSON.stringify(body)).toBeLessThan(500);
  if (status < 400) return;
  expect(responseHeaders.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(body).toMatchObject({ type: `/problems/${body.code}`, status });
  expect(body.detail).toMatch(/\S/);
  if (body.code === 'invalid_request') {
    expect(body.errors.length).toBeGreaterThan(0);
    for (const error of body.errors) {
      expect(error.pointer).toMatch(/^(\/|$)/);
      expect(FIELD_CODES).toContain(error.code);
    }
  }
}

/** DELETE runs last, so that the other operations find rows. */
const orderedOperations = operations.toSorted((a, b) => Number(a.method === 'DELETE') - Number(b.method === 'DELETE'));

describe('No input causes a 5xx, and every error names its cause:', () => {
  test.each(orderedOperations.map((operation) => [operation.name, operation] as const))('%s', async (_, operation) => {
    const { admin } = server.as;
    const body = operation.method === 'GET' ? fc.constant(undefined) : bodyOf(operation);
    const request = fc.record({ url: urlOf(operation), body, headers, isAuthenticated: fc.nat(4).map((n) => n > 0) });
    await fc.assert(
      fc.asyncProperty(request, async ({ url, body: sent, headers: requestHeaders, isAuthenticated }) => {
        const client = isAuthenticated ? admin : server.anonymous;
        expectNoServerError(await client.call(operation.method, url, sent, { headers: requestHeaders }));
      }),
      random.options(40),
    );
  });
});
