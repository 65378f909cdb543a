import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bodySchema, operations } from '../harness/operations.ts';
import { expectProblem } from '../harness/problem.ts';
import { useRandom } from '../harness/random.ts';
import { newArticle, newAuthor, newCategory, times } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';
import { bodyOf, expectUnharmed, forEachConcurrently, hostile, pathOf } from './hostile.ts';

const server = useServer();
const random = useRandom();
const hostileStrings = (count: number) => fc.sample(hostile, random.options(count));

/** The tables with their number of columns, and the tokens: an injected statement would change one of them. */
async function databaseState() {
  const { rows } = await server.database.pool.query(`
    select (select string_agg(relname || relnatts, ',' order by relname) from pg_class where relnamespace = 'public'::regnamespace) as tables,
      (select string_agg(prefix || role, ',' order by id) from api_tokens where name = role) as tokens`);
  return rows[0];
}

let before: unknown;
beforeAll(async () => {
  const category = await newCategory(server.as.editor);
  const author = await newAuthor(server.as.editor);
  await times(3, () => newArticle(server.as.editor, { categoryIds: [category.id], authorIds: [author.id] }));
  before = await databaseState();
});
afterAll(async () => {
  expect(await databaseState()).toEqual(before);
  expect((await server.as.admin.get('/tokens')).status).toBe(200);
});

describe('V1.2.4 SQL injection', () => {
  const gets = operations.filter(({ method }) => method === 'GET');
  const parameters = gets.flatMap((operation) =>
    operation.parameters.filter((each) => each.in === 'query').map(({ name }) => ({ operation, name })),
  );

  test('through every query parameter of every list: sort, filters, search, cursors', async () => {
    expect(parameters.length).toBeGreaterThan(30);
    const strings = hostileStrings(Math.ceil(1_500 / parameters.length));
    const calls = parameters.flatMap(({ operation, name }) => strings.map((value) => ({ operation, name, value })));
    await forEachConcurrently(calls, async ({ operation, name, value }) => {
      const path = `${pathOf(operation)}?${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
      expectUnharmed(await server.as.admin.get(path), path);
    });
  });

  test('through the names of query parameters', async () => {
    await forEachConcurrently(hostileStrings(150), async (name) => {
      const path = `/articles?${encodeURIComponent(name)}=1`;
      expectUnharmed(await server.anonymous.get(path), path);
    });
  });

  test('through every id and slug in a path', async () => {
    const withParameters = operations.filter(({ path }) => path.includes('{'));
    const strings = hostileStrings(20).filter((value) => !/^(\d*|\.{1,2})$/.test(value));
    const calls = withParameters.flatMap((operation) => strings.map((value) => ({ operation, value })));
    await forEachConcurrently(calls, async ({ operation, value }) => {
      const path = pathOf(operation, value);
      expectUnharmed(
        await server.as.admin.call(operation.method, path, bodyOf(operation)),
        `${operation.method} ${path}`,
      );
    });
  });

  test('through every field of every body', async () => {
    const fields = operations.flatMap((operation) =>
      Object.keys(bodySchema(operation)?.properties ?? {}).map((field) => ({ operation, field })),
    );
    expect(fields.length).toBeGreaterThan(20);
    const calls = fields.flatMap((each) => hostileStrings(12).map((value) => ({ ...each, value })));
    await forEachConcurrently(calls, async ({ operation, field, value }) => {
      const body = bodyOf(operation, { [field]: value });
      const what = `${operation.name} ${JSON.stringify(body)}`;
      expectUnharmed(
        await server.as.admin.call(operation.method, pathOf(operation, '4611686018427387904'), body),
        what,
      );
      if (operation.method === 'POST') expectUnharmed(await server.as.admin.post(pathOf(operation), body), what);
    });
  });

  test('through If-Match', async () => {
    await forEachConcurrently(hostileStrings(100), async (value) => {
      const header = `"${value.replace(/[^\x20-\x7e]/g, '')}"`;
      const response = await server.as.editor.patch('/articles/1', { title: 'x' }, { headers: { 'if-match': header } });
      expectUnharmed(response, header);
    });
  });

  test('SQL in a text field is stored and returned unchanged', async () => {
    for (const value of ["Robert'); drop table articles; --", "' || (select hash from api_tokens) || '"]) {
      const { id } = await newArticle(server.as.editor, { title: value, content: value });
      expect((await server.anonymous.get(`/articles/${id}`)).body).toMatchObject({ title: value, content: value });
    }
  });
});

describe('API1:2023 A tampered cursor', () => {
  const cursorPartsOf = async (path: string) => {
    const { body } = await server.as.admin.get(`${path}${path.includes('?') ? '&' : '?'}limit=1`);
    return JSON.parse(Buffer.from(body.page.next, 'base64url').toString()) as [string, string, number];
  };
  const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

  test.each(['/articles', '/articles?sort=title', '/audit', '/categories/1/articles'])(
    'of %s returns at most a page of the list, or 400',
    async (path) => {
      const [fingerprint, key, id] = await cursorPartsOf(path);
      const cursors = [
        [fingerprint, key, -1],
        [fingerprint, key, 0],
        [fingerprint, key, 1.5],
        [fingerprint, key, 1e300],
        [fingerprint, key, '1'],
        [fingerprint, key, null],
        [fingerprint, { toString: 'x' }, id],
        [fingerprint, null, id],
        [fingerprint, `${key}'`, id],
        [fingerprint, "2026-01-01'; select 1; --", id],
        [fingerprint, 'a\0b', id],
        [fingerprint, 'x'.repeat(2_000), id],
        [`${fingerprint}x`, key, id],
        ['', key, id],
        [fingerprint, key, id, 1],
        { fingerprint, key, id },
        [[fingerprint], key, id],
        null,
        'x',
      ].map(encoded);
      for (const cursor of [...cursors, '%', 'AAAA', encoded([fingerprint, key, id]).slice(0, -3), '\u2028', '=']) {
        for (const parameter of ['after', 'before']) {
          const url = `${path}${path.includes('?') ? '&' : '?'}limit=1&${parameter}=${encodeURIComponent(cursor)}`;
          const response = await server.as.admin.get(url);
          if (response.status === 200) expect(response.body.data.length).toBeLessThanOrEqual(1);
          else expectProblem(response, 400, 'invalid_cursor', [`/${parameter}`]);
        }
      }
    },
  );

  test('never returns a draft to an anonymous caller', async () => {
    const draft = await newArticle(server.as.editor, { publishedAt: null });
    const [fingerprint, key] = await cursorPartsOf('/articles');
    for (const position of [
      [fingerprint, key, draft.id + 1],
      [fingerprint, 'infinity', draft.id + 1],
      [fingerprint, '9999-12-31 00:00:00+00', draft.id + 1],
    ]) {
      for (const parameter of ['after', 'before']) {
        const { status, body } = await server.anonymous.get(`/articles?limit=100&${parameter}=${encoded(position)}`);
        if (status === 200) expect(body.data.map((row: { id: number }) => row.id)).not.toContain(draft.id);
      }
    }
  });
});
